// Charts with a row per item: a dot for its value, a line for its interval or for its change.

import { FAMILY, wrapped, widthOf } from "../lettering.js";
import { number, words, type Chart, type Role, type Row, type Series } from "../data.js";
import {
  drawing, label, reach, SHAPES, stroke, TIP, tipOf, valueAxis,
  type Option, type Plot, type Sheet,
} from "./engine.js";
import { nameSeries, namesHeight } from "./legend.js";
import { ticks, type Tick } from "./ticks.js";

/** The chart as ECharts draws it. */
export function rowsOption(chart: Chart, sheet: Sheet): Option {
  const rows = chart.series[0]!.rows;
  const axis = chart.axes.x!;
  const isWaterfall = chart.kind === "waterfall";
  const heads = isWaterfall ? [] : headsOf(chart);
  const names = rows.map((row, i) =>
    heads.includes(i) ? "" : wrapped(words(row, "label"), sheet.width * 0.36, sheet.size).join("\n"));
  const values = rows.map((row) => (isWaterfall ? "" : words(row, "text")));
  const left = Math.max(...names.flatMap((name) => name.split("\n")).map((one) => widthOf(one, sheet.size))) + 14;
  const right = Math.max(isWaterfall ? 60 : 14, ...values.map((one) => widthOf(one, sheet.size) + 14));
  const [low, high] = limits(chart);
  const top = chart.series.length > 1 ? 16 + namesHeight(chart, sheet) : 26;
  const marks = ticks(axis.format, low, high, sheet.isWide ? 6 : 4);
  const vertical: Tick[] = names.map((name, i) => [i, name]);
  const y = valueAxis(sheet, -0.7, rows.length - 0.4, vertical, true);
  return {
    animation: false,
    textStyle: { fontFamily: FAMILY },
    grid: { left, right, top, bottom: 48 },
    tooltip: { ...TIP, trigger: "item", formatter: tipOfRow(chart) },
    xAxis: valueAxis(sheet, low, high, marks, true),
    yAxis: { ...y, inverse: true, axisLabel: { ...(y.axisLabel as Option), color: sheet.palette.ink } },
    series: [
      drawing((plot) => [...zero(chart, sheet, plot), ...references(chart, sheet, plot), ...intervals(chart, sheet, plot)], 2),
      ...(isWaterfall ? [bars(chart.series[0]!, sheet)] : chart.series.flatMap((one) => dots(chart, one, sheet))),
      drawing((plot) => [
        ...texts(chart, sheet, plot, values),
        label(sheet, `${axis.label} [${axis.unit}]`, plot.x + plot.width, plot.y + plot.height + 36, { align: "right" }),
        ...legend(chart, sheet, plot),
        ...heads.map((i) => label(sheet, words(rows[i]!, "label"), 0, plot.at(0, i)[1], { fontWeight: "bold" })),
      ], 9),
    ],
  };
}

/** Rows without a value in any series: they head those below them. */
function headsOf(chart: Chart): number[] {
  const places = chart.series[0]!.rows.map((_, i) => i);
  return places.filter((i) => !chart.series.some((one) => Number.isFinite(number(one.rows[i]!, "x"))));
}

function limits(chart: Chart): [number, number] {
  const axis = chart.axes.x!;
  const [low, high] = reach(chart, chart.kind === "waterfall" ? ["start", "end"] : ["x", "x_start", "low", "high"]);
  const lines = chart.references.filter((one) => one.vertical).map((one) => one.intercept);
  const [from, to] = [Math.min(low, ...lines), Math.max(high, ...lines)];
  const room = 0.04 * (to - from || 1);
  return [axis.low ?? from - room, axis.high ?? to + room];
}

function roleOf(row: Row, series: Series): Role {
  return (words(row, "role") || series.role) as Role;
}

function zero(chart: Chart, sheet: Sheet, plot: Plot): Option[] {
  if (chart.kind !== "waterfall") return [];
  const [x] = plot.at(0, 0);
  return [stroke([x, plot.y], [x, plot.y + plot.height], sheet.palette.muted)];
}

function references(chart: Chart, sheet: Sheet, plot: Plot): Option[] {
  return chart.references.filter((one) => one.vertical).flatMap((one) => {
    const [x] = plot.at(one.intercept, 0);
    const dash = one.label ? { lineDash: [5, 4] } : {};
    return [
      stroke([x, plot.y], [x, plot.y + plot.height], sheet.palette.muted, dash),
      label(sheet, one.label, x, plot.y - 9, { align: "center", fill: sheet.palette.muted, fontSize: sheet.size - 1 }),
    ];
  });
}

