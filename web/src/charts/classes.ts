// The tile map of classes: a colour per class, striped where it may be chance, named above.

import { number, words, type Chart, type Row, type Series } from "../data.js";
import { canvasOption, type Drawn } from "./canvas.js";
import { label, rect, type Option, type Sheet } from "./engine.js";
import { hatching } from "./hatching.js";
import { frameOf, type Frame } from "./tiles.js";
import { tipsByMark } from "./tips.js";

const EDGE = "#b8c0c8";

/** The chart as ECharts draws it. */
export function classesOption(chart: Chart, sheet: Sheet): Option {
  const all = chart.series.flatMap((series) => series.rows.map((row) => ({ series, row })));
  const frame = frameOf(all.map(({ row }) => row), sheet);
  const marks = all.map(({ series, row }, i) => tile(sheet, frame, series, row, frame.names[i]!));
  return canvasOption(sheet, marks, legend(chart, sheet, frame), tipsByMark(chart));
}

function tile(sheet: Sheet, frame: Frame, series: Series, row: Row, name: readonly string[]): Drawn {
  const side = frame.side * 0.94;
  const x = frame.left + (number(row, "column") + 0.03) * frame.side;
  const y = (number(row, "row") + 0.03) * frame.side;
  const isStriped = number(row, "hatched") === 1;
  const said = label(sheet, name.join("\n"), x + side / 2, y + side / 2, {
    align: "center",
    fontSize: frame.size,
    lineHeight: frame.size * 1.15,
    fill: words(row, "ink") || (isStriped ? sheet.palette.text[series.role] : sheet.palette.muted),
    fontWeight: series.role === "neutral" ? "normal" : "bold",
    ...(isStriped ? { backgroundColor: sheet.palette.paper, padding: 2 } : {}),
  });
  return { row, series: series.label, shapes: [...patch(sheet, series, row, x, y, side, 7), said] };
}

/** A square in the look of its class. */
function patch(
  sheet: Sheet, series: Series, row: Row, x: number, y: number, side: number, step: number,
): Option[] {
  const colour = sheet.palette.fill[series.role];
  const isStriped = number(row, "hatched") === 1;
  const look = series.mark === "range" ? { stroke: EDGE, lineDash: [2, 3] } : isStriped ? { stroke: colour } : {};
  return [
    {
      ...rect(x, y, side, side, words(row, "paint") || sheet.palette.paper, look),
      emphasis: { style: { stroke: sheet.palette.ink, lineWidth: 3 } },
    },
    ...(isStriped ? hatching(x, y, side, side, colour, step) : []),
  ];
}

/** The names of the classes in the empty north-west. */
function legend(chart: Chart, sheet: Sheet, frame: Frame): Option[] {
  const side = Math.max(13, frame.side * 0.24);
  const x = frame.left + 0.03 * frame.side;
  return chart.series.filter((one) => one.label).flatMap((series, i) => {
    const y = 0.05 * frame.side + i * Math.max(side + 6, frame.side * 0.38);
    return [
      ...patch(sheet, series, series.rows[0] ?? {}, x, y, side, 5),
      label(sheet, series.label, x + side + 9, y + side / 2),
    ];
  });
}
