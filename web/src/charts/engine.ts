// The part of ECharts that is used here; nothing else of it enters the bundle.

import { CustomChart, LineChart, ScatterChart } from "echarts/charts";
import { GridComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { LabelLayout } from "echarts/features";
import { SVGRenderer } from "echarts/renderers";

import { FAMILY } from "../lettering.js";
import { number, type Chart, type Palette, type Role } from "../data.js";
import type { Tick } from "./ticks.js";

use([CustomChart, LineChart, ScatterChart, GridComponent, TooltipComponent, LabelLayout, SVGRenderer]);

export { init };

/** What a chart is drawn into: its size in pixels and its colours. */
export interface Sheet {
  width: number;
  height: number;
  isWide: boolean;
  size: number;
  palette: Palette;
}

export type Option = Record<string, unknown>;

/** Where a custom series draws: the rectangle of the plot and the way from data to pixels. */
export interface Plot {
  x: number;
  y: number;
  width: number;
  height: number;
  at(x: number, y: number): [number, number];
}

/** Shapes beside colours, as on the printed figure. */
export const SHAPES: Readonly<Record<Role, string>> = {
  gain: "circle",
  loss: "circle",
  first: "circle",
  second: "rect",
  third: "diamond",
  fourth: "triangle",
  fifth: "path://M0,0L10,0L5,9Z",
  total: "path://M3,0h4v3h3v4h-3v3h-4v-3h-3v-4h3Z",
  neutral: "circle",
};

/** A value axis with exactly these ticks. */
export function valueAxis(
  sheet: Sheet, low: number, high: number, marks: readonly Tick[], grid: boolean,
): Option {
  const values = marks.map(([place]) => place);
  const labels = new Map(marks.map(([place, label]) => [place.toPrecision(9), label]));
  return {
    type: "value",
    min: low,
    max: high,
    axisLine: { show: false },
    axisTick: { show: false, customValues: values },
    axisLabel: {
      customValues: values,
      showMinLabel: true,
      showMaxLabel: true,
      hideOverlap: false,
      color: sheet.palette.muted,
      fontSize: sheet.size,
      fontFamily: FAMILY,
      margin: 8,
      formatter: (value: number) => labels.get(value.toPrecision(9)) ?? "",
    },
    splitLine: { show: grid, lineStyle: { color: sheet.palette.grid, width: 1 } },
    axisPointer: { label: { show: false } },
  };
}

/** A series that draws shapes of ours, once, into the plot (that of `where`, if there are several). */
export function drawing(draw: (plot: Plot) => Option[], z = 1, where: Option = {}): Option {
  return {
    type: "custom",
    silent: true,
    clip: false,
    z,
    ...where,
    tooltip: { show: false },
    data: [[0, 0]],
    encode: { x: [], y: [] },
    renderItem: (
      params: { coordSys: { x: number; y: number; width: number; height: number } },
      api: { coord: (place: number[]) => number[] },
    ) => {
      const at = (x: number, y: number) => api.coord([x, y]) as [number, number];
      return { type: "group", children: draw({ ...params.coordSys, at }) };
    },
  };
}

/** Words as a shape. */
export function label(
  sheet: Sheet, text: string, x: number, y: number, style: Option = {},
): Option {
  return {
    type: "text",
    style: {
      text, x, y, fill: sheet.palette.ink, fontFamily: FAMILY, fontSize: sheet.size,
      lineHeight: sheet.size * 1.25, verticalAlign: "middle", ...style,
    },
  };
}

/** A straight line as a shape. */
export function stroke(
  from: readonly [number, number], to: readonly [number, number], colour: string, style: Option = {},
): Option {
  return {
    type: "line",
    shape: { x1: from[0], y1: from[1], x2: to[0], y2: to[1] },
    style: { stroke: colour, lineWidth: 1, ...style },
  };
}

/** A filled rectangle as a shape. */
export function rect(
  x: number, y: number, width: number, height: number, fill: string, style: Option = {},
): Option {
  return { type: "rect", shape: { x, y, width, height }, style: { fill, ...style } };
}

/** Lowest and highest of some values of all rows. */
export function reach(chart: Chart, names: readonly string[]): [number, number] {
  const values = chart.series
    .flatMap((one) => one.rows.flatMap((row) => names.map((name) => number(row, name))))
    .filter(Number.isFinite);
  return [Math.min(...values), Math.max(...values)];
}
