// Packages in the grow-divide plane: a labelled point each, with bars for the ranges of both effects.

import { FAMILY, widthOf, wrapped } from "../lettering.js";
import { number, type Chart, type Row, type Series } from "../data.js";
import { placeBeside, type Mark, type Obstacle } from "./beside.js";
import { drawing, label, SHAPES, stroke, valueAxis, type Option, type Plot, type Sheet } from "./engine.js";
import { ground, type Limits } from "./ground.js";
import { quadrantName } from "./points.js";
import { along, type Place, type Size } from "./spread.js";
import { ticks } from "./ticks.js";
import { TIP, tipsByMark } from "./tips.js";
import { moreLines, titleAcross, titleUp } from "./titles.js";

const POINT = 5.5; // radius of a filled point

/** The chart as ECharts draws it. */
export function effectsOption(chart: Chart, sheet: Sheet): Option {
  const limits = limitsOf(chart);
  const [x, y] = [chart.axes.x!, chart.axes.y!];
  const [across, up] = [`${x.label} →`, `↑ ${y.label}`];
  return {
    animation: false,
    textStyle: { fontFamily: FAMILY },
    grid: {
      left: sheet.isWide ? 56 : 42, right: 16, top: 56 + moreLines(up, sheet), bottom: 50 + moreLines(across, sheet),
    },
    tooltip: { ...TIP, trigger: "item", formatter: tipsByMark(chart) },
    xAxis: valueAxis(sheet, ...limits.x, ticks(x.format, ...limits.x, sheet.isWide ? 8 : 5), false),
    yAxis: valueAxis(sheet, ...limits.y, ticks(y.format, ...limits.y, 6), true),
    series: [
      drawing((plot) => ground(chart, sheet, plot, limits), 1),
      drawing((plot) => chart.series.flatMap((one) => arms(one, sheet, plot)), 3),
      ...chart.series.flatMap((one) => [pointOf(one, sheet, "cake"), pointOf(one, sheet, "x")]),
      drawing((plot) => [
        titleUp(up, sheet, plot), titleAcross(across, sheet, plot), ...namePackages(chart, sheet, plot),
      ], 9),
    ],
  };
}

/** The ends of a range and its point; without draws all three are the point. */
function endsOf(row: Row, axis: "x" | "y"): [number, number, number] {
  const value = number(row, axis);
  const [low, high] = [number(row, `${axis}_low`), number(row, `${axis}_high`)];
  return [Number.isFinite(low) ? low : value, value, Number.isFinite(high) ? high : value];
}

/** Points, ranges, zero, and room for names. */
function limitsOf(chart: Chart): Limits {
  const reach = (axis: "x" | "y", below: number, above: number): [number, number] => {
    const all = chart.series.flatMap((one) => endsOf(one.rows[0]!, axis));
    const [low, high] = [Math.min(0, ...all), Math.max(0, ...all)];
    const room = Math.max(high - low, 1e-6);
    return [low - below * room, high + above * room];
  };
  return { x: reach("x", 0.1, 0.1), y: reach("y", 0.14, 0.12) };
}

function arms(series: Series, sheet: Sheet, plot: Plot): Option[] {
  const row = series.rows[0]!;
  const [[left, x, right], [bottom, y, top]] = [endsOf(row, "x"), endsOf(row, "y")];
  const look = { lineWidth: 1.8, opacity: 0.6 };
  const colour = sheet.palette.fill[series.role];
  return [stroke(plot.at(left, y), plot.at(right, y), colour, look), stroke(plot.at(x, bottom), plot.at(x, top), colour, look)];
}

