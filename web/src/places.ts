// Provinces: one lights up wherever it stands, and opens in a drawer with all of its numbers.

const LIT = "lit";

export interface Places {
  /** Name of a place by its code. */
  readonly names: ReadonlyMap<string, string>;
  /** Shows one place everywhere; nothing shows none. */
  light(code: string | null): void;
  /** Is told of each place that lights up. */
  onLight(listener: (code: string | null) => void): void;
}

/** Finds the places of the page and ties together all that shows them. */
export function tiePlaces(root: HTMLElement): Places {
  const names = namesOf(root);
  const codes = new Map([...names].map(([code, name]) => [name, code]));
  mark(root, codes);
  const listeners: ((code: string | null) => void)[] = [];
  let lit: string | null = null;
  const light = (code: string | null): void => {
    if (code === lit) return;
    lit = code;
    for (const old of root.querySelectorAll(`.${LIT}`)) old.classList.remove(LIT);
    if (code)
      for (const one of root.querySelectorAll(`[data-place="${code}"]`)) one.classList.add(LIT);
    for (const listener of listeners) listener(code);
  };
  for (const kind of ["mouseover", "focusin"])
    root.addEventListener(kind, (event) => light(placeOf(event.target)));
  return { names, light, onLight: (listener) => listeners.push(listener) };
}

/** The code of the place that an element belongs to. */
export function placeOf(target: EventTarget | null): string | null {
  const found = target instanceof Element ? target.closest<HTMLElement>("[data-place]") : null;
  return found?.dataset.place ?? null;
}

function namesOf(root: HTMLElement): Map<string, string> {
  const rows = root.querySelectorAll<HTMLTableRowElement>("tr[id^='p-']");
  return new Map(
    [...rows].map((row) => [row.id.slice(2), row.querySelector("th")?.textContent?.trim() ?? ""]),
  );
}

function mark(root: HTMLElement, codes: ReadonlyMap<string, string>): void {
  for (const tile of root.querySelectorAll<HTMLElement>(".tiles a[href^='#p-']"))
    tile.dataset.place = tile.getAttribute("href")!.slice(3);
  for (const row of root.querySelectorAll<HTMLTableRowElement>("tbody tr"))
    for (const cell of row.cells) {
      const code = codes.get(cell.textContent?.trim() ?? "");
      if (code) row.dataset.place = code;
    }
}
