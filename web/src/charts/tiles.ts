// The tile map: one equal cell per province, hatched where there is no figure.

import { number, words, type Chart, type Row } from "../data.js";
import { widthOf } from "../lettering.js";
import { canvasOption, type Drawn } from "./canvas.js";
import { label, rect, type Option, type Sheet } from "./engine.js";
import { hatching } from "./hatching.js";
import { tipOf } from "./tips.js";

const [COLUMNS, ROWS] = [7, 9];
const EDGE = "#b8c0c8";

const SMALLEST = 10.5; // pixels of the letters of whole names

/** Where the cells stand, and the names in them with the size of their letters. */
export interface Frame {
  left: number;
  side: number;
  size: number;
  names: readonly (readonly string[])[];
}

/** The chart as ECharts draws it. */
export function tilesOption(chart: Chart, sheet: Sheet): Option {
  const { rows } = chart.series[0]!;
  const frame = frameOf(rows, sheet);
  const marks = rows.map((row, i) => tile(sheet, frame, row, frame.names[i]!));
  return canvasOption(sheet, marks, legend(chart, sheet, frame), (at) => (at.data?.row ? tipOf(chart, "", at.data.row) : ""));
}

/** Names stand whole where all of them fit, else all of them short. */
export function frameOf(rows: readonly Row[], sheet: Sheet): Frame {
  const side = Math.min(sheet.width / COLUMNS, sheet.height / ROWS);
  const left = (sheet.width - side * COLUMNS) / 2;
  const wanted = Math.min(sheet.size, side * 0.24);
  const whole = rows.map((row) => words(row, "label").split(" "));
  const widest = Math.max(...whole.flat().map((line) => widthOf(line, wanted, true)));
  const size = Math.min(wanted, (wanted * (side * 0.94 - 4)) / widest);
  return size >= SMALLEST || size === wanted
    ? { side, left, size, names: whole }
    : { side, left, size: wanted, names: rows.map((row) => [words(row, "short")]) };
}

function tile(sheet: Sheet, frame: Frame, row: Row, name: readonly string[]): Drawn {
  const side = frame.side * 0.94;
  const x = frame.left + (number(row, "column") + 0.03) * frame.side;
  const y = (number(row, "row") + 0.03) * frame.side;
  const look = { align: "center", fontSize: frame.size, lineHeight: frame.size * 1.15 };
  const emphasis = { style: { stroke: sheet.palette.ink, lineWidth: 3 } };
  const said = name.join("\n");
  const paint = words(row, "paint");
  if (!paint)
    return {
      row,
      shapes: [
        { ...rect(x, y, side, side, sheet.palette.paper, { stroke: EDGE }), emphasis },
        ...hatching(x, y, side, side),
        label(sheet, said, x + side / 2, y + side / 2, {
          ...look, fill: sheet.palette.muted, backgroundColor: sheet.palette.paper, padding: 2,
        }),
      ],
    };
  const fill = words(row, "ink");
  return {
    row,
    shapes: [
      { ...rect(x, y, side, side, paint), emphasis },
      label(sheet, said, x + side / 2, y + side * 0.37, { ...look, fill, fontWeight: "bold" }),
      label(sheet, words(row, "cell"), x + side / 2, y + side * 0.76, { ...look, fill }),
    ],
  };
}

function legend(chart: Chart, sheet: Sheet, frame: Frame): Option[] {
  const { legend } = chart;
  if (!legend) return [];
  const [x, y, width] = [frame.left + 2, frame.side * 0.5, frame.side * 2.3];
  const step = width / legend.colours.length;
  const small = { fill: sheet.palette.muted };
  return [
    label(sheet, legend.label, x, y - 12),
    ...legend.colours.map((fill, i) => rect(x + i * step, y, step + 0.5, 10, fill)),
    label(sheet, legend.low, x, y + 21, small),
    label(sheet, legend.high, x + width, y + 21, { ...small, align: "right" }),
    rect(x, y + 36, 16, 16, sheet.palette.paper, { stroke: EDGE }),
    ...hatching(x, y + 36, 16, 16),
    label(sheet, legend.missing, x + 24, y + 45, small),
  ];
}
