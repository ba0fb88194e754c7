// Names that have no end to stand at, each with the sign of its marks, in lines above the plot.

import { widthOf } from "../lettering.js";
import type { Chart } from "../data.js";
import { label, type Option, type Sheet } from "./engine.js";
import { signOf } from "./signs.js";

const LINE = 20;
const GAP = 18;
const SIGN = 10;

/** One entry: its sign around a centre, and its name. */
export interface Entry {
  sign: (x: number, y: number) => Option;
  words: string;
  colour: string;
}

/** Height of the names of all series above the plot. */
export function namesHeight(chart: Chart, sheet: Sheet): number {
  return entriesHeight(entriesOf(chart, sheet), sheet);
}

/** The names of all series as shapes, the middle of their first line at this height. */
export function nameSeries(chart: Chart, sheet: Sheet, top: number): Option[] {
  return listEntries(entriesOf(chart, sheet), sheet, top);
}

export function entriesHeight(entries: readonly Entry[], sheet: Sheet): number {
  return linesOf(entries, sheet).length * LINE;
}

/** Entries side by side, in as many lines as the width asks for. */
export function listEntries(entries: readonly Entry[], sheet: Sheet, top: number): Option[] {
  return linesOf(entries, sheet).flatMap((line, i) => {
    let x = 0;
    return line.flatMap((one) => {
      const y = top + LINE * i;
      const made = [
        one.sign(x + SIGN / 2 + 1, y),
        label(sheet, one.words, x + SIGN + 8, y, { fill: one.colour }),
      ];
      x += widthOfEntry(one, sheet);
      return made;
    });
  });
}

function linesOf(entries: readonly Entry[], sheet: Sheet): Entry[][] {
  const lines: Entry[][] = [[]];
  let x = 0;
  for (const one of entries) {
    const width = widthOfEntry(one, sheet);
    if (x > 0 && x + width - GAP > sheet.width) {
      lines.push([]);
      x = 0;
    }
    lines.at(-1)!.push(one);
    x += width;
  }
  return lines;
}

function widthOfEntry(one: Entry, sheet: Sheet): number {
  return SIGN + 8 + widthOf(one.words, sheet.size) + GAP;
}

function entriesOf(chart: Chart, sheet: Sheet): Entry[] {
  return chart.series.filter((one) => one.label).map((one) => ({
    sign: (x, y) => signOf(one.role, x, y, SIGN, sheet.palette.fill[one.role]),
    words: one.label,
    colour: sheet.palette.text[one.role],
  }));
}