/** A point of a package: hollow for the cake alone, filled with the household share. */
function pointOf(series: Series, sheet: Sheet, across: "cake" | "x"): Option {
  const row = series.rows[0]!;
  const colour = sheet.palette.fill[series.role];
  const isHollow = across === "cake";
  return {
    type: "scatter",
    name: series.label,
    z: isHollow ? 5 : 6,
    symbol: SHAPES[series.role],
    symbolSize: isHollow ? 8 : 2 * POINT,
    itemStyle: isHollow
      ? { opacity: 1, color: sheet.palette.paper, borderColor: colour, borderWidth: 1.5 }
      : { opacity: 1, color: colour, borderColor: sheet.palette.paper, borderWidth: 1 },
    emphasis: { scale: 1.5 },
    data: Number.isFinite(number(row, across)) ? [{ value: [number(row, across), number(row, "y")], row }] : [],
  };
}

/** The names at the ends of the ranges, over neither marks nor each other. */
function namePackages(chart: Chart, sheet: Sheet, plot: Plot): Option[] {
  const unit = sheet.size / 8;
  const texts = chart.series.map((one) => wrapped(one.label, sheet.isWide ? 330 : 120, sheet.size));
  const sizes = texts.map((lines): Size => [
    Math.max(...lines.map((line) => widthOf(line, sheet.size))) + 4, lines.length * sheet.size * 1.25]);
  const marks = chart.series.map((one) => markOf(one.rows[0]!, plot));
  const places = placeBeside(marks, sizes, plot, unit, obstacles(chart, sheet, plot));
  return chart.series.flatMap((one, i) => [
    ...leadTo(sheet, one, marks[i]!, places[i]!, sizes[i]!),
    label(sheet, texts[i]!.join("\n"), ...places[i]!, { align: "center", fill: sheet.palette.text[one.role] }),
  ]);
}

function markOf(row: Row, plot: Plot): Mark {
  const [[low, x, high], [bottom, y, top]] = [endsOf(row, "x"), endsOf(row, "y")];
  const cake = Number.isFinite(number(row, "cake")) ? number(row, "cake") : x;
  const at = plot.at(x, y);
  return {
    at,
    left: Math.min(plot.at(Math.min(low, cake), y)[0], at[0] - POINT),
    right: Math.max(plot.at(Math.max(high, cake), y)[0], at[0] + POINT),
    top: Math.min(plot.at(x, top)[1], at[1] - POINT),
    bottom: Math.max(plot.at(x, bottom)[1], at[1] + POINT),
  };
}

/** A thin line from the end of an arm to a name that stands a line away from it. */
function leadTo(sheet: Sheet, series: Series, mark: Mark, [x, y]: Place, [width, height]: Size): Option[] {
  const isAbove = y < mark.top;
  if (!isAbove && y < mark.bottom) return [];
  const end = isAbove ? mark.top : mark.bottom;
  const edge = isAbove ? y + height / 2 : y - height / 2;
  if (Math.abs(edge - end) <= height / 3) return [];
  const across = Math.max(x - width / 2, Math.min(mark.at[0], x + width / 2));
  return [stroke([mark.at[0], end], [across, edge], sheet.palette.fill[series.role], { opacity: 0.7 })];
}

/** Places that a name should not cover, with the mark they are of. */
function obstacles(chart: Chart, sheet: Sheet, plot: Plot): Obstacle[] {
  const marks = chart.series.flatMap((one, owner) => {
    const row = one.rows[0]!;
    const [[low, x, high], [bottom, y, top]] = [endsOf(row, "x"), endsOf(row, "y")];
    const lines = [...along([plot.at(low, y), plot.at(high, y)]), ...along([plot.at(x, bottom), plot.at(x, top)])];
    const cake = Number.isFinite(number(row, "cake")) ? [plot.at(number(row, "cake"), y)] : [];
    return [...lines, ...cake].map((at): Obstacle => ({ at, owner }));
  });
  const [left, level] = plot.at(0, 0);
  const zero = [
    ...along([[plot.x, level], [plot.x + plot.width, level]]),
    ...along([[left, plot.y], [left, plot.y + plot.height]]),
  ];
  return [...marks, ...[...zero, ...quadrantName(chart, sheet, plot)].map((at): Obstacle => ({ at, owner: -1 }))];
}
