// Charts with two axes: lines over years, curves with bands, planes and scatters.

import { FAMILY } from "../lettering.js";
import { number, words, type Axis, type Chart, type Row, type Series } from "../data.js";
import {
  drawing, label, line as addLine, reach, SHAPES, stroke, TIP, tipOf, about, valueAxis,
  type Option, type Plot, type Sheet,
} from "./engine.js";
import { nameEnds, type End } from "./ends.js";
import { nameSeries, namesHeight } from "./legend.js";
import { ticks } from "./ticks.js";

interface Limits {
  x: [number, number];
  y: [number, number];
}

/** The chart as ECharts draws it. */
export function xyOption(chart: Chart, sheet: Sheet): Option {
  const limits = limitsOf(chart);
  const ends = endsOf(chart, sheet);
  const room = ends.length ? sheet.width * (sheet.isWide ? 0.23 : 0.27) : 18;
  const above = hasClouds(chart) ? namesHeight(chart, sheet) + 10 : 0;
  const [x, y] = [chart.axes.x!, chart.axes.y!];
  const isYear = x.format === "year";
  const span = isYear ? reach(chart, ["x"]) : limits.x;
  const xTicks = ticks(x.format, ...span, sheet.isWide ? (isYear ? 12 : 8) : 4);
  return {
    animation: false,
    textStyle: { fontFamily: FAMILY },
    grid: { left: sheet.isWide ? 68 : 46, right: room, top: 52 + above, bottom: 48 },
    tooltip: { ...TIP, trigger: isByX(chart) ? "axis" : "item", formatter: tips(chart) },
    xAxis: valueAxis(sheet, ...limits.x, xTicks, false),
    yAxis: valueAxis(sheet, ...limits.y, ticks(y.format, ...limits.y, 6), true),
    series: [
      drawing((plot) => ground(chart, sheet, plot, limits), 1),
      ...chart.series.filter((one) => one.mark !== "point").map((one) => drawing(bands(one, sheet), 2)),
      ...chart.series.map((one) => seriesOf(chart, one, sheet)),
      drawing((plot) => [...names(chart, sheet, plot), ...nameEnds(sheet, plot, ends, room)], 9),
    ],
  };
}

/** Whether one value of x belongs to a row of every line, so that a tip compares them. */
function isByX(chart: Chart): boolean {
  return (chart.kind === "lines" || chart.kind === "curve") && !chart.series.some(isCloud);
}

function isCloud(series: Series): boolean {
  return series.mark === "point" && series.rows.length > 1;
}

/** Whether the series are clouds of points, to be named above the plot. */
function hasClouds(chart: Chart): boolean {
  return chart.series.filter((one) => isCloud(one) && one.label).length > 1;
}

function limitsOf(chart: Chart): Limits {
  const x = reach(chart, ["x"]);
  const y = reach(chart, ["y", "y_low", "y_high", "y_outer_low", "y_outer_high"]);
  if (chart.kind === "plane") {
    const paths = chart.series.some((one) => one.mark === "path");
    const share = paths ? 0.04 : 0.09;
    y[0] = Math.min(y[0], 0);
    y[1] = Math.max(y[1], 0);
    return { x: widened(x, share), y: widened(y, 2 * share) };
  }
  for (const one of chart.references.filter((one) => !one.vertical && one.slope === 0)) {
    y[0] = Math.min(y[0], one.intercept);
    y[1] = Math.max(y[1], one.intercept);
  }
  if (chart.kind === "scatter") {
    const points = { ...chart, series: chart.series.filter((one) => one.mark === "point") };
    return { x: widened(reach(points, ["x"]), 0.07), y: widened(reach(points, ["y"]), 0.07) };
  }
  const byYear = chart.axes.x!.format === "year";
  const wide: [number, number] = byYear ? [x[0] - 0.6, x[1] + 0.5] : widened(x, 0.02);
  return {
    x: [chart.axes.x!.low ?? wide[0], chart.axes.x!.high ?? wide[1]],
    y: [chart.axes.y!.low ?? widened(y, 0.1)[0], chart.axes.y!.high ?? widened(y, 0.1)[1]],
  };
}