function intervals(chart: Chart, sheet: Sheet, plot: Plot): Option[] {
  return chart.series.flatMap((series) =>
    series.rows.flatMap((row, i) => {
      const isChange = Number.isFinite(number(row, "x_start"));
      const [from, to] = isChange ? ["x_start", "x"] : ["low", "high"];
      if (!Number.isFinite(number(row, from!)) || !Number.isFinite(number(row, to!))) return [];
      return [stroke(plot.at(number(row, from!), i), plot.at(number(row, to!), i),
        sheet.palette.fill[roleOf(row, series)], { lineWidth: isChange ? 2 : 4, opacity: 0.5 })];
    }));
}

function dots(chart: Chart, series: Series, sheet: Sheet): Option[] {
  const isSmall = series.rows.length > 15;
  const made = (name: string, isHollow: boolean) => ({
    type: "scatter",
    name: series.label,
    z: 5,
    symbol: chart.series.length > 1 ? SHAPES[series.role] : "circle",
    symbolSize: isSmall ? 9 : 11,
    emphasis: { scale: 1.6, itemStyle: { borderColor: sheet.palette.ink, borderWidth: 2 } },
    data: series.rows.flatMap((row, i) => {
      const colour = sheet.palette.fill[roleOf(row, series)];
      const style = isHollow
        ? { color: sheet.palette.paper, borderColor: colour, borderWidth: 1.6 }
        : { color: colour, borderColor: sheet.palette.paper, borderWidth: 1 };
      const x = number(row, name);
      return Number.isFinite(x) ? [{ value: [x, i], row, itemStyle: style }] : [];
    }),
  });
  return chart.axes.x_start ? [made("x_start", true), made("x", false)] : [made("x", false)];
}

/** Bars that each begin where the one before ended, with their value at the right. */
function bars(series: Series, sheet: Sheet): Option {
  return {
    type: "custom",
    z: 5,
    clip: false,
    data: series.rows.map((row, i) => ({ value: [number(row, "end"), i], row })),
    renderItem: (at: { dataIndex: number }, api: { coord: (place: number[]) => number[] }) => {
      const row = series.rows[at.dataIndex]!;
      const role = roleOf(row, series);
      const [start = 0, y = 0] = api.coord([number(row, "start"), at.dataIndex]);
      const [end = 0, next = 0] = api.coord([number(row, "end"), at.dataIndex + 1]);
      const height = (next - y) * 0.62;
      const shape = { x: Math.min(start, end), y: y - height / 2, width: Math.abs(end - start), height };
      const isLast = at.dataIndex === series.rows.length - 1;
      const isTotal = role === "total";
      return {
        type: "group",
        children: [
          { type: "rect", shape, style: { fill: sheet.palette.fill[role] } },
          ...(isTotal || isLast ? [] : [
            stroke([end, y + height / 2], [end, next - height / 2], sheet.palette.muted)]),
          label(sheet, words(row, "shown_x"), Math.max(start, end) + 9, y, {
            fill: sheet.palette.text[role], fontWeight: isTotal ? "bold" : "normal",
          }),
        ],
      };
    },
  };
}

function texts(chart: Chart, sheet: Sheet, plot: Plot, values: readonly string[]): Option[] {
  return values.map((value, i) => {
    const role = roleOf(chart.series[0]!.rows[i]!, chart.series[0]!);
    const [, y] = plot.at(0, i);
    return label(sheet, value, plot.x + plot.width + 8, y, { fill: sheet.palette.text[role] });
  });
}

/** What the colours, or the two ends of a change, mean: above the first row. */
function legend(chart: Chart, sheet: Sheet, plot: Plot): Option[] {
  const start = chart.axes.x_start;
  if (start) {
    const row = chart.series[0]!.rows[0]!;
    return (["x_start", "x"] as const).map((name) => {
      const [x] = plot.at(number(row, name), 0);
      const other = number(row, name === "x" ? "x_start" : "x");
      const isLeft = number(row, name) < other;
      return label(sheet, chart.axes[name]!.year, x, plot.y - 8, {
        align: isLeft ? "right" : "left", fill: sheet.palette.muted, fontSize: sheet.size - 1,
      });
    });
  }
  if (chart.series.length < 2) return [];
  return nameSeries(chart, sheet, 10);
}

function tipOfRow(chart: Chart): (at: { seriesName: string; data: { row?: Row } }) => HTMLElement | string {
  return (at) => {
    if (!at.data?.row) return "";
    const name = words(at.data.row, "label");
    return tipOf(chart, chart.series.length > 1 ? `${name}\n${at.seriesName}` : name, at.data.row);
  };
}
