// Stripes: where there is no figure, or what stripes of a colour mean.

import { stroke, type Option } from "./engine.js";

/** Stripes that rise to the right over a rectangle, this far apart. */
export function hatching(
  x: number, y: number, width: number, height: number, colour = "#c9d0d6", step = width / 4,
): Option[] {
  const count = Math.floor((width + height) / step - 1e-6);
  return Array.from({ length: count }, (_, i) => {
    const reach = (i + 1) * step; // along the upper edge and on down the right one
    const from: [number, number] = [x + Math.max(0, reach - height), y + Math.min(reach, height)];
    const to: [number, number] = [x + Math.min(reach, width), y + Math.max(0, reach - width)];
    return stroke(from, to, colour);
  });
}
