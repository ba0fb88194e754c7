// Every table of the page: sorted by its heads, copied with one press.

import type { PageData } from "./data.js";
import { button, tools } from "./page.js";

const FEWEST_ROWS = 3; // below that there is nothing to sort

/** Gives each table heads that sort and a button that copies. */
export function equipTables(root: HTMLElement, data: PageData): void {
  for (const table of root.querySelectorAll("table")) {
    if (table.rows.length === 0) continue;
    if ((table.tBodies[0]?.rows.length ?? 0) >= FEWEST_ROWS) equipHeads(table, data);
    const box = table.closest(".scroll, .across") ?? table;
    tools(box, "after").append(copyButton(table, data));
  }
}

/** The cells of a table as rows of text: what is shown, without the buttons and drawings in it. */
export function cellsOf(table: HTMLTableElement): string[][] {
  return [...table.rows].map((row) =>
    [...row.cells]
      .filter((cell) => cell.getAttribute("aria-hidden") !== "true" && !isDrawing(cell))
      .map((cell) => (cell.dataset.words ?? cell.textContent ?? "").trim().replace(/\s+/g, " ")),
  );
}

/** Rows as tab-separated text, safe to paste into a spreadsheet: numbers as numbers, no formulas. */
export function tabbed(rows: readonly string[][]): string {
  return rows.map((row) => row.map(asCell).join("\t")).join("\r\n");
}

/** Rows as a plain HTML table, its first row as heads. */
export function asHtml(rows: readonly string[][]): string {
  const line = (row: string[], tag: string) =>
    `<tr>${row.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join("")}</tr>`;
  const [head = [], ...body] = rows;
  return (
    `<table><thead>${line(head, "th")}</thead>` +
    `<tbody>${body.map((row) => line(row, "td")).join("")}</tbody></table>`
  );
}

/** The first number in a cell; nothing where there is none. A true minus counts as one. */
export function numberIn(text: string): number | null {
  const found = /[+\-−]?\d[\d,]*(?:\.\d+)?/.exec(text);
  if (!found) return null;
  const value = Number(found[0].replace("−", "-").replaceAll(",", ""));
  return value * step(text.slice(found.index + found[0].length));
}

function step(after: string): number {
  const name = /^\s*(万|亿|m|bn)\b|^\s*(万|亿)/.exec(after)?.[0].trim();
  return { 万: 1e4, 亿: 1e8, m: 1e6, bn: 1e9 }[name ?? ""] ?? 1;
}

function asCell(text: string): string {
  const ascii = /^−\d/.test(text) ? `-${text.slice(1)}` : text;
  return /^([=@]|[+-](?!\d))/.test(ascii) ? `'${ascii}` : ascii;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function isDrawing(cell: HTMLTableCellElement): boolean {
  return cell.classList.contains("dots") || cell.classList.contains("cut");
}

function equipHeads(table: HTMLTableElement, data: PageData): void {
  const rows = [...(table.tBodies[0]?.rows ?? [])];
  for (const head of table.tHead?.rows[0]?.cells ?? []) {
    const label = (head.textContent ?? "").trim();
    if (!label || isDrawing(head)) continue;
    head.dataset.words = label;
    const press = button("sort", label, () => sortBy(table, head, rows, data.language));
    press.title = data.words.sort ?? "";
    head.replaceChildren(press);
  }
}

/** Sorts by one column: up, then down, then as the page had it. */
function sortBy(
  table: HTMLTableElement,
  head: HTMLTableCellElement,
  rows: readonly HTMLTableRowElement[],
  language: string,
): void {
  const next = { ascending: "descending", descending: "" }[head.ariaSort ?? ""] ?? "ascending";
  for (const other of table.tHead?.rows[0]?.cells ?? []) other.removeAttribute("aria-sort");
  if (next) head.setAttribute("aria-sort", next);
  const sorted = next ? ordered(rows, head, next === "descending", language) : rows;
  table.tBodies[0]?.append(...sorted);
}

function ordered(
  rows: readonly HTMLTableRowElement[],
  head: HTMLTableCellElement,
  isDown: boolean,
  language: string,
): HTMLTableRowElement[] {
  const texts = rows.map((row) => (row.cells[head.cellIndex]?.textContent ?? "").trim());
  const keys = texts.map((text) => (isOfNumbers(head) ? numberIn(text) : text || null));
  const words = new Intl.Collator(language, { numeric: true });
  const order = rows.map((_, i) => i);
  order.sort((a, b) => {
    const [one, other] = [keys[a] ?? null, keys[b] ?? null];
    if (one === null || other === null) return Number(one === null) - Number(other === null);
    const way =
      typeof one === "number" && typeof other === "number"
        ? one - other
        : words.compare(String(one), String(other));
    return isDown ? -way : way;
  });
  return order.map((i) => rows[i]!);
}

/** Whether the column under a head holds numbers: the table says so, or the head itself. */
function isOfNumbers(head: HTMLTableCellElement): boolean {
  const table = head.closest("table");
  return head.classList.contains("n") || !!table?.classList.contains(`n${head.cellIndex + 1}`);
}

function copyButton(table: HTMLTableElement, data: PageData): HTMLButtonElement {
  const press = button("tool", data.words.copy ?? "", () => {
    const rows = cellsOf(table);
    const done = copied(tabbed(rows), asHtml(rows));
    press.textContent = data.words[done ? "copied" : "copy_failed"] ?? "";
    setTimeout(() => (press.textContent = data.words.copy ?? ""), 2500);
  });
  press.setAttribute("aria-live", "polite");
  return press;
}

/** Puts a text on the clipboard in both forms. This way also works for a file opened from disk. */
function copied(plain: string, html: string): boolean {
  const fill = (event: ClipboardEvent): void => {
    event.clipboardData?.setData("text/plain", plain);
    event.clipboardData?.setData("text/html", html);
    event.preventDefault();
  };
  document.addEventListener("copy", fill, { once: true });
  const done = document.execCommand("copy");
  document.removeEventListener("copy", fill);
  return done;
}
