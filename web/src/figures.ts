// The published or own figures under a number: one row for each unit and year.

/** A text in Chinese and in English. */
export type Both = readonly [string, string];

/** All figures of one variable, where any number lists them; tags and notes are places of words. */
export interface Series {
  name: string;
  label: Both;
  unit: Both;
  price: Both;
  definition: Both;
  published: { by: Both; title: Both; url: string } | null;
  years?: number[];
  units?: [code: string, zh: string, en: string][];
  values?: (number | null)[][];
  evidence?: number;
  other?: [unit: string, year: number, words: number][];
  notes?: [unit: string, year: number, words: number][];
}

/** What a number rests on: series with their units and years (empty for all), levers, parameters. */
export interface Footing {
  figures: [series: number, units: string[], years: number[], isListed: number][];
  levers: number[];
  parameters: number[];
  sampled: boolean;
}

export interface Figure {
  unit: string;
  year: number;
  value: string;
  evidence: string;
  note: string;
}

/** The figures that are wanted of a series, by unit, then year. */
export function figuresOf(
  series: Series, [, units, years, isListed]: Footing["figures"][number], words: readonly Both[],
  language: number,
): Figure[] {
  if (!isListed) return [];
  const say = (place: number | undefined) => (place === undefined ? "" : (words[place]?.[language] ?? ""));
  const others = new Map(series.other?.map(([unit, year, place]) => [`${unit} ${year}`, place]));
  const notes = new Map(series.notes?.map(([unit, year, place]) => [`${unit} ${year}`, place]));
  return (series.units ?? []).flatMap(([code, ...names], i) =>
    units.length > 0 && !units.includes(code) ? [] : (series.years ?? []).flatMap((year, j) => {
      const value = series.values?.[i]?.[j];
      if (value === null || value === undefined) return [];
      if (years.length > 0 && !years.includes(year)) return [];
      const at = `${code} ${year}`;
      return [{
        unit: names[language] || code,
        year,
        value: written(value),
        evidence: say(others.get(at) ?? series.evidence),
        note: say(notes.get(at)),
      }];
    }),
  );
}

/** A figure as published, with commas between thousands and a true minus. */
function written(value: number): string {
  const [whole = "", rest] = String(value).replace("-", "−").split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return rest === undefined ? grouped : `${grouped}.${rest}`;
}
