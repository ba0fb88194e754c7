// Puts a live chart in the place of each printed one that we can draw, once it comes into view.

import type { PageData, Row } from "../data.js";
import type { Places } from "../places.js";
import { DRAWN } from "./drawn.js";
import { init, type Option, type Sheet } from "./engine.js";

const WIDE = 620; // pixels, where the printed figure has its wide form, too

/** Draws each chart of the page when it is about to be seen; what cannot be drawn stands as printed. */
export function mountCharts(root: HTMLElement, data: PageData, places: Places): void {
  const waiting = new Map<Element, () => void>();
  const near = new IntersectionObserver(
    (entries) => {
      for (const entry of entries.filter((one) => one.isIntersecting)) mount(entry.target);
    },
    { rootMargin: "400px" },
  );
  const mount = (box: Element): void => {
    near.unobserve(box);
    waiting.get(box)?.();
    waiting.delete(box);
  };
  const pictures = [...root.querySelectorAll<HTMLElement>("figure.chart .picture")];
  const widths = pictures.map((one) => one.clientWidth); // read before anything moves
  for (const [i, picture] of pictures.entries()) {
    const key = picture.closest("figure")!.id.replace(/^chart-/, "");
    const chart = data.charts[key];
    const build = chart && DRAWN[chart.kind];
    if (!build) {
      showPrinted(picture);
      continue;
    }
    const box = boxFor(picture, key, data, widths[i] ?? 0);
    waiting.set(box, () => draw(box, picture, (sheet) => build(chart, sheet), data, places));
    near.observe(box);
  }
  window.addEventListener("beforeprint", () =>
    [...waiting.keys()].filter((box) => box.isConnected).forEach(mount));
}

/** Room for a figure, as high as it will be, so that nothing moves when it is drawn. */
function boxFor(picture: HTMLElement, key: string, data: PageData, width: number): HTMLElement {
  const box = document.createElement("div");
  box.className = "drawn";
  box.setAttribute("role", "img");
  box.setAttribute("aria-label", data.charts[key]?.alt ?? "");
  picture.append(box);
  fit(box, data.heights[key] ?? [0.6, 1], width);
  return box;
}

function fit(box: HTMLElement, [wide, narrow]: readonly [number, number], across: number): void {
  const width = across || 600;
  box.style.height = `${Math.round(width * (width >= WIDE ? wide : narrow))}px`;
}

/** Draws a figure into its box, again whenever the width changes; as printed if that fails. */
function draw(
  box: HTMLElement, picture: HTMLElement, build: (sheet: Sheet) => Option, data: PageData,
  places: Places,
): void {
  const key = picture.closest("figure")!.id.replace(/^chart-/, "");
  const live = init(box, null, { renderer: "svg" });
  const again = (): void => {
    fit(box, data.heights[key] ?? [0.6, 1], box.clientWidth);
    const size = { width: box.clientWidth, height: box.clientHeight };
    const isWide = size.width >= WIDE;
    live.resize();
    live.setOption(
      build({ ...size, isWide, size: isWide ? 13.5 : 12, palette: data.palette }),
      { notMerge: true },
    );
    scale(box, size);
  };
  try {
    again();
  } catch (error) {
    live.dispose();
    box.remove();
    showPrinted(picture);
    throw error;
  }
  let last = box.clientWidth;
  new ResizeObserver(() => {
    if (box.clientWidth === last || box.clientWidth === 0 || matchMedia("print").matches) return;
    last = box.clientWidth;
    again();
  }).observe(box);
  picture.closest("figure")!.classList.add("live");
  tie(live, places);
}

/** Lets paper of another width show the whole drawing. */
function scale(box: HTMLElement, { width, height }: { width: number; height: number }): void {
  box.querySelector("svg")?.setAttribute("viewBox", `0 0 ${width} ${height}`);
}

function showPrinted(picture: HTMLElement): void {
  const printed = picture.querySelector("noscript");
  if (printed) printed.outerHTML = printed.textContent ?? "";
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
