// A matrix of shares: a number in each cell, coloured by size, with further rows below.

import { widthOf } from "../lettering.js";
import { number, words, type Chart, type Row, type Series } from "../data.js";
import { canvasOption, type Drawn } from "./canvas.js";
import { label, rect, type Option, type Sheet } from "./engine.js";
import { hatching } from "./hatching.js";
import { about, line, tipNamed, type Shown } from "./tips.js";

const GAP = 0.45; // rows left free between the matrix and the rows below it
const TOP = 58;
const EDGE = "#b8c0c8";

interface Layout {
  left: number;
  width: number;
  height: number;
}

/** The chart as ECharts draws it. */
export function matrixOption(chart: Chart, sheet: Sheet): Option {
  const names = rowsOf(chart, "names");
  const below = rowsOf(chart, "below");
  const heads = [...new Set(below.map((row) => words(row, "label")))];
  const rows = names.length + (heads.length ? GAP + heads.length : 0);
  const layout = layOut(chart, names, heads, rows, sheet);
  const top = (head: string) => names.length + GAP + heads.indexOf(head);
  const marks = [
    ...rowsOf(chart, "cells").map((row) => cell(sheet, layout, row, number(row, "row"))),
    ...below.map((row) => cell(sheet, layout, row, top(words(row, "label")))),
  ];
  const shapes = [
    ...names.flatMap((name, i) => namesOf(sheet, layout, name, i)),
    ...heads.map((head) => rowName(sheet, layout, head, top(head))),
    ...axisNames(chart, sheet, layout),
  ];
  return canvasOption(sheet, marks, shapes, tipOfCell(chart));
}

function rowsOf(chart: Chart, key: string): readonly Row[] {
  return chart.series.filter((one: Series) => one.key === key).flatMap((one) => one.rows);
}

function layOut(
  chart: Chart, names: readonly Row[], heads: readonly string[], rows: number, sheet: Sheet,
): Layout {
  const said = [...names.map((row) => rowWords(sheet, row)), ...heads, chart.axes.y!.label];
  const left = Math.max(...said.map((one) => widthOf(one, sheet.size))) + 12;
  const height = (sheet.height - TOP - 8) / rows;
  return { left, height, width: Math.min((sheet.width - left - 2) / names.length, 2 * height) };
}

function rowWords(sheet: Sheet, name: Row): string {
  return words(name, sheet.isWide ? "label" : "short");
}

function cell(sheet: Sheet, layout: Layout, row: Row, place: number): Drawn {
  const [x, y] = [layout.left + number(row, "column") * layout.width + 1, TOP + place * layout.height + 1.5];
  const [width, height] = [layout.width - 2, layout.height - 3];
  const paint = words(row, "paint");
  const box = {
    ...rect(x, y, width, height, paint || sheet.palette.paper, { stroke: EDGE, lineWidth: 0.75 }),
    emphasis: { style: { stroke: sheet.palette.ink, lineWidth: 2.5 } },
  };
  if (!paint) return { row, shapes: [box, ...hatching(x, y, width, height, undefined, height / 3)] };
  const small = words(row, "text");
  const middle = { align: "center", fill: words(row, "ink") };
  const isZero = words(row, "cell") === "0";
  return {
    row,
    shapes: [
      box,
      label(sheet, words(row, "cell"), x + width / 2, y + height * (small ? 0.36 : 0.5), {
        ...middle, fontWeight: isZero ? "normal" : "bold",
      }),
      ...(small ? [label(sheet, small, x + width / 2, y + height * 0.73, { ...middle, fontSize: smallSize(sheet, small, width) })] : []),
    ],
  };
}

/** The size at which the second line of a cell fits into it. */
function smallSize(sheet: Sheet, said: string, width: number): number {
  const wanted = sheet.size - 1.5;
  return Math.min(wanted, (wanted * (width - 4)) / widthOf(said, wanted));
}

function namesOf(sheet: Sheet, layout: Layout, name: Row, place: number): Option[] {
  return [
    rowName(sheet, layout, rowWords(sheet, name), place),
    label(sheet, words(name, "short"), layout.left + (place + 0.5) * layout.width, TOP - 12, { align: "center" }),
  ];
}

function rowName(sheet: Sheet, layout: Layout, said: string, place: number): Option {
  return label(sheet, said, layout.left - 9, TOP + (place + 0.5) * layout.height, { align: "right" });
}

/** What stands across and what up, in the corner where both begin. */
function axisNames(chart: Chart, sheet: Sheet, layout: Layout): Option[] {
  const small = { fill: sheet.palette.muted, fontSize: sheet.size - 1 };
  return [
    label(sheet, chart.axes.y!.label, 0, TOP - 12, small),
    label(sheet, chart.axes.x!.label, layout.left, TOP - 38, small),
  ];
}

/** From which class to which, how likely, and how often; of rows below the share alone. */
function tipOfCell(chart: Chart): (at: Shown) => HTMLElement | string {
  const axis = chart.axes.colour!;
  return (at) => {
    const row = at.data?.row;
    if (!row) return "";
    const isMove = Number.isFinite(number(row, "row"));
    const tip = tipNamed(`${words(row, "shown_y")}${isMove ? " → " : ", "}${words(row, "shown_x")}`);
    const shown = words(row, "shown_colour") || "–";
    line(tip, "p", isMove ? `${axis.label}: ${shown}${about(axis)}` : shown);
    const more = words(row, "shown_z0");
    if (more) line(tip, "p", `${chart.axes.z0?.label}: ${more}`);
    else if (words(row, "text")) line(tip, "p", words(row, "text"));
    return tip;
  };
}
