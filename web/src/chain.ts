// The drawer of a why-chain: one number at a time, what it is made of one press further down.

import { render, type ComponentChildren } from "preact";
import { html } from "htm/preact";

import type { PageData } from "./data.js";
import { figuresOf, type Both, type Footing, type Series } from "./figures.js";
import { button } from "./page.js";

const LANGUAGES = ["zh", "en"];
const FIRST_ROWS = 12;

interface Parameter {
  name: string; label: Both; value: string; unit: Both; evidence: Both; source: string; equation: string;
}

interface Lever {
  name: string; label: Both; values: string; unit: Both; equations: string[]; source: string;
}

/** The why-chains of a page: numbers that name each other by their place. */
export interface Ledger {
  columns: string[];
  nodes: unknown[][];
  words: Both[];
  equations: [formula: string, tag: string, words: Both, page: string][];
  tables: [source: Both, note: Both, page: string][];
  footings: Footing[];
  series: Series[];
  parameters: Parameter[];
  levers: Lever[];
  command: string;
  complete: boolean;
}

/** One number, as the ledger keeps it. */
interface Node {
  path: string; label: number; of: number[]; value: string; unit: number; years: string;
  price: number; evidence: number; uncertainty: number; spread: Record<string, string> | null;
  equation: number | null; inputs: number[]; footing: number | null; table: number;
}

export class Chain {
  private readonly dialog = document.createElement("dialog");
  private readonly language: number;
  private trail: number[] = [];

  constructor(root: HTMLElement, private readonly data: PageData, private readonly ledger: Ledger) {
    this.language = Math.max(LANGUAGES.indexOf(data.language), 0);
    this.dialog.className = "drawer why-drawer";
    this.dialog.setAttribute("aria-labelledby", "why-name");
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
    root.append(this.dialog);
  }

  /** Opens the chain at a number; from within it, goes one step further down. */
  open(place: number): void {
    this.trail = this.dialog.open ? [...this.trail, place] : [place];
    this.show();
  }

  /** Puts a button that asks why in the place of the short answer under a number set large. */
  offerUnder(number: HTMLElement): void {
    const box = number.closest("div");
    const press = button("tool", this.word("chain"), () => this.open(Number(number.dataset.node)));
    press.setAttribute("aria-label", `${this.word("chain")} ${box?.querySelector("dt")?.textContent}`);
    box?.querySelector(".why")?.replaceWith(press);
  }

  private show(): void {
    const place = this.trail.at(-1) ?? 0;
    render(this.page(place), this.dialog);
    if (!this.dialog.open) this.dialog.showModal();
    this.dialog.scrollTop = 0;
    this.dialog.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
  }

  private back(): void {
    this.trail.pop();
    this.show();
  }

  private node(place: number): Node {
    const cells = this.ledger.nodes[place] ?? [];
    return Object.fromEntries(this.ledger.columns.map((name, i) => [name, cells[i]])) as unknown as Node;
  }

  private say(place: number): string {
    return this.ledger.words[place]?.[this.language] ?? "";
  }

  private word(key: string): string {
    return this.data.words[key] ?? key;
  }

  private value(node: Node): string {
    return `${node.value} ${this.say(node.unit)}`.trim();
  }

  private page(place: number): ComponentChildren {
    const node = this.node(place);
    const table = this.ledger.tables[node.table];
    const note = table?.[1][this.language];
    return html`<div class="drawer-head"><h2 id="why-name" tabindex="-1">${this.say(node.label)}</h2>
        <span class="drawer-tools">${this.trail.length > 1 &&
          html`<button type="button" class="tool" onClick=${() => this.back()}>${this.word("back")}</button>`}
        <button type="button" class="tool" onClick=${() => this.dialog.close()}>${this.word("close")}</button></span></div>
      <p class="hint">${[...node.of.map((one) => this.say(one)), node.years].filter(Boolean).join(" · ")}</p>
      <p class="answer">${this.value(node)}</p>
      ${this.facts(node)}
      ${this.equation(node)}
      ${this.inputs(node)}
      ${this.footing(node)}
      <h3>${this.word("source")}</h3>
      <p>${table?.[0][this.language]}</p>
      ${note && html`<p class="note">${note}</p>`}
      <h3>${this.word("again")}</h3>
      <p><code>${this.ledger.command}</code><br /><code>gongfu why result.json "${node.path}"</code></p>`;
  }

  private facts(node: Node): ComponentChildren {
    const spread = Object.entries(node.spread ?? {}).map(([name, value]) =>
      `${this.word(name.endsWith("_error") ? "standard_error" : name)} ${value}`);
    const facts = [
      [this.word("price"), this.say(node.price)],
      [this.word("evidence"), this.say(node.evidence)],
      [this.word("uncertainty"), [this.say(node.uncertainty), ...spread].join(" · ")],
    ];
    return html`<dl class="why-facts">${facts.map(([label, words]) => words &&
      html`<div><dt>${label}</dt><dd>${words}</dd></div>`)}</dl>`;
  }

