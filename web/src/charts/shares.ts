// Stacked shares: a row per group, classes from loss to gain, the verdict beside.

import { widthOf } from "../lettering.js";
import { number, words, type Chart, type Row, type Series } from "../data.js";
import { canvasOption, type Drawn } from "./canvas.js";
import { label, rect, stroke, type Option, type Sheet } from "./engine.js";
import { entriesHeight, listEntries, type Entry } from "./legend.js";
import { square } from "./signs.js";
import { ticks } from "./ticks.js";
import { about, line, tipNamed, type Shown } from "./tips.js";

const BELOW = 50; // ticks and the name of the axis
const SAID = 0.1; // smallest share that is written inside

interface Layout {
  left: number;
  width: number;
  top: number;
  pitch: number;
  columns: readonly [name: string, at: number][];
}

/** The chart as ECharts draws it. */
export function sharesOption(chart: Chart, sheet: Sheet): Option {
  const classes = chart.series.slice(0, -1);
  const verdicts = chart.series.at(-1)!;
  const entries = classes.map((one): Entry => ({
    sign: (x, y) => square(x, y, 11, words(one.rows[0] ?? {}, "paint")), words: one.label, colour: sheet.palette.ink,
  }));
  const layout = layOut(verdicts, entries, sheet);
  const shapes = [
    ...listEntries(entries, sheet, 10),
    ...scale(chart, sheet, layout, verdicts.rows.length),
    ...verdicts.rows.flatMap((row, i) => [groupName(sheet, layout, row, i), ...verdict(sheet, layout, row, i)]),
    ...(sheet.isWide
      ? [label(sheet, verdicts.label, layout.left + layout.width + layout.columns[0]![1], layout.top - 10, {
        fill: sheet.palette.muted, fontSize: sheet.size - 1.5,
      })]
      : []),
  ];
  return canvasOption(sheet, segments(classes, sheet, layout), shapes, tipOfGroup(chart, classes, verdicts));
}

function layOut(verdicts: Series, entries: readonly Entry[], sheet: Sheet): Layout {
  const widest = (name: string, size = sheet.size) =>
    Math.max(...verdicts.rows.map((row, i) => widthOf(words(row, name), size, i === 0)));
  const left = widest("label") + 12;
  const top = entriesHeight(entries, sheet) + (sheet.isWide ? 32 : 14);
  const pitch = (sheet.height - top - BELOW) / verdicts.rows.length;
  if (!sheet.isWide) {
    const right = 10 + Math.max(widest("words", sheet.size - 1), widest("text", sheet.size - 1));
    return { left, width: sheet.width - left - right, top, pitch, columns: [["words", 7]] };
  }
  const second = 10 + widest("words") + 16;
  const third = second + widest("text") + 12;
  const right = third + widest("range", sheet.size - 1.5) + 3;
  return {
    left, width: sheet.width - left - right, top, pitch,
    columns: [["words", 10], ["text", second], ["range", third]],
  };
}

function middle(layout: Layout, i: number): number {
  return layout.top + (i + 0.5) * layout.pitch;
}

/** The classes of all groups, each bar beginning where the class before it ended. */
function segments(classes: readonly Series[], sheet: Sheet, layout: Layout): Drawn[] {
  const ends = (classes[0]?.rows ?? []).map(() => 0);
  return classes.flatMap((series) =>
    series.rows.map((row, i) => {
      const share = number(row, "x");
      const x = layout.left + ends[i]! * layout.width;
      ends[i]! += share;
      const [width, height] = [share * layout.width, layout.pitch * 0.72];
      const box = {
        ...rect(x, middle(layout, i) - height / 2, width, height, words(row, "paint"), {
          stroke: sheet.palette.paper, lineWidth: 0.75,
        }),
        emphasis: { style: { stroke: sheet.palette.ink, lineWidth: 2 } },
      };
      return { row, series: series.label, shapes: [box, ...inside(sheet, row, x + width / 2, middle(layout, i), width)] };
    }));
}

function inside(sheet: Sheet, row: Row, x: number, y: number, width: number): Option[] {
  const said = words(row, "shown_x");
  const size = sheet.size - 1.5;
  if (number(row, "x") < SAID || widthOf(said, size) + 6 > width) return [];
  return [label(sheet, said, x, y, { align: "center", fill: words(row, "ink"), fontSize: size })];
}

function groupName(sheet: Sheet, layout: Layout, row: Row, i: number): Option {
  return label(sheet, words(row, "label"), layout.left - 9, middle(layout, i), {
    align: "right", fontWeight: i === 0 ? "bold" : "normal",
  });
}

/** What can be said of a group: beside its bar, or in two lines where there is less room. */
function verdict(sheet: Sheet, layout: Layout, row: Row, i: number): Option[] {
  const colour = sheet.palette.text[(words(row, "role") || "neutral") as Series["role"]];
  const right = layout.left + layout.width;
  const look = { fill: colour, fontWeight: i === 0 ? "bold" : "normal" };
  if (!sheet.isWide) {
    const size = sheet.size - 1;
    return ["words", "text"].map((name, line) =>
      label(sheet, words(row, name), right + 7, middle(layout, i) + (line - 0.5) * size * 1.15, { ...look, fontSize: size }));
  }
  return layout.columns.map(([name, at]) =>
    label(sheet, words(row, name), right + at, middle(layout, i),
      name === "range" ? { fill: sheet.palette.muted, fontSize: sheet.size - 1.5 } : look));
}

function scale(chart: Chart, sheet: Sheet, layout: Layout, rows: number): Option[] {
  const bottom = layout.top + rows * layout.pitch;
  return [
    ...ticks("share", 0, 1, sheet.isWide ? 5 : 2).flatMap(([place, said]) => {
      const x = layout.left + place * layout.width;
      return [
        stroke([x, bottom], [x, bottom + 4], sheet.palette.grid),
        label(sheet, said, x, bottom + 15, { align: "center", fill: sheet.palette.muted }),
      ];
    }),
    label(sheet, chart.axes.x!.label, layout.left + layout.width, bottom + 38, { align: "right" }),
  ];
}

/** All classes of the group, then the change of its mean with its range and the verdict. */
function tipOfGroup(chart: Chart, classes: readonly Series[], verdicts: Series): (at: Shown) => HTMLElement | string {
  const { x, change } = chart.axes;
  return (at) => {
    const row = at.data?.row;
    if (!row) return "";
    const i = verdicts.rows.findIndex((one) => words(one, "label") === words(row, "label"));
    const own = verdicts.rows[i]!;
    const tip = tipNamed(words(row, "label"));
    for (const one of classes) line(tip, "p", `${one.label}: ${words(one.rows[i]!, "shown_x")}`);
    line(tip, "p", `${change!.label}: ${words(own, "text")} (${words(own, "shown_range")}), ${words(own, "words")}`);
    line(tip, "small", `${x!.label}${about(x!)}`);
    return tip;
  };
}
