// Names of series that have no end to stand at: in their colours, in lines above the plot.

import { widthOf } from "../lettering.js";
import type { Chart, Series } from "../data.js";
import { label, type Option, type Sheet } from "./engine.js";

const LINE = 20;
const GAP = 18;

/** Height of the names above the plot. */
export function namesHeight(chart: Chart, sheet: Sheet): number {
  return linesOf(chart, sheet).length * LINE;
}

/** The names as shapes, the middle of their first line at this height. */
export function nameSeries(chart: Chart, sheet: Sheet, top: number): Option[] {
  return linesOf(chart, sheet).flatMap((line, i) => {
    let x = 0;
    return line.map((one) => {
      const made = label(sheet, named(one), x, top + LINE * i, { fill: sheet.palette.text[one.role] });
      x += widthOf(named(one), sheet.size) + GAP;
      return made;
    });
  });
}

function linesOf(chart: Chart, sheet: Sheet): Series[][] {
  const lines: Series[][] = [[]];
  let x = 0;
  for (const one of chart.series.filter((series) => series.label)) {
    const width = widthOf(named(one), sheet.size) + GAP;
    if (x > 0 && x + width > sheet.width) {
      lines.push([]);
      x = 0;
    }
    lines.at(-1)!.push(one);
    x += width;
  }
  return lines;
}

function named(series: Series): string {
  return `${SIGNS[series.role] ?? "●"} ${series.label}`;
}

const SIGNS: Partial<Record<Series["role"], string>> = { second: "■", third: "◆", fourth: "▲", fifth: "▼" };
