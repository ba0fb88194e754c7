// Which kinds of charts are drawn here, live on the page or as a picture to keep.

import type { Chart, PageData } from "../data.js";
import { classesOption } from "./classes.js";
import { effectsOption } from "./effects.js";
import { init, type Option, type Sheet } from "./engine.js";
import { matrixOption } from "./matrix.js";
import { panelsOption } from "./panels.js";
import { rowsOption } from "./rows.js";
import { sharesOption } from "./shares.js";
import { stackOption } from "./stack.js";
import { tilesOption } from "./tiles.js";
import { xyOption } from "./xy.js";

export const DRAWN: Readonly<Record<string, (chart: Chart, sheet: Sheet) => Option>> = {
  lines: xyOption,
  curve: xyOption,
  plane: xyOption,
  paths: xyOption,
  scatter: xyOption,
  log_scatter: xyOption,
  intervals: rowsOption,
  ranges: rowsOption,
  dumbbell: rowsOption,
  ranking: rowsOption,
  waterfall: rowsOption,
  tiles: tilesOption,
  tile_classes: classesOption,
  stack: stackOption,
  matrix: matrixOption,
  panels: panelsOption,
  shares: sharesOption,
  effects_plane: effectsOption,
};

/** A chart as a picture of this size that stands nowhere on the page. */
export function pictureOf(key: string, data: PageData, width: number, height: number): SVGSVGElement | null {
  const chart = data.charts[key];
  const build = chart && DRAWN[chart.kind];
  if (!chart || !build) return null;
  const apart = init(null, null, { renderer: "svg", ssr: true, width, height });
  apart.setOption(build(chart, { width, height, isWide: true, size: 13.5, palette: data.palette }));
  const text = apart.renderToSVGString();
  apart.dispose();
  return new DOMParser().parseFromString(text, "image/svg+xml").querySelector("svg");
}
