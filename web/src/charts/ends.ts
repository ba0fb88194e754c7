// Names of lines in the right margin, level with their ends, none over another.

import { wrapped } from "../lettering.js";
import { label, stroke, type Option, type Plot, type Sheet } from "./engine.js";

export interface End {
  words: string;
  y: number;
  colour: string;
  /** Where the line ends and its colour, if a thin line is to lead from there to the name. */
  x?: number;
  line?: string;
}

/** The names as shapes; `room` is the width of the margin, `over` how far they may rise above the plot. */
export function nameEnds(sheet: Sheet, plot: Plot, ends: readonly End[], room: number, over = 8): Option[] {
  const step = sheet.size * 1.25;
  const texts = ends.map((end) => wrapped(end.words, room - 12, sheet.size));
  const heights = texts.map((lines) => lines.length * step + 4);
  const wanted = ends.map((end) => plot.at(0, end.y)[1]);
  const centres = spread(wanted, heights, plot.y - over, plot.y + plot.height + 8);
  const right = plot.x + plot.width;
  return ends.flatMap((end, i) => [
    ...(end.line && end.x !== undefined
      ? [stroke(plot.at(end.x, end.y), [right + 6, centres[i]!], end.line, { opacity: 0.7 })]
      : []),
    label(sheet, texts[i]!.join("\n"), right + 8, centres[i]!, { fill: end.colour }),
  ]);
}

/** Centres as near to the wanted ones as boxes of these heights can stand, in order, inside. */
export function spread(
  wanted: readonly number[], heights: readonly number[], low: number, high: number,
): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]!);
  const centres = [...wanted];
  let floor = low;
  for (const i of order) {
    centres[i] = Math.max(centres[i]!, floor + heights[i]! / 2);
    floor = centres[i]! + heights[i]! / 2;
  }
  let roof = high;
  for (const i of [...order].reverse()) {
    centres[i] = Math.min(centres[i]!, roof - heights[i]! / 2);
    roof = centres[i]! - heights[i]! / 2;
  }
  return centres;
}
