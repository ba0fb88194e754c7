// Points of a plane, and names beside them: none over another, a thin line to those far off.

import { widthOf } from "../lettering.js";
import { number, words, type Chart, type Row, type Series } from "../data.js";
import { label, SHAPES, stroke, type Option, type Plot, type Sheet } from "./engine.js";
import { cornerOf } from "./ground.js";
import { along, overlap, placeLabels, type Place, type Placed, type Size } from "./spread.js";

/** Whether the points of a chart are named, not numbered. */
export function namesPoints(chart: Chart): boolean {
  return chart.kind === "plane" || chart.kind === "scatter";
}

/** Whether a series is a cloud of points. */
export function isCloud(series: Series): boolean {
  return series.mark === "point" && series.rows.length > 1;
}

/** Points as ECharts draws them. */
export function pointsOf(chart: Chart, series: Series, sheet: Sheet): Option {
  const isNamed = namesPoints(chart);
  return {
    type: "scatter",
    symbol: SHAPES[series.role],
    symbolSize: isNamed && sheet.isWide ? 10 : 8,
    itemStyle: { opacity: 1, borderColor: sheet.palette.paper, borderWidth: 1 },
    emphasis: { scale: 1.8, itemStyle: { borderColor: sheet.palette.ink, borderWidth: 2 } },
    label: {
      show: !isNamed && series.rows.length > 1,
      distance: 4,
      color: sheet.palette.text[series.role],
      fontSize: sheet.size - 1,
      formatter: (at: { data: { row: Row } }) => words(at.data.row, "text"),
    },
  };
}

/** Where the words of a point meet no line: away from zero, or left of a line that goes on so. */
export function outwards(row: Row, next: Row | undefined): string {
  const y = number(row, "y");
  const way = y < 0 ? -1 : 1;
  if (next && way * (number(next, "y") - y) > 0) return "left";
  return way < 0 ? "bottom" : "top";
}

/** The names of all points as shapes: whole where there is room for all of them, else short. */
export function namePoints(chart: Chart, sheet: Sheet, plot: Plot): Option[] {
  const points = chart.series.filter((one) => one.mark === "point")
    .flatMap((series) => series.rows.map((row) => ({ series, row, at: placeOf(row, plot) })));
  const obstacles = taken(chart, sheet, plot);
  const marks = (name: string) =>
    points.map((one): Named => ({ ...one, said: words(one.row, name) || words(one.row, "label") }));
  const whole = sheet.isWide ? placed(sheet, plot, marks("label"), 5, obstacles) : null;
  return draw(sheet, whole && !clash(whole) ? whole : placed(sheet, plot, marks("short"), 5, obstacles));
}

/** Names on a chart of curves: of its single points, and of lines that end before its edge does. */
export function nameOnCurves(chart: Chart, sheet: Sheet, plot: Plot): Option[] {
  const lines = chart.series.filter((one) => one.mark !== "point");
  const marks = chart.series.flatMap((series) => {
    if (series.mark === "point" && series.rows.length > 1) return [];
    if (series.mark !== "point" && reachesEdge(chart)) return [];
    const row = [...series.rows].sort((a, b) => number(b, "y") - number(a, "y"))[0]!;
    const said = words(row, "text") || series.label;
    return said ? [{ series, row, said, at: placeOf(row, plot) }] : [];
  });
  return draw(sheet, placed(sheet, plot, marks, 4, [
    ...lines.flatMap((one) => along(one.rows.map((row) => placeOf(row, plot)))),
    ...marks.flatMap(({ row }) => armOf(row, plot)),
    ...chart.references.filter((one) => one.vertical).flatMap((one) => {
      const [x] = plot.at(one.intercept, 0);
      return along([[x, plot.y], [x, plot.y + plot.height]]);
    }),
  ]));
}

/** Whether all lines end near the right edge, where their names can stand. */
export function reachesEdge(chart: Chart): boolean {
  const lines = chart.series.filter((one) => one.mark !== "point");
  const lasts = lines.map((one) => number(one.rows.at(-1)!, "x"));
  const first = Math.min(...chart.series.map((one) => number(one.rows[0]!, "x")));
  return lines.length > 0 && Math.min(...lasts) >= Math.max(...lasts) - 0.05 * (Math.max(...lasts) - first);
}

/** Places along the bar of a point's band. */
function armOf(row: Row, plot: Plot): Place[] {
  const ends = ["y_low", "y_high"].map((name) => number(row, name));
  return ends.some(Number.isNaN) ? [] : along(ends.map((end) => plot.at(number(row, "x"), end)));
}

