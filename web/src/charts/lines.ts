// Lines of a plane: over years, along a number, or as paths from mark to mark; with their bands.

import { number, words, type Chart, type Row, type Series } from "../data.js";
import { SHAPES, stroke, type Option, type Plot, type Sheet } from "./engine.js";

const BANDS = [["y_outer_low", "y_outer_high", 0.14], ["y_low", "y_high", 0.22]] as const;

/** The bands of a line as shapes, the wider one first. */
export function bands(chart: Chart, series: Series, sheet: Sheet): (plot: Plot) => Option[] {
  return (plot) =>
    BANDS.flatMap(([low, high, opacity]) => {
      const rows = series.rows.filter((row) => Number.isFinite(number(row, low)));
      if (rows.length === 0) return [];
      const points = [...edge(series, rows, low, plot), ...edge(series, rows, high, plot).reverse()];
      const style = { fill: sheet.palette.fill[series.role], opacity: chart.kind === "scatter" ? 0.14 : opacity };
      return [{ type: "polygon", shape: { points }, style }];
    });
}

/** One edge of a band; that of steps goes level to the next place, then up or down. */
function edge(series: Series, rows: readonly Row[], name: string, plot: Plot): [number, number][] {
  return rows.flatMap((row, i) => {
    const here = plot.at(number(row, "x"), number(row, name));
    const next = rows[i + 1];
    if (series.mark !== "step" || !next) return [here];
    return [here, plot.at(number(next, "x"), number(row, name))];
  });
}

/** Bars of the bands of single points. */
export function whiskers(series: Series, sheet: Sheet, plot: Plot): Option[] {
  return BANDS.flatMap(([low, high], i) =>
    series.rows.filter((row) => Number.isFinite(number(row, low))).map((row) =>
      stroke(plot.at(number(row, "x"), number(row, low)), plot.at(number(row, "x"), number(row, high)),
        sheet.palette.fill[series.role], {
          lineWidth: series.rows.length > 60 ? 1.2 : [1.2, 2.4][i], opacity: series.rows.length > 60 ? 0.35 : 0.55,
        })));
}

/** A line as ECharts draws it. */
export function lineOf(chart: Chart, series: Series, sheet: Sheet): Option {
  const colour = sheet.palette.fill[series.role];
  const isPath = series.mark === "path";
  const last = series.rows.length - 1;
  return {
    type: "line",
    step: series.mark === "step" ? "end" : false,
    lineStyle: { width: 2.4, color: series.role === "total" ? sheet.palette.ink : colour },
    symbol: (_: unknown, at: { dataIndex: number }) => (isPath && at.dataIndex === last ? SHAPES[series.role] : "circle"),
    showSymbol: isPath || chart.axes.x!.format === "year",
    symbolSize: (_: unknown, at: { dataIndex: number }) => (isPath ? (at.dataIndex === last ? 11 : 6) : 8),
    itemStyle: { color: colour, borderColor: sheet.palette.paper, borderWidth: 1 },
    emphasis: { scale: 1.5, lineStyle: { width: 3 }, itemStyle: { opacity: 1 } },
    label: chart.kind === "lines" ? firstLabel(series, sheet) : { show: false },
  };
}

/** The look of one mark along a line: hollow on a path, unseen until pointed at on other lines. */
export function markAlong(chart: Chart, series: Series, sheet: Sheet, i: number): Option {
  const isEnd = i === series.rows.length - 1;
  if (series.mark === "path" && !isEnd)
    return { color: sheet.palette.paper, borderColor: sheet.palette.fill[series.role], borderWidth: 1.5 };
  const isShown = series.mark === "path" || (chart.kind === "lines" && (isEnd || i === 0));
  return isShown ? {} : { opacity: 0 };
}

/** On charts over years the first value stands at its mark, as the last one does at its name. */
function firstLabel(series: Series, sheet: Sheet): Option {
  const rises = number(series.rows[1] ?? {}, "y") > number(series.rows[0]!, "y");
  return {
    show: true,
    position: rises ? "bottom" : "top",
    color: sheet.palette.text[series.role],
    fontSize: sheet.size - 1,
    formatter: (at: { dataIndex: number; data: { row: Row } }) =>
      at.dataIndex === 0 ? words(at.data.row, "shown_y") : "",
  };
}
