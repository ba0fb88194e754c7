// Room for labels of marks with arms: each at the end of an arm, so that few need a line to it.

import { inTurns, outside, overlap, type Box, type Place, type Size } from "./spread.js";

const [COVERED, NEAR, OUTSIDE, OTHERS] = [4, 0.8, 500, 40]; // prices of a bad place
const LINE = 10; // points of type a label may stand further off
const ROOM = 5; // points of type kept free around a place along an arm

/** A mark: where its arms cross, and how far they reach. */
export interface Mark {
  at: Place;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** A place no label should cover, with the mark it is of; of none, if -1. */
export interface Obstacle {
  at: Place;
  owner: number;
}

/**
 * The centre of each mark's label, at one of the four ends of its arms.
 *
 * Labels choose in turn, in several orders, of which the cheapest outcome is taken; rather far from
 * other marks, so that they are not read as theirs. `unit` is a point of type in pixels.
 */
export function placeBeside(
  marks: readonly Mark[], sizes: readonly Size[], bounds: Box, unit: number,
  obstacles: readonly Obstacle[],
): Place[] {
  const candidates = marks.map((mark, i) => around(mark, sizes[i]!, unit));
  const own = candidates.map((places, i) =>
    places.map((place, k) => alone(i, place, sizes[i]!, bounds, unit, obstacles) + 0.5 * unit ** 2 * k));
  const line = marks.map((_, i) => i);
  const orders = line.flatMap((i) => [
    [...line.slice(i), ...line.slice(0, i)],
    [...line.slice(0, i + 1).reverse(), ...line.slice(i + 1).reverse()],
  ]);
  const found = orders.map((order) => inTurns(order, candidates, sizes, own, OTHERS, 3));
  const prices = found.map((chosen) => total(chosen, candidates, sizes, own));
  const best = found[prices.indexOf(Math.min(...prices))] ?? [];
  return best.map((at, i) => candidates[i]![at]!);
}

/** The price of a place for one label, whatever the others do. */
function alone(
  i: number, place: Place, size: Size, bounds: Box, unit: number, obstacles: readonly Obstacle[],
): number {
  const extent = (list: readonly unknown[]) => list.map((): Size => [ROOM * unit, ROOM * unit]);
  const all = obstacles.map((one) => one.at);
  const foreign = obstacles.filter((one) => one.owner !== i && one.owner >= 0).map((one) => one.at);
  const wide: Size = [size[0] + 12 * unit, size[1] + 12 * unit];
  return (
    COVERED * overlap(place, size, all, extent(all)) + NEAR * overlap(place, wide, foreign, extent(foreign))
    + OUTSIDE * unit * outside(place, size, bounds)
  );
}

function total(
  chosen: readonly number[], candidates: readonly (readonly Place[])[], sizes: readonly Size[],
  own: readonly (readonly number[])[],
): number {
  const places = chosen.map((at, i) => candidates[i]![at]!);
  return chosen.reduce((sum, at, i) => {
    const others = places.filter((_, j) => j !== i);
    const extents = sizes.filter((_, j) => j !== i);
    return sum + own[i]![at]! + OTHERS * overlap(places[i]!, sizes[i]!, others, extents);
  }, 0);
}

/** Centres beside the right and left end, then above and below, near and a line off. */
function around(mark: Mark, [width, height]: Size, unit: number): Place[] {
  const [x, y] = mark.at;
  const flush = width / 2 - 4 * unit;
  const level = [1, 1 + LINE, 1 + 2 * LINE].flatMap((away) =>
    [mark.top - away * unit - height / 2, mark.bottom + away * unit + height / 2].flatMap((place) =>
      [0, 1, -1].map((side): Place => [x + side * flush, place])));
  return [[mark.right + 4 * unit + width / 2, y], [mark.left - 4 * unit - width / 2, y], ...level];
}
