// The page in each of its languages: one is shown, a press shows another at the same place.

import { mountCharts } from "./charts/mount.js";
import { dataOf, type Content, type PageData } from "./data.js";
import { equipDownloads } from "./downloads.js";
import { equipDrawer } from "./drawer.js";
import { button } from "./page.js";
import { equipPictures } from "./pictures.js";
import { tiePlaces } from "./places.js";
import { equipTables } from "./tables.js";
import { equipWhy } from "./why.js";

/** Equips the page as it opened, and keeps its markup to come back to. */
export function openPage(root: HTMLElement, content: Content): void {
  const bodies: Record<string, string> = { [content.language]: root.innerHTML };
  for (const [language, leaf] of Object.entries(content.leaves)) bodies[language] ||= leaf.body;
  let page = root;
  const show = (language: string): void => {
    const place = placeOfReading(page);
    const fresh = page.cloneNode(false) as HTMLElement; // what listened to the old one goes with it
    fresh.innerHTML = bodies[language] ?? "";
    page.replaceWith(fresh);
    page = fresh;
    document.documentElement.lang = language === "zh" ? "zh-Hans" : language;
    document.title = content.leaves[language]?.title ?? document.title;
    equip(page, content, language, show);
    place.restore(page);
    page.querySelector<HTMLElement>(".corner button")?.focus({ preventScroll: true });
  };
  equip(root, content, content.language, show);
}

function equip(
  root: HTMLElement, content: Content, language: string, show: (language: string) => void,
): void {
  const data = dataOf(content, language);
  const places = tiePlaces(root);
  offerLanguages(root, content, show);
  offerCorner(root, content, data, show);
  equipTables(root, data);
  equipPictures(root, data);
  equipDownloads(root, data);
  equipDrawer(root, data, places);
  equipWhy(root, data, content.why, content.asked[language] ?? content.asked[content.language] ?? []);
  mountCharts(root, data, places);
}

/** Puts a button in the place of each link to the same report in another language. */
function offerLanguages(
  root: HTMLElement, content: Content, show: (language: string) => void,
): void {
  for (const link of root.querySelectorAll<HTMLElement>(".languages [hreflang]")) {
    const language = link.getAttribute("hreflang") ?? "";
    const leaf = content.leaves[language];
    if (!leaf) continue;
    const press = button("language", leaf.name, () => show(language));
    press.lang = link.lang;
    link.replaceWith(press);
  }
}

/** A corner that stays in view: the other languages, and the way back to the contents. */
function offerCorner(
  root: HTMLElement, content: Content, data: PageData, show: (language: string) => void,
): void {
  const corner = document.createElement("p");
  corner.className = "corner";
  for (const [language, leaf] of Object.entries(content.leaves))
    if (language !== data.language) corner.append(button("tool", leaf.name, () => show(language)));
  corner.append(
    button("tool", data.words.contents ?? "", () => {
      root.querySelector("nav")?.scrollIntoView();
      root.querySelector<HTMLElement>("nav a")?.focus({ preventScroll: true });
    }),
  );
  root.querySelector("header")?.append(corner);
}

/** Where the reader is: the section at the top of the window, and which details stand open. */
function placeOfReading(old: HTMLElement): { restore(page: HTMLElement): void } {
  const above = sectionsOf(old).filter((one) => one.getBoundingClientRect().top <= 80);
  const at = above.length - 1;
  const box = above[at]?.getBoundingClientRect();
  const share = box && box.height ? -box.top / box.height : 0;
  const open = [...old.querySelectorAll("details")].map((one) => one.open);
  return {
    restore: (page) => {
      page.querySelectorAll("details").forEach((one, i) => (one.open = open[i] ?? false));
      const now = sectionsOf(page)[at]?.getBoundingClientRect();
      if (now) window.scrollBy({ top: now.top + share * now.height, behavior: "instant" });
    },
  };
}

function sectionsOf(page: HTMLElement): HTMLElement[] {
  return [...page.querySelectorAll<HTMLElement>("section, header")];
}
