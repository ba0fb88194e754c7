// Charts with a row per item: a dot for its value, a line for its interval or for its change.

import { FAMILY, wrapped, widthOf } from "../lettering.js";
import { number, words, type Chart, type Row } from "../data.js";
import { drawing, label, reach, stroke, valueAxis, type Option, type Plot, type Sheet } from "./engine.js";
import { nameSeries, namesHeight } from "./legend.js";
import { bars, dots, falls, intervals, roleOf } from "./rowmarks.js";
import { ticks, type Tick } from "./ticks.js";
import { TIP, tipOf, type Shown } from "./tips.js";
import { moreLines, titleAcross, titleOf } from "./titles.js";

/** The chart as ECharts draws it. */
export function rowsOption(chart: Chart, given: Sheet): Option {
  const sheet = withLettersFor(chart, given);
  const rows = chart.series[0]!.rows;
  const axis = chart.axes.x!;
  const isWaterfall = chart.kind === "waterfall";
  const heads = isWaterfall ? [] : headsOf(chart);
  const names = rows.map((row, i) =>
    heads.includes(i) ? [] : wrapped(words(row, "label"), roomForNames(chart, sheet), sheet.size, isTotal(row)));
  const values = rows.map((row) => valueOf(chart, row));
  const left = 14 + Math.max(
    ...names.flatMap((lines, i) => lines.map((one) => widthOf(one, sheet.size, isTotal(rows[i]!)))));
  const right = isWaterfall ? 60 : 14 + Math.max(0, ...[...values, ...besideDots(chart)].map((one) => widthOf(one, sheet.size)));
  const [low, high] = limits(chart, sheet, sheet.width - left - right);
  const title = titleOf(axis);
  const places = rows.map((_, i): Tick => [i, ""]).filter(([i]) => !heads.includes(i));
  return {
    animation: false,
    textStyle: { fontFamily: FAMILY },
    grid: { left, right, top: topOf(chart, sheet), bottom: 48 + moreLines(title, sheet) },
    tooltip: { ...TIP, trigger: "item", formatter: tipOfRow(chart) },
    xAxis: valueAxis(sheet, low, high, ticksOf(chart, sheet, low, high), true),
    yAxis: { ...valueAxis(sheet, -0.7, rows.length - 0.4, places, !isWaterfall), inverse: true },
    series: [
      drawing((plot) => [...zero(chart, sheet, plot), ...references(chart, sheet, plot), ...intervals(chart, sheet, plot)], 2),
      ...(isWaterfall ? [bars(chart.series[0]!, sheet)] : chart.series.flatMap((one) => dots(chart, one, sheet))),
      drawing((plot) => [
        ...values.map((value, i) => valueText(chart, sheet, plot, value, i)),
        ...names.map((lines, i) => name(sheet, plot, lines.join("\n"), i, isTotal(rows[i]!))),
        ...heads.map((i) => label(sheet, words(rows[i]!, "label"), 0, plot.at(0, i)[1], {
          fontWeight: "bold", backgroundColor: sheet.palette.paper,
        })),
        titleAcross(title, sheet, plot),
        ...legend(chart, sheet, plot),
      ], 9),
    ],
  };
}

/** The sheet with letters no higher than its rows. */
function withLettersFor(chart: Chart, sheet: Sheet): Sheet {
  const pitch = (sheet.height - topOf(chart, sheet) - 48) / chart.series[0]!.rows.length;
  return { ...sheet, size: Math.min(sheet.size, Math.max(10, 0.82 * pitch)) };
}

/** Rows without a value in any series: they head those below them. */
function headsOf(chart: Chart): number[] {
  const places = chart.series[0]!.rows.map((_, i) => i);
  return places.filter((i) => !chart.series.some((one) => Number.isFinite(number(one.rows[i]!, "x"))));
}

/** What stands at the right edge of a row. */
function valueOf(chart: Chart, row: Row): string {
  if (chart.kind === "waterfall") return "";
  return words(row, "text") || (chart.kind === "intervals" ? words(row, "shown_x") : "");
}