function placeOf(row: Row, plot: Plot): Place {
  return plot.at(number(row, "x"), number(row, "y"));
}

/** Some years along the path that divides most: the first, the last, one in three. */
export function nameYears(chart: Chart, sheet: Sheet, plot: Plot): Option[] {
  const paths = chart.series.filter((one) => one.mark === "path");
  const reach = (series: Series) => Math.abs(number(series.rows.at(-1)!, "y"));
  const path = [...paths].sort((a, b) => reach(b) - reach(a))[0];
  if (!path) return [];
  const last = path.rows.length - 1;
  const rows = path.rows.filter((_, i) => i === 0 || i === last || (i % 3 === 0 && i < last - 1));
  const marks = rows.map((row) => ({ series: path, said: words(row, "year"), at: placeOf(row, plot) }));
  const zero = chart.kind === "plane" ? plot.at(0, 0) : null;
  return draw(sheet, placed(sheet, plot, marks, 4, [
    ...paths.flatMap((one) => along(one.rows.map((row) => placeOf(row, plot)))),
    ...(zero ? along([[zero[0], plot.y], [zero[0], plot.y + plot.height]]) : []),
  ]));
}

/** A mark with what is to be said beside it. */
interface Named {
  series: Series;
  said: string;
  at: Place;
}

type Label = Named & Placed & { size: Size };

function placed(
  sheet: Sheet, plot: Plot, marks: readonly Named[], radius: number, obstacles: readonly Place[],
): Label[] {
  const size = sheet.size - 1;
  const sizes = marks.map(({ said }): Size => [widthOf(said, size) + 3, size * 1.2]);
  const labels = placeLabels(marks.map(({ at }) => at), sizes, plot, sheet.size / 8, radius, obstacles);
  return labels.map((one, i) => ({ ...marks[i]!, ...one, size: sizes[i]! }));
}

/** Whether some label stands well over another. */
function clash(labels: readonly Label[]): boolean {
  return labels.some((one, i) => {
    const others = labels.slice(0, i);
    return overlap([one.x, one.y], one.size, others.map(({ x, y }): Place => [x, y]), others.map(({ size }) => size)) > 12;
  });
}

/** Labels as shapes, with a thin line to a mark far off. */
function draw(sheet: Sheet, labels: readonly Label[]): Option[] {
  return labels.flatMap(({ series, said, at, x, y, isFar, size: [width, height] }) => {
    const edge: Place = [
      Math.max(x - width / 2, Math.min(at[0], x + width / 2)), Math.max(y - height / 2, Math.min(at[1], y + height / 2))];
    return [
      ...(isFar ? [stroke(at, edge, sheet.palette.fill[series.role], { opacity: 0.7 })] : []),
      label(sheet, said, x, y, { align: "center", fontSize: sheet.size - 1, fill: sheet.palette.text[series.role] }),
    ];
  });
}

/** Places that no name should cover: lines, zero, and the names of corners and of the quadrant. */
function taken(chart: Chart, sheet: Sheet, plot: Plot): Place[] {
  const lines = chart.series.filter((one) => one.mark === "line")
    .flatMap((one) => along(one.rows.map((row) => placeOf(row, plot))));
  const [x, y] = plot.at(0, 0);
  const level = along([[plot.x, y], [plot.x + plot.width, y]]);
  if (chart.kind === "plane") return [...lines, ...level, ...quadrantName(chart, sheet, plot)];
  const upright = along([[x, plot.y], [x, plot.y + plot.height]]);
  const zero = chart.references.some((one) => one.intercept === 0) ? [...level, ...upright] : [];
  const corners = chart.shades.flatMap((shade) => {
    const { x, y, width, align } = cornerOf(sheet, plot, shade);
    const left = align === "left" ? x : x - width;
    return along([[left, y], [left + width, y]], 6);
  });
  return [...lines, ...zero, ...corners];
}

/** Places under the name of the quadrant, at its upper left. */
export function quadrantName(chart: Chart, sheet: Sheet, plot: Plot): Place[] {
  return chart.shades.flatMap((shade) => {
    const left = Math.max(plot.x, plot.at(0, 0)[0]);
    const y = plot.y + 14;
    return along([[left + 8, y], [left + 8 + widthOf(shade.label, sheet.size), y]], 6);
  });
}
