// Small multiples along years: a line with its band, a panel per series, all on one scale.

import { FAMILY, wrapped } from "../lettering.js";
import { number, words, type Chart, type Row, type Series } from "../data.js";
import { drawing, label, reach, stroke, valueAxis, type Option, type Plot, type Sheet } from "./engine.js";
import { bands } from "./lines.js";
import { ticks, type Tick } from "./ticks.js";
import { TIP, tipOf, type Shown } from "./tips.js";

const TOP = 24; // the name of the axis
const BELOW = 30; // the years under a panel

interface Layout {
  columns: number;
  width: number;
  height: number;
  gap: number;
  left: number;
  head: number;
  names: readonly string[][];
}

/** The chart as ECharts draws it. */
export function panelsOption(chart: Chart, sheet: Sheet): Option {
  const layout = layOut(chart, sheet);
  const [low, high] = heights(chart);
  const years = reach(chart, ["x"]);
  const levels = ticks(chart.axes.y!.format, low, high, 6);
  const { series } = chart;
  return {
    animation: false,
    textStyle: { fontFamily: FAMILY },
    grid: series.map((_, i) => gridOf(layout, i)),
    tooltip: { ...TIP, trigger: "axis", axisPointer: { lineStyle: { color: sheet.palette.muted } }, formatter: tipOfPanel(chart) },
    xAxis: series.map((_, i) => ({ gridIndex: i, ...valueAxis(sheet, ...years, ticks("year", ...years, 3), false) })),
    yAxis: series.map((_, i) => ({ gridIndex: i, ...levelAxis(sheet, low, high, levels, i % layout.columns === 0) })),
    series: series.flatMap((one, i) => panel(chart, one, sheet, layout.names[i]!, i)),
  };
}

function layOut(chart: Chart, sheet: Sheet): Layout {
  const columns = Math.min(sheet.isWide ? 3 : 2, chart.series.length);
  const rows = Math.ceil(chart.series.length / columns);
  const [left, right, gap] = sheet.isWide ? [48, 60, 76] : [30, 42, 46];
  const width = (sheet.width - left - right - gap * (columns - 1)) / columns;
  const names = chart.series.map((one) => wrapped(one.label, width + gap - 6, sheet.size, true));
  const head = Math.max(...names.map((lines) => lines.length)) * sheet.size * 1.25 + 8;
  const height = (sheet.height - TOP) / rows - head - BELOW;
  return { columns, width, height, gap, left, head, names };
}

function gridOf(layout: Layout, i: number): Option {
  const [row, column] = [Math.floor(i / layout.columns), i % layout.columns];
  return {
    left: layout.left + column * (layout.width + layout.gap),
    top: TOP + layout.head + row * (layout.head + layout.height + BELOW),
    width: layout.width,
    height: layout.height,
  };
}

/** The range of all panels: every band, and zero. */
function heights(chart: Chart): [number, number] {
  const [low, high] = reach(chart, ["y", "y_low", "y_high"]);
  const room = 0.06 * (Math.max(high, 0) - Math.min(low, 0) || 1);
  return [Math.min(low, 0) - room, Math.max(high, 0) + room];
}

/** The upright axis: level lines in every panel, numbers only beside the first of a row. */
function levelAxis(sheet: Sheet, low: number, high: number, levels: readonly Tick[], isFirst: boolean): Option {
  return valueAxis(sheet, low, high, isFirst ? levels : levels.map(([place]): Tick => [place, ""]), true);
}

function panel(chart: Chart, series: Series, sheet: Sheet, name: readonly string[], i: number): Option[] {
  const where = { xAxisIndex: i, yAxisIndex: i };
  const colour = sheet.palette.fill[series.role];
  const last = series.rows.length - 1;
  return [
    drawing((plot) => [zero(sheet, plot), ...bands(chart, series, sheet)(plot)], 2, where),
    {
      ...where,
      type: "line",
      name: series.label,
      z: 5,
      symbol: "circle",
      symbolSize: 8,
      showSymbol: true,
      lineStyle: { width: 2.4, color: colour },
      itemStyle: { color: colour, borderColor: sheet.palette.paper, borderWidth: 1 },
      emphasis: { itemStyle: { opacity: 1 } },
      data: series.rows.map((row, k) => ({
        value: [number(row, "x"), number(row, "y")], row, itemStyle: k === last ? {} : { opacity: 0 },
      })),
    },
    drawing((plot) => [
      ...(i === 0 ? [title(chart, sheet)] : []),
      label(sheet, name.join("\n"), plot.x, plot.y - 6, { fontWeight: "bold", verticalAlign: "bottom" }),
      endOf(series.rows[last]!, series, sheet, plot),
    ], 9, where),
  ];
}

function zero(sheet: Sheet, plot: Plot): Option {
  const [, y] = plot.at(0, 0);
  return stroke([plot.x, y], [plot.x + plot.width, y], sheet.palette.muted);
}

function endOf(row: Row, series: Series, sheet: Sheet, plot: Plot): Option {
  const [x, y] = plot.at(number(row, "x"), number(row, "y"));
  return label(sheet, words(row, "shown_y"), x + 8, y, { fill: sheet.palette.text[series.role] });
}

function title(chart: Chart, sheet: Sheet): Option {
  const { y } = chart.axes;
  return label(sheet, `${y!.label} [${y!.unit}]`, 0, 8, { fill: sheet.palette.muted, fontSize: sheet.size - 1 });
}

function tipOfPanel(chart: Chart): (at: Shown[]) => HTMLElement | string {
  return (at) => {
    const one = at.find((shown) => shown.data?.row);
    return one ? tipOf(chart, one.seriesName, one.data.row!) : "";
  };
}
