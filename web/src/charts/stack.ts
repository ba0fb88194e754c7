// A bar per year, cut into parts that add up, with their names and the total.

import { FAMILY, wrapped } from "../lettering.js";
import { number, words, type Chart, type Series } from "../data.js";
import { drawing, label, reach, rect, valueAxis, type Option, type Plot, type Sheet } from "./engine.js";
import { nameEnds, type End } from "./ends.js";
import { ticks } from "./ticks.js";
import { TIP, tipsByPlace, type Shown } from "./tips.js";
import { titleUp } from "./titles.js";

const BAR = 0.72; // share of a year's width

/** The chart as ECharts draws it. */
export function stackOption(chart: Chart, sheet: Sheet): Option {
  const total = chart.series.at(-1)!;
  const parts = chart.series.slice(0, -1);
  const highest = Math.max(...total.rows.map((row) => number(row, "y")));
  const years = reach(chart, ["x"]);
  const room = sheet.width * (sheet.isWide ? 0.25 : 0.3);
  const tips = tipsByPlace(chart);
  return {
    animation: false,
    textStyle: { fontFamily: FAMILY },
    grid: { left: sheet.isWide ? 60 : 42, right: room, top: 44, bottom: 30 },
    tooltip: {
      ...TIP,
      trigger: "axis",
      axisPointer: { type: "none" },
      formatter: (at: Shown[]) => tips([...at].reverse()),
    },
    xAxis: valueAxis(sheet, years[0] - 0.6, years[1] + 0.5, ticks("year", ...years, sheet.isWide ? 12 : 4), false),
    yAxis: valueAxis(sheet, 0, 1.1 * highest, ticks("index", 0, 1.1 * highest, 6), true),
    series: [
      ...parts.map((part, i) => bars(parts.slice(0, i), part, sheet)),
      totals(total),
      drawing((plot) => [
        titleUp(chart.axes.y!.label, sheet, plot, 33),
        ...(sheet.isWide ? totalTexts(total, sheet, plot) : []),
        ...nameEnds(sheet, plot, endsOf(parts, total, sheet, room), room),
      ], 9),
    ],
  };
}

/** The bars of one part, each upon those of the parts below it. */
function bars(below: readonly Series[], part: Series, sheet: Sheet): Option {
  const base = (i: number) => below.reduce((sum, one) => sum + number(one.rows[i]!, "y"), 0);
  return {
    type: "custom",
    name: part.label,
    z: 4,
    data: part.rows.map((row) => ({ value: [number(row, "x"), number(row, "y")], row })),
    renderItem: (at: { dataIndex: number }, api: { coord: (place: number[]) => number[] }) => {
      const i = at.dataIndex;
      const year = number(part.rows[i]!, "x");
      const [left = 0, top = 0] = api.coord([year - BAR / 2, base(i) + number(part.rows[i]!, "y")]);
      const [right = 0, bottom = 0] = api.coord([year + BAR / 2, base(i)]);
      return {
        ...rect(left, top, right - left, bottom - top, sheet.palette.fill[part.role], {
          stroke: sheet.palette.paper, lineWidth: 1,
        }),
        emphasis: { style: { stroke: sheet.palette.ink, lineWidth: 1.5 } },
      };
    },
  };
}

/** The totals, which only tips and words show. */
function totals(total: Series): Option {
  return {
    type: "scatter",
    name: total.label,
    symbolSize: 0,
    data: total.rows.map((row) => ({ value: [number(row, "x"), number(row, "y")], row })),
  };
}

/** Every second total and the last one above its bar. */
function totalTexts(total: Series, sheet: Sheet, plot: Plot): Option[] {
  return total.rows.flatMap((row, i) => {
    if (i % 2 === 1 && i < total.rows.length - 1) return [];
    const [x, y] = plot.at(number(row, "x"), number(row, "y"));
    return [label(sheet, words(row, "text"), x, y - 10, {
      align: "center", fontWeight: "bold", fontSize: sheet.size - 1.5,
    })];
  });
}

/** Names of the parts level with the last bar's, then the total above them where nothing else says it. */
function endsOf(parts: readonly Series[], total: Series, sheet: Sheet, room: number): End[] {
  let height = 0;
  const said = (one: Series) => [...wrapped(one.label, room - 12, sheet.size), words(one.rows.at(-1)!, "words")].join("\n");
  const ends = parts.map((one) => {
    const own = number(one.rows.at(-1)!, "y");
    height += own;
    return { words: said(one), y: height - own / 2, colour: sheet.palette.text[one.role] };
  });
  return sheet.isWide ? ends : [...ends, { words: said(total), y: 1.05 * height, colour: sheet.palette.ink }];
}
