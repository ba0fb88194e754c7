// Charts with two axes: lines over years, curves with bands, planes, paths and scatters.

import { FAMILY } from "../lettering.js";
import { number, words, type Axis, type Chart, type Row, type Series } from "../data.js";
import { drawing, reach, valueAxis, type Option, type Plot, type Sheet } from "./engine.js";
import { nameEnds, type End } from "./ends.js";
import { ground, isPlane, type Limits } from "./ground.js";
import { nameSeries, namesHeight } from "./legend.js";
import { bands, lineOf, markAlong, whiskers } from "./lines.js";
import {
  isCloud, nameOnCurves, namePoints, namesPoints, nameYears, outwards, pointsOf, reachesEdge,
} from "./points.js";
import { along, type Place } from "./spread.js";
import { ticks } from "./ticks.js";
import { TIP, tipsByMark, tipsByPlace } from "./tips.js";
import { moreLines, titleAcross, titleOf, titleUp } from "./titles.js";

/** The chart as ECharts draws it. */
export function xyOption(given: Chart, sheet: Sheet): Option {
  const chart = given.kind === "log_scatter" ? onLogAxis(given) : given;
  const limits = limitsOf(chart);
  const ends = endsOf(chart, sheet);
  const room = ends.length ? sheet.width * (sheet.isWide ? 0.23 : 0.27) : 18;
  const [x, y] = [chart.axes.x!, chart.axes.y!];
  const isYear = x.format === "year";
  const span = isYear ? reach(chart, ["x"]) : limits.x;
  const xTicks = ticks(x.format, ...span, sheet.isWide ? (isYear ? 12 : 8) : isPlane(chart) ? 5 : 4);
  const [across, up] = axisTitles(chart);
  const above = 52 + moreLines(up, sheet) + (hasClouds(chart) ? namesHeight(chart, sheet) + 10 : 0);
  const below = (isYear ? 30 : 48) + (isYear ? 0 : moreLines(across, sheet));
  const lines = chart.series.filter((one) => one.mark !== "point");
  return {
    animation: false,
    textStyle: { fontFamily: FAMILY },
    grid: { left: sheet.isWide ? 68 : 46, right: room, top: above, bottom: below },
    tooltip: isByX(chart)
      ? { ...TIP, trigger: "axis", formatter: tipsByPlace(chart) }
      : { ...TIP, trigger: "item", formatter: tipsByMark(chart) },
    xAxis: valueAxis(sheet, ...limits.x, xTicks, chart.kind === "paths"),
    yAxis: valueAxis(sheet, ...limits.y, ticks(y.format, ...limits.y, 6), true),
    series: [
      drawing((plot) => ground(chart, sheet, plot, limits, corners(lines, plot)), 1),
      ...lines.map((one) => drawing(bands(chart, one, sheet), 2, { clip: true })),
      ...chart.series.map((one) => seriesOf(chart, one, sheet)),
      drawing((plot) => [
        ...chart.series.filter((one) => one.mark === "point").flatMap((one) => whiskers(one, sheet, plot)),
        titleUp(up, sheet, plot),
        ...(isYear ? [] : [titleAcross(across, sheet, plot)]),
        ...(hasClouds(chart) ? nameSeries(chart, sheet, 12) : []),
      ], 3),
      drawing((plot) => [
        ...(namesPoints(chart) ? namePoints(chart, sheet, plot) : []),
        ...(chart.kind === "curve" ? nameOnCurves(chart, sheet, plot) : []),
        ...nameYears(chart, sheet, plot),
        ...nameEnds(sheet, plot, ends, room, isPlane(chart) ? 0 : 8),
      ], 9),
    ],
  };
}

/** The same chart with its places across by their logarithm; what tips say stays. */
function onLogAxis(chart: Chart): Chart {
  const moved = (row: Row): Row => ({ ...row, x: Math.log(number(row, "x")) });
  return {
    ...chart,
    kind: "scatter",
    axes: { ...chart.axes, x: { ...chart.axes.x!, format: "log" } },
    series: chart.series.map((one) => ({ ...one, rows: one.rows.map(moved) })),
  };
}

/** Whether one value of x belongs to a row of every line, so that a tip compares them. */
function isByX(chart: Chart): boolean {
  return (chart.kind === "lines" || chart.kind === "curve") && !chart.series.some(isCloud);
}

