// Names that have no end to stand at, each with the sign of its marks, in lines above the plot.

import { widthOf } from "../lettering.js";
import type { Chart, Series } from "../data.js";
import { label, type Option, type Sheet } from "./engine.js";

export const LINE = 20;
const GAP = 18;

/** One entry: a sign in the colour of its marks, and its name. */
export interface Entry {
  sign: string;
  fill: string;
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
        label(sheet, one.sign, x, y, { fill: one.fill }),
        label(sheet, one.words, x + signWidth(one, sheet), y, { fill: one.colour }),
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
  return signWidth(one, sheet) + widthOf(one.words, sheet.size) + GAP;
}

function signWidth(one: Entry, sheet: Sheet): number {
  return widthOf(`${one.sign} `, sheet.size);
}

function entriesOf(chart: Chart, sheet: Sheet): Entry[] {
  return chart.series.filter((one) => one.label).map((one) => ({
    sign: SIGNS[one.role] ?? "●",
    fill: sheet.palette.fill[one.role],
    words: one.label,
    colour: sheet.palette.text[one.role],
  }));
}

const SIGNS: Partial<Record<Series["role"], string>> = { second: "■", third: "◆", fourth: "▲", fifth: "▼" };
