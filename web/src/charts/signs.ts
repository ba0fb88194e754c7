// Signs of roles beside their names: the shapes that stand on the chart, in the same colours.

import type { Role } from "../data.js";
import type { Option } from "./engine.js";

/** The sign of a role around a centre. */
export function signOf(role: Role, x: number, y: number, size: number, fill: string): Option {
  const r = size / 2;
  const corners = CORNERS[role]?.map(([across, down]) => [x + across * r, y + down * r]);
  return corners
    ? { type: "polygon", shape: { points: corners }, style: { fill } }
    : { type: "circle", shape: { cx: x, cy: y, r }, style: { fill } };
}

/** A filled square around a centre. */
export function square(x: number, y: number, size: number, fill: string): Option {
  return { type: "rect", shape: { x: x - size / 2, y: y - size / 2, width: size, height: size }, style: { fill } };
}

const CORNERS: Partial<Record<Role, readonly (readonly [number, number])[]>> = {
  second: [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
  third: [[0, -1.15], [1.15, 0], [0, 1.15], [-1.15, 0]],
  fourth: [[0, -1], [1.1, 0.9], [-1.1, 0.9]],
  fifth: [[0, 1], [1.1, -0.9], [-1.1, -0.9]],
  total: [
    [-0.4, -1.1], [0.4, -1.1], [0.4, -0.4], [1.1, -0.4], [1.1, 0.4], [0.4, 0.4], [0.4, 1.1],
    [-0.4, 1.1], [-0.4, 0.4], [-1.1, 0.4], [-1.1, -0.4], [-0.4, -0.4],
  ],
};