  private equation(node: Node): ComponentChildren {
    const found = node.equation === null ? undefined : this.ledger.equations[node.equation];
    if (!found) return null;
    const [formula, tag, words, page] = found;
    return html`<h3>${this.word("equation")}${tag && ` (${tag})`}</h3>
      <p class="formula"><code>${formula}</code></p><p>${words[this.language]}</p>
      <p class="source">${page}</p>`;
  }

  private inputs(node: Node): ComponentChildren {
    if (node.inputs.length === 0) return null;
    return html`<h3>${this.word("inputs")}</h3><ul class="inputs">${node.inputs.map((place) => {
      const one = this.node(place);
      const label = [this.say(one.label), one.years].filter(Boolean).join(" ");
      return html`<li><button type="button" class="step" onClick=${() => this.open(place)}>
        <span>${label}</span><b>${this.value(one)}</b></button></li>`;
    })}</ul>`;
  }

  private footing(node: Node): ComponentChildren {
    const found = node.footing === null ? undefined : this.ledger.footings[node.footing];
    if (!found) {
      const cut = !this.ledger.complete && node.equation !== null;
      return cut ? html`<p class="note">${this.word("cut")}</p>` : null;
    }
    return html`${found.figures.map((cells) => this.series(cells))}
      ${found.sampled && html`<p class="note">${this.word("sampled")}</p>`}
      ${found.levers.length > 0 && html`<h3>${this.word("levers")}</h3>
        ${found.levers.map((place) => this.lever(this.ledger.levers[place]!))}`}
      ${found.parameters.length > 0 && this.parameters(found.parameters)}`;
  }

  private series(cells: Footing["figures"][number]): ComponentChildren {
    const series = this.ledger.series[cells[0]]!;
    const rows = figuresOf(series, cells, this.ledger.words, this.language);
    const facts = [series.unit, series.price].map((one) => one[this.language]).filter(Boolean).join("; ");
    const key = `${this.trail.length}-${series.name}-${cells[0]}`;
    return html`<h3>${this.word("figures")}: ${series.label[this.language]}${facts && ` [${facts}]`}</h3>
      ${series.definition[this.language] && html`<p>${series.definition[this.language]}</p>`}
      ${series.published && html`<p class="source">${series.published.by[this.language]}
        · ${series.published.title[this.language]} · ${series.published.url}</p>`}
      ${rows.length === 0 && html`<p><code>gongfu data show ${series.name}</code></p>`}
      ${rows.length > 0 && html`<div key=${key} class="scroll" role="region" aria-label=${series.label[this.language]} tabindex="0">
      <table class="figures"><thead><tr><th scope="col">${this.word("unit")}</th>
        <th scope="col">${this.word("year")}</th><th scope="col" class="n">${this.word("value")}</th>
        <th scope="col">${this.word("evidence")}</th></tr></thead>
      <tbody>${rows.slice(0, FIRST_ROWS).map((row) => this.figure(row))}</tbody></table></div>`}
      ${rows.length > FIRST_ROWS && html`<details><summary>${this.word("all_figures").replace("{count}", String(rows.length))}</summary>
        <div class="scroll" role="region" aria-label=${series.label[this.language]} tabindex="0"><table class="figures">
        <tbody>${rows.slice(FIRST_ROWS).map((row) => this.figure(row))}</tbody></table></div></details>`}`;
  }

  private figure(row: ReturnType<typeof figuresOf>[number]): ComponentChildren {
    return html`<tr><td>${row.unit}</td><td>${row.year}</td><td class="n">${row.value}</td>
      <td>${row.evidence}${row.note && html`<br /><span class="source">${row.note}</span>`}</td></tr>`;
  }

  private lever(one: Lever): ComponentChildren {
    return html`<p><b>${one.label[this.language]}</b> ${one.values} ${one.unit[this.language]} · ${one.equations.join(", ")}
      <br /><span class="source">${one.source}</span></p>`;
  }

  private parameters(places: number[]): ComponentChildren {
    const line = (place: number) => {
      const one = this.ledger.parameters[place]!;
      return html`<div><dt>${one.label[this.language]} <code>${one.name}</code> ${one.equation && `(${one.equation})`}</dt>
        <dd><b>${one.value}</b> ${one.unit[this.language]} · ${one.evidence[this.language]}<br />
        <span class="source">${one.source}</span></dd></div>`;
    };
    return html`<h3>${this.word("parameters")}</h3>
      <dl class="parameters">${places.slice(0, FIRST_ROWS).map(line)}</dl>
      ${places.length > FIRST_ROWS && html`<details><summary>${this.word("all_parameters").replace("{count}", String(places.length))}</summary>
        <dl class="parameters">${places.slice(FIRST_ROWS).map(line)}</dl></details>`}`;
  }
}