/** Whether the series are clouds of points, to be named above the plot. */
function hasClouds(chart: Chart): boolean {
  return chart.series.filter((one) => isCloud(one) && one.label).length > 1;
}

function limitsOf(chart: Chart): Limits {
  const x = reach(chart, ["x"]);
  const y = reach(chart, ["y", "y_low", "y_high", "y_outer_low", "y_outer_high"]);
  if (chart.kind === "plane") {
    const share = chart.series.some((one) => one.mark === "path") ? 0.04 : 0.09;
    return { x: widened(x, share), y: widened([Math.min(y[0], 0), Math.max(y[1], 0)], 2 * share) };
  }
  if (chart.kind === "paths") return { x: widened(x, 0.06), y: widened(y, 0.06) };
  if (chart.kind === "scatter") {
    const points = { ...chart, series: chart.series.filter((one) => one.mark === "point") };
    return { x: widened(reach(points, ["x"]), 0.07), y: widened(reach(points, ["y"]), 0.07) };
  }
  const levels = chart.references.filter((one) => !one.vertical && one.slope === 0).map((one) => one.intercept);
  const high = widened([Math.min(y[0], ...levels), Math.max(y[1], ...levels)], 0.1);
  const byYear = chart.axes.x!.format === "year";
  return {
    x: within(chart.axes.x!, byYear ? [x[0] - 0.6, x[1] + 0.5] : x),
    y: within(chart.axes.y!, high),
  };
}

function within(axis: Axis, [low, high]: readonly [number, number]): [number, number] {
  return [axis.low ?? low, axis.high ?? high];
}

function widened([low, high]: readonly [number, number], share: number): [number, number] {
  const room = share * (high - low || Math.abs(high) || 1);
  return [low - room, high + room];
}

/** Places along some lines. */
function corners(lines: readonly Series[], plot: Plot): Place[] {
  return lines.flatMap((one) => along(one.rows.map((row) => plot.at(number(row, "x"), number(row, "y")))));
}

function seriesOf(chart: Chart, series: Series, sheet: Sheet): Option {
  const isPoint = series.mark === "point";
  return {
    name: series.label || nameBeside(chart, series),
    z: 5,
    color: sheet.palette.fill[series.role],
    data: series.rows.map((row, i) => ({
      value: [number(row, "x"), number(row, "y")],
      row,
      ...(isPoint ? {} : { itemStyle: markAlong(chart, series, sheet, i) }),
      ...(isPoint && chart.kind === "curve" ? { label: { position: outwards(row, series.rows[i + 1]) } } : {}),
    })),
    ...(isPoint ? pointsOf(chart, series, sheet) : lineOf(chart, series, sheet)),
  };
}

/** The name of a line that a point on it bears. */
function nameBeside(chart: Chart, series: Series): string {
  const point = chart.series.find((one) => one.key === `name-${series.key}`);
  return point ? words(point.rows[0] ?? {}, "text") : "";
}

function endsOf(chart: Chart, sheet: Sheet): End[] {
  if (chart.kind === "curve" && !reachesEdge(chart)) return [];
  const isSingle = chart.series.length === 1 && chart.kind === "lines";
  return chart.series.flatMap((one) => {
    const row = one.rows.at(-1);
    if (one.mark === "point" || !row || !Number.isFinite(number(row, "y"))) return [];
    const value = chart.kind === "lines" ? words(row, "shown_y") : words(row, "text");
    const said = [isSingle ? "" : one.label, value].filter(Boolean).join("\n");
    const line = one.mark === "path" ? { x: number(row, "x"), line: sheet.palette.fill[one.role] } : {};
    return said ? [{ words: said, y: number(row, "y"), colour: sheet.palette.text[one.role], ...line }] : [];
  });
}

/** Names of the axes: across, and up. */
function axisTitles(chart: Chart): [string, string] {
  const [x, y] = [chart.axes.x!, chart.axes.y!];
  if (isPlane(chart) || chart.kind === "paths") return [`${x.label} →`, `↑ ${y.label}`];
  if (chart.kind === "scatter") return [priced(x), priced(y)];
  if (chart.kind === "lines") return [x.label, y.label];
  return [titleOf(x), titleOf(y)];
}

/** The name of an axis of money with its unit and year. */
function priced(axis: Axis): string {
  return axis.price_base ? `${axis.label} [${[axis.unit, axis.year].filter(Boolean).join(", ")}]` : axis.label;
}
