// Why: every number of the page opens the chain behind it, by pointer or keyboard.

import { Chain, type Ledger } from "./chain.js";
import type { PageData } from "./data.js";
import { button } from "./page.js";

/** Lets every number of the page that the ledger knows open its chain. */
export function equipWhy(
  root: HTMLElement, data: PageData, ledger: Ledger, asked: readonly (number | null)[][][],
): void {
  const places = new Map(ledger.nodes.map((cells, place) => [String(cells[0]), place]));
  const chain = new Chain(root, data, ledger);
  for (const one of root.querySelectorAll<HTMLElement>("[data-why]")) {
    const place = places.get(one.dataset.why ?? "");
    if (place !== undefined) answerable(one, place);
  }
  for (const table of root.querySelectorAll<HTMLTableElement>("table[data-asked]"))
    answerCells(table, asked[Number(table.dataset.asked)] ?? []);
  for (const table of root.querySelectorAll<HTMLTableElement>("table:has([data-node])"))
    walkByKeys(table, data);
  const open = (target: EventTarget | null): boolean => {
    const place = target instanceof Element && target.closest<HTMLElement>("[data-node]")?.dataset.node;
    if (!place || getSelection()?.toString()) return false;
    chain.open(Number(place));
    return true;
  };
  root.addEventListener("click", (event) => open(event.target));
  root.addEventListener("keydown", (event) => {
    if ((event.key === "Enter" || event.key === " ") && event.target instanceof HTMLElement
      && event.target.matches("[data-node]") && open(event.target)) event.preventDefault();
  });
  for (const one of root.querySelectorAll<HTMLElement>(".big [data-node]")) chain.offerUnder(one);
  for (const one of root.querySelectorAll<HTMLElement>("[data-ask]")) {
    const place = places.get(one.dataset.ask ?? "");
    if (place !== undefined) one.append(button("tool", data.words.chain ?? "", () => chain.open(place)));
  }
}

function answerable(element: HTMLElement, place: number): void {
  element.dataset.node = String(place);
}

function answerCells(table: HTMLTableElement, places: readonly (number | null)[][]): void {
  const rows = [...(table.tBodies[0]?.rows ?? [])];
  places.forEach((line, i) =>
    line.forEach((place, j) => {
      const cell = rows[i]?.cells[j];
      if (cell && place !== null) answerable(cell, place);
    }),
  );
}

/** One cell of a table can be reached by Tab; arrows walk from number to number. */
function walkByKeys(table: HTMLTableElement, data: PageData): void {
  const first = table.querySelector<HTMLElement>("[data-node]")!;
  first.tabIndex = 0;
  table.title = data.words.ask ?? "";
  table.addEventListener("keydown", (event) => {
    const at = event.target;
    if (!(at instanceof HTMLTableCellElement) || at.dataset.node === undefined) return;
    const next = neighbour(table, at, event.key);
    if (!next) return;
    event.preventDefault();
    at.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1],
};

function neighbour(
  table: HTMLTableElement, at: HTMLTableCellElement, key: string,
): HTMLTableCellElement | undefined {
  const [down, right] = STEPS[key] ?? [0, 0];
  let row = (at.parentElement as HTMLTableRowElement).rowIndex;
  let column = at.cellIndex;
  if (!down && !right) return undefined;
  for (;;) {
    row += down;
    column += right;
    const cell = table.rows[row]?.cells[column];
    if (!cell) return undefined;
    if (cell.dataset.node !== undefined) return cell;
  }
}
