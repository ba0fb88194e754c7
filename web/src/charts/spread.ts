// Room for labels: none covers another, and each stands as near its mark as it can.

export type Place = readonly [x: number, y: number];
export type Size = readonly [width: number, height: number];

/** A rectangle: where it begins, how wide and high it is. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Placed {
  x: number;
  y: number;
  /** Whether it stands so far off that it needs a line to its mark. */
  isFar: boolean;
}

const DIRECTIONS = 16;
const DISTANCES = [1, 6, 11, 17, 24, 32];
const [OVERLAP, OUTSIDE, DISTANCE] = [4, 50, 0.3]; // prices of a bad place, in square units

/**
 * A centre for the label of each point, where it covers neither points nor other labels.
 *
 * Every label has 16 directions at growing distances to choose from. Those in crowded places choose
 * first; then each chooses again, three times, given all others. `unit` is what a point of type is
 * in pixels, `radius` that of a mark, `obstacles` are centres of further places to keep free.
 */
export function placeLabels(
  points: readonly Place[], sizes: readonly Size[], bounds: Box, unit: number, radius: number,
  obstacles: readonly Place[] = [],
): Placed[] {
  const reach = DISTANCES.map((distance) => radius + distance * unit);
  const candidates = points.map((point, i) => around(point, sizes[i]!, reach));
  const marks = [...points, ...obstacles];
  const extents = marks.map((): Size => [2 * radius + unit, 2 * radius + unit]);
  const own = candidates.map((places, i) =>
    places.map((place) =>
      OVERLAP * overlap(place, sizes[i]!, marks, extents)
      + OUTSIDE * unit * outside(place, sizes[i]!, bounds)
      + DISTANCE * unit * Math.hypot(place[0] - points[i]![0], place[1] - points[i]![1])));
  const chosen = inTurns(crowded(points, unit), candidates, sizes, own, OVERLAP, 4);
  return chosen.map((at, i) => {
    const [x, y] = candidates[i]![at]!;
    return { x, y, isFar: at >= DIRECTIONS };
  });
}

/** The place each label takes when they choose one after the other, several times over. */
export function inTurns(
  order: readonly number[], candidates: readonly (readonly Place[])[], sizes: readonly Size[],
  own: readonly (readonly number[])[], price: number, rounds: number,
): number[] {
  const chosen: number[] = order.map(() => -1);
  for (let round = 0; round < rounds; round++)
    for (const i of order) {
      const others = order.filter((j) => j !== i && chosen[j]! >= 0);
      const labels = others.map((j) => candidates[j]![chosen[j]!]!);
      const extents = others.map((j) => sizes[j]!);
      const costs = candidates[i]!.map(
        (place, k) => own[i]![k]! + price * overlap(place, sizes[i]!, labels, extents));
      chosen[i] = costs.indexOf(Math.min(...costs));
    }
  return chosen;
}

/** The area that a label at a place shares with others. */
export function overlap(
  [x, y]: Place, [width, height]: Size, others: readonly Place[], sizes: readonly Size[],
): number {
  let area = 0;
  for (let i = 0; i < others.length; i++) {
    const across = (width + sizes[i]![0]) / 2 - Math.abs(x - others[i]![0]);
    const up = (height + sizes[i]![1]) / 2 - Math.abs(y - others[i]![1]);
    if (across > 0 && up > 0) area += across * up;
  }
  return area;
}

/** How far a label at a place reaches out of the bounds. */
export function outside([x, y]: Place, [width, height]: Size, bounds: Box): number {
  return (
    Math.max(0, bounds.x - (x - width / 2)) + Math.max(0, x + width / 2 - bounds.x - bounds.width)
    + Math.max(0, bounds.y - (y - height / 2)) + Math.max(0, y + height / 2 - bounds.y - bounds.height)
  );
}

/** Places every few pixels along a line through some places. */
export function along(corners: readonly Place[], step = 8): Place[] {
  return corners.slice(1).flatMap((end, i) => {
    const start = corners[i]!;
    const count = Math.max(1, Math.round(Math.hypot(end[0] - start[0], end[1] - start[1]) / step));
    return Array.from({ length: count + 1 }, (_, k): Place => [
      start[0] + ((end[0] - start[0]) * k) / count, start[1] + ((end[1] - start[1]) * k) / count,
    ]);
  });
}

/** Centres a label may take: not its centre but its nearest edge keeps the distance. */
function around([x, y]: Place, [width, height]: Size, reach: readonly number[]): Place[] {
  const half = (size: number, direction: number) => (size / 2) * Math.max(-1, Math.min(1, direction * 1.4));
  return reach.flatMap((distance) =>
    Array.from({ length: DIRECTIONS }, (_, k): Place => {
      const angle = (k * 2 * Math.PI) / DIRECTIONS;
      const [across, down] = [Math.cos(angle), -Math.sin(angle)];
      return [x + across * distance + half(width, across), y + down * distance + half(height, down)];
    }));
}

/** Points in order, those with most others around them first. */
function crowded(points: readonly Place[], unit: number): number[] {
  const crowd = points.map(([x, y]) =>
    points.reduce((sum, [a, b]) => sum + Math.exp(-Math.hypot(x - a, y - b) / (15 * unit)), 0));
  return points.map((_, i) => i).sort((a, b) => crowd[b]! - crowd[a]!);
}
