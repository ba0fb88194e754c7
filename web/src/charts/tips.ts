// What tips say: a mark's name, and each of its quantities with unit, year, prices and range.

import { words, type Axis, type Chart, type Row } from "../data.js";
import { FAMILY } from "../lettering.js";
import type { Option } from "./engine.js";

/** Frame of a tip. */
export const TIP: Option = {
  confine: true,
  className: "tip-box",
  backgroundColor: "#ffffff",
  borderColor: "#c4cbd2",
  padding: [6, 10],
  transitionDuration: 0,
  textStyle: { fontFamily: FAMILY, fontSize: 13, color: "#17212b" },
};

/** A mark under the pointer, as ECharts tells of it. */
export interface Shown {
  seriesName: string;
  data: { row?: Row };
}

/** What a tip says of one mark. */
export function tipOf(chart: Chart, name: string, row: Row): HTMLElement {
  const tip = tipNamed((name || words(row, "label")).replace("\n", ", "));
  for (const [channel, axis] of Object.entries(chart.axes)) {
    const shown = words(row, `shown_${channel}`);
    const range = words(row, `range_${channel}`);
    if (shown) line(tip, "p", `${axis.label}: ${shown}${range && ` (${range})`}${about(axis)}`);
  }
  for (const more of ["shown_range", "evidence"]) if (words(row, more)) line(tip, "p", words(row, more));
  return tip;
}

/** A tip for single marks, by their own name or by that of their series. */
export function tipsByMark(chart: Chart): (at: Shown) => HTMLElement | string {
  return (at) => {
    const row = at.data?.row;
    if (!row) return "";
    const name = words(row, "label") || [at.seriesName, words(row, "year")].filter(Boolean).join("\n");
    return tipOf(chart, name, row);
  };
}

/** A tip that compares all series at one place across. */
export function tipsByPlace(chart: Chart): (at: Shown | Shown[]) => HTMLElement | string {
  return (at) => {
    const known = [at].flat().filter((one) => one.data?.row && words(one.data.row, "shown_y"));
    if (known.length === 0) return "";
    const tip = tipNamed(words(known[0]!.data.row!, "shown_x"));
    const { y } = chart.axes;
    for (const one of known) {
      const row = one.data.row!;
      const more = [words(row, "shown_range"), words(row, "evidence")].filter(Boolean).join("; ");
      line(tip, "p", `${one.seriesName || y!.label}: ${words(row, "shown_y")}${more && ` (${more})`}`);
    }
    line(tip, "small", `${y!.label}${about(y!)}`);
    return tip;
  };
}

/** A tip with a name and nothing else yet. */
export function tipNamed(name: string): HTMLElement {
  const tip = document.createElement("div");
  tip.className = "tip";
  if (name) line(tip, "b", name);
  return tip;
}

/** Unit, year and prices of a quantity, in brackets; no unit where the number itself shows it. */
export function about(axis: Axis): string {
  const isSaid = ["year", "share", "log_percent"].includes(axis.format);
  const known = [isSaid ? "" : axis.unit, axis.year, axis.price_base].filter(Boolean).join("; ");
  return known ? ` [${known}]` : "";
}

export function line(parent: HTMLElement, tag: string, text: string): void {
  const made = document.createElement(tag);
  made.textContent = text;
  parent.append(made);
}