function widened([low, high]: readonly [number, number], share: number): [number, number] {
  const room = share * (high - low || Math.abs(high) || 1);
  return [low - room, high + room];
}

function ground(chart: Chart, sheet: Sheet, plot: Plot, limits: Limits): Option[] {
  return [
    ...chart.shades.flatMap((shade) => shadeOf(chart, sheet, plot, limits, shade)),
    ...(chart.kind === "plane" ? zeroLines(sheet, plot, limits) : []),
    ...references(chart, sheet, plot, limits),
  ];
}

function shadeOf(
  chart: Chart, sheet: Sheet, plot: Plot, limits: Limits, shade: Chart["shades"][number],
): Option[] {
  const [left, bottom] = plot.at(
    Math.max(shade.x_low ?? -Infinity, limits.x[0]), Math.max(shade.y_low ?? -Infinity, limits.y[0]));
  const [right, top] = plot.at(
    Math.min(shade.x_high ?? Infinity, limits.x[1]), Math.min(shade.y_high ?? Infinity, limits.y[1]));
  const isPlane = chart.kind === "plane";
  const fill = isPlane ? "#eff5fa" : sheet.palette.grid;
  const place =
    chart.kind === "scatter" ? corner(shade, left, right, top, bottom)
    : isPlane ? { x: left + 8, y: top + 14, align: "left" }
    : { x: (left + right) / 2, y: top + 12, align: "center" };
  return [
    ...(chart.kind === "scatter" ? [] : [{
      type: "rect",
      shape: { x: left, y: top, width: right - left, height: bottom - top },
      style: { fill, opacity: isPlane ? 1 : 0.55 },
    }]),
    label(sheet, shade.label, place.x, place.y, {
      fill: isPlane ? sheet.palette.text.gain : sheet.palette.muted,
      align: place.align,
      fontSize: sheet.size,
    }),
  ];
}

/** Where the name of an open corner stands: at its outer end. */
function corner(
  shade: Chart["shades"][number], left: number, right: number, top: number, bottom: number,
): { x: number; y: number; align: string } {
  const isRight = shade.x_high === null;
  const isUpper = shade.y_high === null;
  return {
    x: isRight ? right - 6 : left + 6,
    y: isUpper ? top + 12 : bottom - 12,
    align: isRight ? "right" : "left",
  };
}

function zeroLines(sheet: Sheet, plot: Plot, limits: Limits): Option[] {
  return [
    stroke(plot.at(limits.x[0], 0), plot.at(limits.x[1], 0), sheet.palette.muted),
    ...(limits.x[0] < 0
      ? [stroke(plot.at(0, limits.y[0]), plot.at(0, limits.y[1]), sheet.palette.muted)]
      : []),
  ];
}

function references(chart: Chart, sheet: Sheet, plot: Plot, limits: Limits): Option[] {
  let taken = -Infinity;
  let isNamed = false;
  return chart.references.flatMap((one) => {
    if (one.slope < 0) {
      const start = Math.max(limits.x[0], (one.intercept - limits.y[1]) / -one.slope);
      const end = Math.min(limits.x[1], (one.intercept - limits.y[0]) / -one.slope);
      if (start >= end) return [];
      const level = (x: number) => plot.at(x, one.intercept + one.slope * x);
      const shapes = [stroke(level(start), level(end), "#9aa5b0", { lineDash: [6, 5] })];
      const said = isNamed ? one.short : one.label;
      const [x] = level(start);
      const half = said.length * sheet.size * 0.29;
      if (start > limits.x[0] && x - half > taken) {
        shapes.push(label(sheet, said, x, plot.y - 9, muted(sheet, "center")));
        taken = x + half + 8;
        isNamed = true;
      }
      return shapes;
    }
    const [x, y] = plot.at(one.vertical ? one.intercept : limits.x[0], one.vertical ? limits.y[1] : one.intercept);
    const to = one.vertical
      ? plot.at(one.intercept, limits.y[0])
      : plot.at(limits.x[1], one.intercept + one.slope * (limits.x[1] - limits.x[0]));
    const dash = one.vertical ? { lineDash: [5, 4] } : {};
    return [
      stroke([x, y], to, sheet.palette.muted, dash),
      label(sheet, one.label, x + 4, one.vertical ? y + 10 : y - 9, muted(sheet, "left")),
    ];
  });
}

