// Puts a live chart in the place of each printed one that we can draw, once it comes into view.

import type { PageData, Row } from "../data.js";
import type { Places } from "../places.js";
import { DRAWN } from "./drawn.js";
import { init, type Sheet } from "./engine.js";

const WIDE = 620; // pixels, as the page decides between its two printed pictures

/** Draws each chart of the page when it is about to be seen; what cannot be drawn stays printed. */
export function mountCharts(page: Document, data: PageData, places: Places): void {
  const near = new IntersectionObserver(
    (entries) => {
      for (const entry of entries.filter((one) => one.isIntersecting)) {
        near.unobserve(entry.target);
        mount(entry.target as HTMLElement, data, places);
      }
    },
    { rootMargin: "300px" },
  );
  for (const key of Object.keys(data.charts)) {
    const figure = page.getElementById(`chart-${key}`);
    if (figure?.querySelector(".picture svg")) near.observe(figure);
  }
}

function mount(figure: HTMLElement, data: PageData, places: Places): void {
  const chart = data.charts[figure.id.replace(/^chart-/, "")];
  const picture = figure.querySelector<HTMLElement>(".picture");
  const build = chart && DRAWN[chart.kind];
  if (!chart || !picture || !build) return;
  const box = document.createElement("div");
  box.className = "drawn";
  box.setAttribute("role", "img");
  box.setAttribute("aria-label", picture.querySelector("svg")?.getAttribute("aria-label") ?? "");
  box.style.height = `${heightOf(figure)}px`;
  picture.before(box);
  figure.classList.add("live");
  const live = init(box, null, { renderer: "svg" });
  const draw = (): void => {
    const size = { width: box.clientWidth, height: box.clientHeight };
    const isWide = size.width >= WIDE;
    const sheet: Sheet = { ...size, isWide, size: isWide ? 13.5 : 12, palette: data.palette };
    live.resize();
    live.setOption(build(chart, sheet), { notMerge: true });
  };
  draw();
  let last = box.clientWidth;
  new ResizeObserver(() => {
    if (box.clientWidth === last || box.clientWidth === 0) return;
    last = box.clientWidth;
    draw();
  }).observe(box);
  tie(live, places);
}

/** The height the printed picture has at this width. */
function heightOf(figure: HTMLElement): number {
  const shown = [...figure.querySelectorAll<SVGSVGElement>(".picture svg")].find(
    (svg) => svg.getBoundingClientRect().height > 0,
  );
  return Math.round(shown?.getBoundingClientRect().height ?? 360);
}

type Live = ReturnType<typeof init>;

/** A place under the pointer lights up everywhere, and one that lights up elsewhere does so here. */
function tie(live: Live, places: Places): void {
  const codeOf = (data: unknown): string | null => {
    const code = (data as { row?: Row } | undefined)?.row?.code;
    return typeof code === "string" ? code : null;
  };
  live.on("mouseover", (at) => places.light(codeOf(at.data)));
  live.on("mouseout", () => places.light(null));
  places.onLight((code) => {
    live.dispatchAction({ type: "downplay" });
    if (!code) return;
    const series = live.getOption().series as { data?: unknown[] }[];
    series.forEach(({ data = [] }, seriesIndex) => {
      data.forEach((one, dataIndex) => {
        if (codeOf(one) === code) live.dispatchAction({ type: "highlight", seriesIndex, dataIndex });
      });
    });
  });
}