/** What stands right of dots and may reach over the plot's edge. */
function besideDots(chart: Chart): string[] {
  if (chart.kind !== "ranking" && chart.kind !== "dumbbell") return [];
  return chart.series[0]!.rows.filter((row) => !falls(row)).map((row) => words(row, "shown_x"));
}

/** Names take two lines where rows are high enough for them. */
function roomForNames(chart: Chart, sheet: Sheet): number {
  const pitch = (sheet.height - topOf(chart, sheet) - 48) / chart.series[0]!.rows.length;
  return sheet.width * (pitch >= 2.6 * sheet.size ? 0.36 : 0.55);
}

function isTotal(row: Row): boolean {
  return words(row, "role") === "total";
}

function topOf(chart: Chart, sheet: Sheet): number {
  return chart.series.length > 1 ? 16 + namesHeight(chart, sheet) : 26;
}

function limits(chart: Chart, sheet: Sheet, width: number): [number, number] {
  const axis = chart.axes.x!;
  const [low, high] = reach(chart, chart.kind === "waterfall" ? ["start", "end"] : ["x", "x_start", "low", "high"]);
  const lines = chart.references.filter((one) => one.vertical).map((one) => one.intercept);
  const [from, to] = [Math.min(low, ...lines), Math.max(high, ...lines)];
  const room = 0.04 * (to - from || 1);
  const fallen = chart.kind === "dumbbell" ? chart.series[0]!.rows.filter(falls) : [];
  const beside = Math.max(0, ...fallen.map((row) => {
    const free = (width * (number(row, "x") - from)) / (to - from);
    return ((widthOf(words(row, "shown_x"), sheet.size) + 8 - free) * (to - from)) / width;
  }));
  return [axis.low ?? from - (from === 0 && chart.kind === "waterfall" ? 0 : room) - beside, axis.high ?? to + room];
}

/** Round values; ranks begin with the first, not with zero. */
function ticksOf(chart: Chart, sheet: Sheet, low: number, high: number): Tick[] {
  const { format } = chart.axes.x!;
  const marks = ticks(format, low, high, sheet.isWide ? 6 : 4);
  if (format !== "count" || chart.kind !== "ranges") return marks;
  const [first] = reach(chart, ["x", "low", "high"]);
  return [[first, first.toFixed(0)], ...marks.filter(([place]) => place - first > 1)];
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

function valueText(chart: Chart, sheet: Sheet, plot: Plot, value: string, i: number): Option {
  const series = chart.series[0]!;
  const [, y] = plot.at(0, i);
  return label(sheet, value, plot.x + plot.width + 8, y, { fill: sheet.palette.text[roleOf(series.rows[i]!, series)] });
}

function name(sheet: Sheet, plot: Plot, said: string, i: number, isBold: boolean): Option {
  const [, y] = plot.at(0, i);
  return label(sheet, said, plot.x - 8, y, {
    align: "right", lineHeight: sheet.size * 1.15, fontWeight: isBold ? "bold" : "normal",
  });
}

/** What the colours, or the two ends of a change, mean: above the first row. */
function legend(chart: Chart, sheet: Sheet, plot: Plot): Option[] {
  if (chart.axes.x_start) return yearsOfChange(chart, sheet, plot);
  return chart.series.length < 2 ? [] : nameSeries(chart, sheet, 10);
}

function yearsOfChange(chart: Chart, sheet: Sheet, plot: Plot): Option[] {
  const row = chart.series[0]!.rows[0]!;
  return (["x_start", "x"] as const).map((name) => {
    const [x] = plot.at(number(row, name), 0);
    const isLeft = number(row, name) < number(row, name === "x" ? "x_start" : "x");
    return label(sheet, chart.axes[name]!.year, x, plot.y - 8, {
      align: isLeft ? "right" : "left", fill: sheet.palette.muted, fontSize: sheet.size - 1,
    });
  });
}

function tipOfRow(chart: Chart): (at: Shown) => HTMLElement | string {
  return (at) => {
    if (!at.data?.row) return "";
    const name = words(at.data.row, "label");
    return tipOf(chart, chart.series.length > 1 ? `${name}\n${at.seriesName}` : name, at.data.row);
  };
}
