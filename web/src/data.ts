// What the page holds for us: words in its language, colours by meaning, and the charts drawn here.

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

export interface PageData {
  language: "zh" | "en";
  words: Readonly<Record<string, string>>;
  palette: Palette;
  charts: Readonly<Record<string, Chart>>;
}

interface Packed {
  columns: readonly string[];
  rows: readonly (readonly (string | number | null)[])[];
}

type Raw = Omit<PageData, "charts"> & {
  charts: Record<string, Omit<Chart, "series"> & { series: (Omit<Series, "rows"> & Packed)[] }>;
};

/** Reads the page's data; nothing if the page has none. */
export function readData(page: Document): PageData | null {
  const text = page.getElementById("gongfu-data")?.textContent;
  if (!text) return null;
  const raw = JSON.parse(text) as Raw;
  const charts = Object.entries(raw.charts).map(([key, chart]) => [
    key,
    { ...chart, series: chart.series.map((one) => ({ ...one, rows: unpacked(one) })) },
  ]);
  return { ...raw, charts: Object.fromEntries(charts) };
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
