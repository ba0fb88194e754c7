// The tile map: one equal cell per province, hatched where there is no figure.

import { number, words, type Chart, type Row } from "../data.js";
import { FAMILY, widthOf } from "../lettering.js";
import { drawing, label, stroke, TIP, tipOf, valueAxis, type Option, type Plot, type Sheet } from "./engine.js";

const [COLUMNS, ROWS] = [7, 9];

/** The chart as ECharts draws it. */
export function tilesOption(chart: Chart, sheet: Sheet): Option {
  const rows = chart.series[0]!.rows;
  const side = Math.min(sheet.width / COLUMNS, sheet.height / ROWS);
  const left = (sheet.width - side * COLUMNS) / 2;
  const hidden = { axisLabel: { show: false }, splitLine: { show: false } };
  return {
    animation: false,
    textStyle: { fontFamily: FAMILY },
    grid: { left, width: side * COLUMNS, top: 0, height: side * ROWS },
    tooltip: {
      ...TIP,
      trigger: "item",
      formatter: (at: { data: { row?: Row } }) => (at.data?.row ? tipOf(chart, "", at.data.row) : ""),
    },
    xAxis: { ...valueAxis(sheet, 0, COLUMNS, [], false), ...hidden },
    yAxis: { ...valueAxis(sheet, 0, ROWS, [], false), ...hidden, inverse: true },
    series: [
      {
        type: "custom",
        z: 3,
        data: rows.map((row) => ({ value: [number(row, "column"), number(row, "row")], row })),
        renderItem: (at: { dataIndex: number }, api: { coord: (place: number[]) => number[] }) =>
          cell(sheet, rows[at.dataIndex]!, api, side),
      },
      drawing((plot) => legend(chart, sheet, plot, side), 2),
    ],
  };
}

function cell(sheet: Sheet, row: Row, api: { coord: (place: number[]) => number[] }, side: number): Option {
  const [x = 0, y = 0] = api.coord([number(row, "column") + 0.03, number(row, "row") + 0.03]);
  const size = side * 0.94;
  const shape = { x, y, width: size, height: size };
  const middle = { align: "center", fontSize: Math.min(sheet.size, side * 0.24) };
  if (!words(row, "paint"))
    return {
      type: "group",
      children: [
        { type: "rect", shape, style: { fill: sheet.palette.paper, stroke: "#b8c0c8" } },
        ...hatching(x, y, size),
        label(sheet, words(row, "short"), x + size / 2, y + size / 2, {
          ...middle, fill: sheet.palette.muted, backgroundColor: sheet.palette.paper, padding: 2,
        }),
      ],
    };
  const ink = words(row, "ink");
  const long = words(row, "label");
  const fits = widthOf(long, sheet.size, true) < size - 4;
  return {
    type: "group",
    children: [
      { type: "rect", shape, style: { fill: words(row, "paint") },
        emphasis: { style: { stroke: sheet.palette.ink, lineWidth: 3 } } },
      label(sheet, fits ? long : words(row, "short"), x + size / 2, y + size * 0.36, {
        ...middle, fill: ink, fontWeight: "bold",
      }),
      label(sheet, words(row, "cell"), x + size / 2, y + size * 0.74, { ...middle, fill: ink }),
    ],
  };
}

function hatching(x: number, y: number, size: number): Option[] {
  return [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75].map((k) => {
    const [from, to] = [Math.max(0, k - 1), Math.min(1, k)];
    return stroke([x + from * size, y + (k - from) * size], [x + to * size, y + (k - to) * size], "#c9d0d6");
  });
}

function legend(chart: Chart, sheet: Sheet, plot: Plot, side: number): Option[] {
  const { legend } = chart;
  if (!legend) return [];
  const [x, y, width] = [plot.x + 2, plot.y + side * 0.5, side * 2.3];
  const step = width / legend.colours.length;
  const small = { fill: sheet.palette.muted };
  return [
    label(sheet, legend.label, x, y - 12),
    ...legend.colours.map((fill, i) => ({
      type: "rect", shape: { x: x + i * step, y, width: step + 0.5, height: 10 }, style: { fill },
    })),
    label(sheet, legend.low, x, y + 21, small),
    label(sheet, legend.high, x + width, y + 21, { ...small, align: "right" }),
    { type: "rect", shape: { x, y: y + 36, width: 16, height: 16 }, style: { fill: "#fff", stroke: "#b8c0c8" } },
    ...hatching(x, y + 36, 16),
    label(sheet, legend.missing, x + 24, y + 45, small),
  ];
}
