// Round numbers along an axis: the same places and words as on the printed figure.

export type Tick = readonly [place: number, label: string];

/** Round values of an axis of this format between two values, at most `most` steps apart. */
export function ticks(format: string, low: number, high: number, most: number): Tick[] {
  switch (format) {
    case "log_percent":
      return roundValues(100 * Math.expm1(low), 100 * Math.expm1(high), most)
        .filter((p) => p > -100)
        .map((p) => [Math.log1p(p / 100), `${signed(p)}%`]);
    case "log_points":
      return roundValues(100 * low, 100 * high, most).map((p) => [p / 100, signed(p)]);
    case "effect":
      return roundValues(low, high, most).map((value) => [value, signed(value)]);
    case "share":
      return roundValues(100 * low, 100 * high, most).map((p) => [p / 100, `${plain(p)}%`]);
    case "year":
      return years(Math.round(low), Math.round(high), most);
    case "log":
      return logTicks(low, high, most);
    default:
      return indexTicks(low, high, most);
  }
}

function indexTicks(low: number, high: number, most: number): Tick[] {
  const values = roundValues(low, high, most);
  const places = Math.max(0, -Math.floor(Math.log10(stepOf(low, high, most)) + 1e-9));
  return values.map((value) => [value, minus(grouped(value, places))]);
}

function years(first: number, last: number, most: number): Tick[] {
  const step = [1, 2, 3, 4, 5, 10, 20, 50].find((s) => (last - first) / s <= most) ?? 100;
  const found: Tick[] = [];
  for (let year = last; year >= first; year -= step) found.unshift([year, String(year)]);
  return found;
}

/** Round values at their places on a log axis, as many as there is room for. */
function logTicks(low: number, high: number, most: number): Tick[] {
  const powers = Array.from({ length: 18 }, (_, i) => 10 ** (i - 6));
  const sizes = powers.flatMap((power) => [1, 1.5, 2, 3, 4, 5, 7].map((m) => m * power));
  const known = sizes.filter((size) => low <= Math.log(size) && Math.log(size) <= high);
  const step = Math.max(1, Math.ceil(known.length / most));
  return known
    .filter((_, i) => i % step === 0)
    .map((size) => [Math.log(size), grouped(size, Math.max(0, 1 - Math.floor(Math.log10(size) + 1e-9)))]);
}

function stepOf(low: number, high: number, most: number): number {
  const rough = (high - low) / most;
  const power = Math.floor(Math.log10(rough)) - 1;
  const steps = [0, 1, 2].flatMap((e) => [1, 2, 5].map((m) => m * 10 ** (power + e)));
  return steps.find((step) => (high - low) / step <= most) ?? rough;
}

function roundValues(low: number, high: number, most: number): number[] {
  const step = stepOf(low, high, most);
  const [first, last] = [Math.ceil(low / step - 1e-9), Math.floor(high / step + 1e-9)];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, k) => (first + k) * step);
}

function signed(value: number): string {
  const shown = plain(value);
  return shown === "0" || shown.startsWith("−") ? shown : `+${shown}`;
}

function plain(value: number): string {
  const shown = String(Number(value.toPrecision(10)));
  return shown === "-0" ? "0" : minus(shown);
}

function grouped(value: number, places: number): string {
  return value.toLocaleString("en", { minimumFractionDigits: places, maximumFractionDigits: places });
}

function minus(shown: string): string {
  return shown.replace("-", "−");
}
