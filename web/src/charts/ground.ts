// What lies under the marks of a plane: shaded parts, zero, lines of reference with their names.

import { widthOf } from "../lettering.js";
import type { Chart } from "../data.js";
import { label, stroke, type Option, type Plot, type Sheet } from "./engine.js";
import { overlap, type Place, type Size } from "./spread.js";

export interface Limits {
  x: [number, number];
  y: [number, number];
}

type Shade = Chart["shades"][number];
type Line = Chart["references"][number];

const QUADRANT = "#eff5fa";
const EQUAL = "#9aa5b0";

/** Whether a chart is a grow-divide plane. */
export function isPlane(chart: Chart): boolean {
  return chart.kind === "plane" || chart.kind === "effects_plane";
}

/** Shades, zero and references; names of references keep clear of the `taken` places if they can. */
export function ground(
  chart: Chart, sheet: Sheet, plot: Plot, limits: Limits, taken: readonly Place[] = [],
): Option[] {
  return [
    ...chart.shades.flatMap((shade) => shadeOf(chart, sheet, plot, limits, shade)),
    ...(isPlane(chart) ? zeroLines(sheet, plot, limits) : []),
    ...(isPlane(chart)
      ? equalLines(chart, sheet, plot, limits)
      : chart.references.flatMap((one) => reference(chart, sheet, plot, limits, one, taken))),
  ];
}

function shadeOf(chart: Chart, sheet: Sheet, plot: Plot, limits: Limits, shade: Shade): Option[] {
  const [left, bottom] = plot.at(
    Math.max(shade.x_low ?? -Infinity, limits.x[0]), Math.max(shade.y_low ?? -Infinity, limits.y[0]));
  const [right, top] = plot.at(
    Math.min(shade.x_high ?? Infinity, limits.x[1]), Math.min(shade.y_high ?? Infinity, limits.y[1]));
  if (chart.kind === "scatter") return [nameOfCorner(sheet, plot, shade)];
  const shape = { x: left, y: top, width: right - left, height: bottom - top };
  if (isPlane(chart))
    return [
      { type: "rect", shape, style: { fill: QUADRANT } },
      label(sheet, shade.label, left + 8, top + 14, {
        fill: sheet.palette.text.gain, backgroundColor: QUADRANT, padding: 1,
      }),
    ];
  return [
    { type: "rect", shape, style: { fill: sheet.palette.grid, opacity: 0.55 } },
    label(sheet, shade.label, (left + right) / 2, top + 12, muted(sheet, "center")),
  ];
}

/** The name of an open corner of the plot, in the corner that its open sides point to. */
function nameOfCorner(sheet: Sheet, plot: Plot, shade: Shade): Option {
  const { x, y, align } = cornerOf(sheet, plot, shade);
  return label(sheet, shade.label, x, y, muted(sheet, align));
}

export function cornerOf(
  sheet: Sheet, plot: Plot, shade: Shade,
): { x: number; y: number; width: number; align: "left" | "right" } {
  const isRight = shade.x_high === null;
  return {
    x: isRight ? plot.x + plot.width - 6 : plot.x + 6,
    y: shade.y_high === null ? plot.y + 11 : plot.y + plot.height - 11,
    width: widthOf(shade.label, sheet.size - 1),
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

/** Dashed lines of equal prosperity; where they meet the upper edge their levels stand, like a third axis. */
function equalLines(chart: Chart, sheet: Sheet, plot: Plot, limits: Limits): Option[] {
  let taken = -Infinity;
  let isNamed = false;
  return chart.references.flatMap((one) => {
    const start = Math.max(limits.x[0], (one.intercept - limits.y[1]) / -one.slope);
    const end = Math.min(limits.x[1], (one.intercept - limits.y[0]) / -one.slope);
    if (start >= end) return [];
    const level = (x: number) => plot.at(x, one.intercept + one.slope * x);
    const shapes = [stroke(level(start), level(end), EQUAL, { lineDash: [6, 5] })];
    const said = isNamed ? one.short : one.label;
    const [x] = level(start);
    const half = widthOf(said, sheet.size - 1) / 2;
    if (start > limits.x[0] && x - half > taken && x - half >= 0 && x + half <= sheet.width) {
      shapes.push(label(sheet, said, x, plot.y - 9, muted(sheet, "center")));
      taken = x + half + 8;
      isNamed = true;
    }
    return shapes;
  });
}

function reference(
  chart: Chart, sheet: Sheet, plot: Plot, limits: Limits, one: Line, taken: readonly Place[],
): Option[] {
  const height = (x: number) => one.intercept + one.slope * x;
  const [from, to] = one.vertical
    ? [plot.at(one.intercept, limits.y[1]), plot.at(one.intercept, limits.y[0])]
    : [plot.at(limits.x[0], height(limits.x[0])), plot.at(limits.x[1], height(limits.x[1]))];
  const dash = one.vertical && one.label ? { lineDash: [5, 4] } : {};
  const line = stroke(from, to, sheet.palette.muted, dash);
  if (!one.label) return [line];
  if (one.vertical) return [line, label(sheet, one.label, from[0] + 5, from[1] + 10, muted(sheet, "left"))];
  const [x, y] = one.slope === 0 ? freeSide(chart, sheet, plot, one.label, from, taken) : [from[0] + 4, from[1] - 9];
  return [line, label(sheet, one.label, x, y, muted(sheet, "left"))];
}

/** Where the name of a level line covers least: above or below it, at its left end or its right one. */
function freeSide(
  chart: Chart, sheet: Sheet, plot: Plot, said: string, [left, level]: Place, taken: readonly Place[],
): Place {
  const size: Size = [widthOf(said, sheet.size - 1), sheet.size];
  const extents = taken.map((): Size => [6, 6]);
  const sides = chart.kind === "lines" ? [10, -9] : [-9, 10];
  const places = [left + 4, plot.x + plot.width - size[0] - 4].flatMap((x) =>
    sides.filter((side) => level + side < plot.y + plot.height).map((side): Place => [x, level + side]));
  const costs = places.map(([x, y]) => overlap([x + size[0] / 2, y], size, taken, extents));
  return places[costs.indexOf(Math.min(...costs))]!;
}

/** The look of words in the background. */
export function muted(sheet: Sheet, align: string): Option {
  return { fill: sheet.palette.muted, align, fontSize: sheet.size - 1 };
}
