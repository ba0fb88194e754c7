// Names of axes: the upright one level above its ticks, the other below the plot, at right.

import { widthOf, wrapped } from "../lettering.js";
import type { Axis } from "../data.js";
import { label, type Option, type Plot, type Sheet } from "./engine.js";

/** An axis' name with its unit, where the numbers along it do not show it. */
export function titleOf(axis: Axis): string {
  if (!axis.unit || ["year", "log_percent", "share"].includes(axis.format)) return axis.label;
  return `${axis.label} [${axis.unit}]`;
}

/** Height of the lines beyond the first that a title needs. */
export function moreLines(title: string, sheet: Sheet): number {
  return (wrapped(title, sheet.width, sheet.size).length - 1) * sheet.size * 1.25;
}

/** The name of the upright axis; its last line stands this far above the plot. */
export function titleUp(title: string, sheet: Sheet, plot: Plot, above = 40): Option {
  const lines = wrapped(title, sheet.width, sheet.size);
  return label(sheet, lines.join("\n"), 0, plot.y - above - moreLines(title, sheet) / 2);
}

/** The name of the axis across: ends where the plot does, or as far left of the edge as it must. */
export function titleAcross(title: string, sheet: Sheet, plot: Plot): Option {
  const lines = wrapped(title, sheet.width, sheet.size);
  const width = Math.max(...lines.map((line) => widthOf(line, sheet.size)));
  const right = Math.min(sheet.width, Math.max(plot.x + plot.width, width));
  return label(sheet, lines.join("\n"), right, plot.y + plot.height + 30, {
    align: "right", verticalAlign: "top",
  });
}
