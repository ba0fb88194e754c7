// What the page carries for us: words in its languages, colours by meaning, charts, files.

import type { Ledger } from "./chain.js";

export type Role =
  | "gain" | "loss" | "neutral" | "total" | "first" | "second" | "third" | "fourth" | "fifth";

export interface Axis {
  label: string;
  unit: string;
  format: string;
  year: string;
  price_base: string;
  low: number | null;
  high: number | null;
}

/** One mark. Numbers under the names of the axes; `shown_…` are the same numbers as people read them. */
export type Row = Readonly<Record<string, string | number | null | undefined>>;

export interface Series {
  key: string;
  label: string;
  mark: string;
  role: Role;
  rows: readonly Row[];
}

/** What the colours of a tile map mean. */
export interface Legend {
  label: string;
  colours: readonly string[];
  low: string;
  high: string;
  missing: string;
}

export interface Chart {
  kind: string;
  /** The chart in one sentence, for those who do not see it. */
  alt: string;
  legend?: Legend;
  axes: Readonly<Record<string, Axis>>;
  series: readonly Series[];
  references: readonly {
    intercept: number; slope: number; vertical: boolean; label: string; short: string;
  }[];
  shades: readonly {
    label: string;
    x_low: number | null; x_high: number | null; y_low: number | null; y_high: number | null;
  }[];
}

export interface Palette {
  fill: Readonly<Record<Role, string>>;
  text: Readonly<Record<Role, string>>;
  ink: string;
  muted: string;
  grid: string;
  paper: string;
}

/** What the page shows in one language. */
export interface PageData {
  language: string;
  words: Readonly<Record<string, string>>;
  palette: Palette;
  charts: Readonly<Record<string, Chart>>;
  /** Height by width of each figure, wide and narrow. */
  heights: Readonly<Record<string, readonly [number, number]>>;
  /** CSV files by the key of their figure. */
  downloads: Readonly<Record<string, string>>;
}

interface Packed {
  columns: readonly string[];
  rows: readonly (readonly (string | number | null)[])[];
}

type PackedChart = Omit<Chart, "series"> & { series: (Omit<Series, "rows"> & Packed)[] };

interface Leaf {
  name: string;
  title: string;
  words: Record<string, string>;
  /** The page in this language; empty for the one it opens in. */
  body: string;
}

/** Everything the page carries. */
export interface Content {
  language: string;
  palette: Palette;
  heights: PageData["heights"];
  leaves: Record<string, Leaf>;
  /** By key, then language. */
  charts: Record<string, Record<string, PackedChart>>;
  /** By name: lines, each in every language. */
  downloads: Record<string, Record<string, string>[]>;
  why: Ledger;
  /** For each table that says so, the place of each cell's number in the ledger; a language that
   * has no entry of its own has that of the page as it opens. */
  asked: Record<string, (number | null)[][][]>;
}

/** Reads what the page carries; nothing if it carries nothing. */
export async function readContent(page: Document): Promise<Content | null> {
  const text = page.getElementById("gongfu-data")?.textContent;
  if (!text) return null;
  const bytes = Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return (await new Response(stream).json()) as Content;
}

/** What the page shows in a language. */
export function dataOf(content: Content, language: string): PageData {
  const leaf = content.leaves[language]!;
  const charts = Object.entries(content.charts).map(([key, both]) => [key, chartOf(both[language]!)]);
  const files = Object.entries(content.downloads).map(([name, lines]) => [
    name,
    lines.map((line) => line[language] ?? "").join(""),
  ]);
  return {
    language,
    palette: content.palette,
    heights: content.heights,
    words: leaf.words,
    downloads: Object.fromEntries(files),
    charts: Object.fromEntries(charts),
  };
}

function chartOf(packed: PackedChart): Chart {
  return { ...packed, series: packed.series.map((one) => ({ ...one, rows: unpacked(one) })) };
}

function unpacked(packed: Packed): Row[] {
  return packed.rows.map((cells) =>
    Object.fromEntries(packed.columns.map((name, i) => [name, cells[i]])),
  );
}

/** The number under a name, or NaN. */
export function number(row: Row, name: string): number {
  const value = row[name];
  return typeof value === "number" ? value : NaN;
}

/** The words under a name, or nothing. */
export function words(row: Row, name: string): string {
  const value = row[name];
  return value === null || value === undefined ? "" : String(value);
}
