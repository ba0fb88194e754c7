// The numbers behind each figure, as a CSV file.

import type { PageData } from "./data.js";
import { button, rowOfTools, save } from "./page.js";

const MARK_OF_UTF8 = "\ufeff"; // without it, spreadsheets read Chinese as something else

/** Gives each figure, and each table that the page only sums up, a button that saves its numbers. */
export function equipDownloads(root: HTMLElement, data: PageData): void {
  for (const figure of root.querySelectorAll<HTMLElement>("figure.chart"))
    offer(rowOfTools(figure), figure.id.replace(/^chart-/, ""), data);
  for (const row of root.querySelectorAll<HTMLElement>("[data-csv]"))
    offer(row, row.dataset.csv ?? "", data);
}

function offer(row: HTMLElement, key: string, data: PageData): void {
  const content = data.downloads[key];
  if (content === undefined) return;
  const file = () => new Blob([MARK_OF_UTF8, content], { type: "text/csv;charset=utf-8" });
  row.append(
    button("tool", data.words.download ?? "", () => save(`${key}.${data.language}.csv`, file())),
  );
}
