// Marks of charts with a row per item: dots, lines between values, bars of a waterfall.

import { number, words, type Chart, type Role, type Row, type Series } from "../data.js";
import { label, SHAPES, stroke, type Option, type Plot, type Sheet } from "./engine.js";

/** The role of a row: its own, or that of its series. */
export function roleOf(row: Row, series: Series): Role {
  return (words(row, "role") || series.role) as Role;
}

/** Whether a change went down, or nowhere. */
export function falls(row: Row): boolean {
  return number(row, "x_start") >= number(row, "x");
}

/** Lines from one end of an interval, or of a change, to the other. */
export function intervals(chart: Chart, sheet: Sheet, plot: Plot): Option[] {
  return chart.series.flatMap((series) =>
    series.rows.flatMap((row, i) => {
      const isChange = Number.isFinite(number(row, "x_start"));
      const [from, to] = isChange ? ["x_start", "x"] : ["low", "high"];
      if (!Number.isFinite(number(row, from!)) || !Number.isFinite(number(row, to!))) return [];
      const role = (words(row, "line") || roleOf(row, series)) as Role;
      return [stroke(plot.at(number(row, from!), i), plot.at(number(row, to!), i),
        sheet.palette.fill[role], { lineWidth: isChange ? 2 : 4, opacity: 0.5 })];
    }));
}

/** A dot per row; a hollow one, too, where a change began. */
export function dots(chart: Chart, series: Series, sheet: Sheet): Option[] {
  const isSmall = series.rows.length > 15;
  const isSaid = chart.kind === "dumbbell" || chart.kind === "ranking";
  const made = (name: string, isHollow: boolean) => ({
    type: "scatter",
    name: series.label,
    z: 5,
    symbol: chart.series.length > 1 ? SHAPES[series.role] : "circle",
    symbolSize: isSmall ? 9 : 11,
    itemStyle: { opacity: 1 },
    emphasis: { scale: 1.6, itemStyle: { borderColor: sheet.palette.ink, borderWidth: 2 } },
    data: series.rows.flatMap((row, i) => {
      const colour = sheet.palette.fill[roleOf(row, series)];
      const style = isHollow
        ? { color: sheet.palette.paper, borderColor: colour, borderWidth: 1.6 }
        : { color: colour, borderColor: sheet.palette.paper, borderWidth: 1 };
      const x = number(row, name);
      if (!Number.isFinite(x)) return [];
      return [{ value: [x, i], row, itemStyle: style, label: isSaid && !isHollow ? said(sheet, series, row) : {} }];
    }),
  });
  return chart.axes.x_start ? [made("x_start", true), made("x", false)] : [made("x", false)];
}

/** The value beside a dot, on the side a change went to. */
function said(sheet: Sheet, series: Series, row: Row): Option {
  return {
    show: true,
    position: falls(row) ? "left" : "right",
    distance: 4,
    formatter: words(row, "shown_x"),
    color: sheet.palette.text[roleOf(row, series)],
    fontSize: sheet.size - 1,
    backgroundColor: sheet.palette.paper,
  };
}

/** Bars that each begin where the one before ended, with their value at the right. */
export function bars(series: Series, sheet: Sheet): Option {
  return {
    type: "custom",
    z: 5,
    clip: false,
    data: series.rows.map((row, i) => ({ value: [number(row, "end"), i], row })),
    renderItem: (at: { dataIndex: number }, api: { coord: (place: number[]) => number[] }) => {
      const row = series.rows[at.dataIndex]!;
      const role = roleOf(row, series);
      const [start = 0, y = 0] = api.coord([number(row, "start"), at.dataIndex]);
      const [end = 0, next = 0] = api.coord([number(row, "end"), at.dataIndex + 1]);
      const height = (next - y) * 0.62;
      const shape = { x: Math.min(start, end), y: y - height / 2, width: Math.abs(end - start), height };
      const isLast = at.dataIndex === series.rows.length - 1;
      const isTotal = role === "total";
      return {
        type: "group",
        children: [
          { type: "rect", shape, style: { fill: sheet.palette.fill[role] } },
          ...(isTotal || isLast ? [] : [
            stroke([end, y + height / 2], [end, next - height / 2], sheet.palette.muted)]),
          label(sheet, words(row, "shown_x"), Math.max(start, end) + 9, y, {
            fill: sheet.palette.text[role], fontWeight: isTotal ? "bold" : "normal",
          }),
        ],
      };
    },
  };
}
