// The drawer of a province: every number that the page has of it, under the figure it stands in.

import { render } from "preact";
import { html } from "htm/preact";

import type { PageData } from "./data.js";
import { button } from "./page.js";
import { placeOf, type Places } from "./places.js";
import { cellsOf } from "./tables.js";

interface Finding {
  title: string;
  facts: string;
  heads: string[];
  rows: string[][];
}

/** Opens the drawer from tiles, and from each row of the ranking. */
export function equipDrawer(root: HTMLElement, data: PageData, places: Places): void {
  if (places.names.size === 0) return;
  const dialog = document.createElement("dialog");
  dialog.className = "drawer";
  dialog.setAttribute("aria-labelledby", "drawer-name");
  root.append(dialog);
  const open = (code: string): void => {
    const name = places.names.get(code) ?? "";
    render(html`<${Drawer} name=${name} code=${code} data=${data} close=${() => dialog.close()}
      findings=${findings(root, name)} />`, dialog);
    dialog.showModal();
    dialog.scrollTop = 0;
    places.light(code);
  };
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  root.querySelector(".tiles")?.addEventListener("click", (event) => {
    const code = placeOf(event.target);
    if (!code) return;
    event.preventDefault();
    open(code);
  });
  for (const [code, name] of places.names) {
    const cell = root.querySelector<HTMLElement>(`#p-${code} th`);
    cell?.replaceChildren(button("place", name, () => open(code)));
  }
}

interface DrawerProps {
  name: string;
  code: string;
  data: PageData;
  findings: Finding[];
  close: () => void;
}

function Drawer({ name, code, data, findings, close }: DrawerProps) {
  return html`<div class="drawer-head"><h2 id="drawer-name">${name}</h2>
      <button type="button" class="tool" onClick=${close}>${data.words.close}</button></div>
    <p class="hint">${data.words.drawer}
      ${" "}<a href=${`#p-${code}`} onClick=${close}>${data.words.in_ranking}</a></p>
    ${findings.map((one) => html`<section class="finding"><h3>${one.title}</h3>
      ${one.rows.length === 1
        ? html`<dl>${one.heads.map((head, i) => one.rows[0]?.[i] &&
            html`<div><dt>${head}</dt><dd>${one.rows[0][i]}</dd></div>`)}</dl>`
        : html`<div class="scroll" role="region" aria-label=${one.title} tabindex="0"><table>
            <thead><tr>${one.heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
            <tbody>${one.rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}
            </tbody></table></div>`}
      <p class="source">${one.facts}</p></section>`)}`;
}

/** All rows of the page's tables that name a place, each table once. */
function findings(root: HTMLElement, name: string): Finding[] {
  const seen = new Set<string>();
  return [...root.querySelectorAll<HTMLTableElement>("main table")].flatMap((table) => {
    const [heads = [], ...rows] = cellsOf(table);
    const found = rows.filter((row) => row.includes(name));
    if (found.length === 0) return [];
    const kept = heads.map((_, i) => i).filter((i) => found.some((row) => row[i] !== name));
    const finding = {
      ...about(table),
      heads: kept.map((i) => heads[i] ?? ""),
      rows: found.map((row) => kept.map((i) => row[i] ?? "")),
    };
    const content = JSON.stringify([finding.heads, finding.rows]);
    if (seen.has(content)) return [];
    seen.add(content);
    return [finding];
  });
}

function about(table: HTMLTableElement): { title: string; facts: string } {
  const figure = table.closest("figure");
  const parts = [...(figure?.querySelectorAll(".facts span") ?? [])].map((one) =>
    (one.textContent ?? "").trim().replace(/\s+/g, " "));
  const title = figure?.querySelector("h3")?.textContent ?? table.caption?.textContent ?? "";
  return { title: title.trim(), facts: parts.join(" · ") };
}