function muted(sheet: Sheet, align: string): Option {
  return { fill: sheet.palette.muted, align, fontSize: sheet.size - 1 };
}

const BANDS = [["y_outer_low", "y_outer_high", 0.14], ["y_low", "y_high", 0.22]] as const;

function bands(series: Series, sheet: Sheet): (plot: Plot) => Option[] {
  return (plot) =>
    BANDS.flatMap(([low, high, opacity]) => {
      const rows = series.rows.filter((row) => Number.isFinite(number(row, low)));
      if (rows.length === 0) return [];
      const edge = (name: string) => rows.map((row) => plot.at(number(row, "x"), number(row, name)));
      const points = [...edge(low), ...edge(high).reverse()];
      return [{ type: "polygon", shape: { points }, style: { fill: sheet.palette.fill[series.role], opacity } }];
    });
}

function seriesOf(chart: Chart, series: Series, sheet: Sheet): Option {
  const colour = sheet.palette.fill[series.role];
  const data = series.rows.map((row, i) => ({
    value: [number(row, "x"), number(row, "y")],
    row,
    ...(chart.kind === "curve" ? { label: { position: outwards(row, series.rows[i + 1]) } } : {}),
  }));
  const common = { name: series.label, data, z: 5, color: colour, info: series };
  if (series.mark === "point") return { ...common, ...points(chart, series, sheet) };
  const isPath = series.mark === "path";
  const last = data.length - 1;
  return {
    ...common,
    type: "line",
    step: series.mark === "step" ? "end" : false,
    lineStyle: { width: 2.4, color: colour },
    symbol: (_: unknown, at: { dataIndex: number }) => (isPath && at.dataIndex === last ? SHAPES[series.role] : "circle"),
    showSymbol: isPath || chart.axes.x!.format === "year",
    symbolSize: (_: unknown, at: { dataIndex: number }) => (at.dataIndex === last ? 10 : isPath ? 6 : at.dataIndex === 0 ? 8 : 4),
    itemStyle: { color: colour, borderColor: sheet.palette.paper, borderWidth: 1 },
    emphasis: { scale: 1.5, lineStyle: { width: 3 } },
    label: firstLabel(chart, series, sheet),
  };
}

/** On charts over years the first value stands at its mark, as the last one does at its name. */
function firstLabel(chart: Chart, series: Series, sheet: Sheet): Option {
  if (chart.kind !== "lines") return { show: false };
  const rises = number(series.rows[1] ?? {}, "y") > number(series.rows[0]!, "y");
  return {
    show: true,
    position: rises ? "bottom" : "top",
    color: sheet.palette.text[series.role],
    fontSize: sheet.size - 1,
    formatter: (at: { dataIndex: number; data: { row: Row } }) =>
      at.dataIndex === 0 ? words(at.data.row, "shown_y") : "",
  };
}

/** Where the words of a point meet no line: away from zero, or left of a line that goes on so. */
function outwards(row: Row, next: Row | undefined): string {
  const y = number(row, "y");
  const way = y < 0 ? -1 : 1;
  if (next && way * (number(next, "y") - y) > 0) return "left";
  return way < 0 ? "bottom" : "top";
}

function points(chart: Chart, series: Series, sheet: Sheet): Option {
  const isNamed = chart.kind === "plane" || chart.kind === "scatter";
  return {
    type: "scatter",
    symbol: SHAPES[series.role],
    symbolSize: isNamed ? 10 : 8,
    itemStyle: { borderColor: sheet.palette.paper, borderWidth: 1 },
    emphasis: { scale: 1.8, itemStyle: { borderColor: sheet.palette.ink, borderWidth: 2 } },
    label: {
      show: true,
      position: "right",
      distance: 3,
      color: sheet.palette.text[series.role],
      fontSize: sheet.size - 1,
      formatter: (at: { data: { row: Row } }) =>
        isNamed ? words(at.data.row, sheet.isWide ? "label" : "short") : words(at.data.row, "text"),
    },
    labelLayout: { hideOverlap: isNamed },
  };
}

function endsOf(chart: Chart, sheet: Sheet): End[] {
  const isSingle = chart.series.length === 1 && chart.kind === "lines";
  return chart.series.flatMap((one) => {
    const row = one.rows.at(-1);
    if (one.mark === "point" || !row || !Number.isFinite(number(row, "y"))) return [];
    const value = chart.kind === "lines" ? words(row, "shown_y") : words(row, "text");
    const said = [isSingle ? "" : one.label, value].filter(Boolean).join("\n");
    return said ? [{ words: said, y: number(row, "y"), colour: sheet.palette.text[one.role] }] : [];
  });
}

/** The axes' names: the vertical one level above its ticks, the other below, at right. */
function names(chart: Chart, sheet: Sheet, plot: Plot): Option[] {
  const isPlane = chart.kind === "plane";
  const title = (axis: Axis) =>
    isPlane || axis.unit === "%" || axis.unit === "index" || axis.format === "year" || chart.kind === "lines"
      ? axis.label : `${axis.label} [${axis.unit}]`;
  const isYear = chart.axes.x!.format === "year";
  const bars = chart.series.filter(isCloud).flatMap((one) => whiskers(one, sheet, plot));
  return [
    ...bars,
    ...(hasClouds(chart) ? nameSeries(chart, sheet, 12) : []),
    label(sheet, (isPlane ? "↑ " : "") + title(chart.axes.y!), 0, plot.y - 40),
    ...(isYear ? [] : [label(sheet, title(chart.axes.x!) + (isPlane ? " →" : ""),
      plot.x + plot.width, plot.y + plot.height + 36, { align: "right" })]),
  ];
}

function whiskers(series: Series, sheet: Sheet, plot: Plot): Option[] {
  return series.rows.filter((row) => Number.isFinite(number(row, "y_low"))).map((row) =>
    stroke(plot.at(number(row, "x"), number(row, "y_low")), plot.at(number(row, "x"), number(row, "y_high")),
      sheet.palette.fill[series.role], { lineWidth: series.rows.length > 60 ? 1.2 : 2.4, opacity: 0.35 }));
}

interface Shown {
  seriesName: string;
  data: { row?: Row };
}

function tips(chart: Chart): (at: Shown | Shown[]) => HTMLElement | string {
  return (at) => {
    if (!Array.isArray(at)) {
      if (!at.data?.row) return "";
      const name = words(at.data.row, "label") || [at.seriesName, words(at.data.row, "year")].filter(Boolean).join("\n");
      return tipOf(chart, name, at.data.row);
    }
    const known = at.filter((one) => one.data?.row && words(one.data.row, "shown_y"));
    if (known.length === 0) return "";
    const tip = document.createElement("div");
    tip.className = "tip";
    addLine(tip, "b", words(known[0]!.data.row!, "shown_x"));
    for (const one of known) {
      const row = one.data.row!;
      const more = [words(row, "shown_range"), words(row, "evidence")].filter(Boolean).join("; ");
      addLine(tip, "p", `${one.seriesName || chart.axes.y!.label}: ${words(row, "shown_y")}${more ? ` (${more})` : ""}`);
    }
    addLine(tip, "small", `${chart.axes.y!.label}${about(chart.axes.y!)}`);
    return tip;
  };
}
