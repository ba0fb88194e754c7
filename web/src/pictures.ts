// A figure as a file of its own: title and source with it, and the letters of the page inside.

import { pictureOf } from "./charts/drawn.js";
import type { PageData } from "./data.js";
import { FAMILY, wrapped } from "./lettering.js";
import { button, rowOfTools, save } from "./page.js";

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 860; // pixels of a figure drawn to be kept
const PRINTED_WIDTH = 493; // points: a full column of 174 mm
const POINTS_TO_PIXELS = 4; // a PNG of 174 mm then has 288 dots an inch

/** Gives each figure buttons that save it as SVG and PNG. */
export function equipPictures(root: HTMLElement, data: PageData): void {
  for (const figure of root.querySelectorAll<HTMLElement>("figure.chart")) {
    const key = figure.id.replace(/^chart-/, "");
    if (key === "ranking") offerProvinces(figure, data);
    else offer(figure, key, data, "", () => drawing(figure, key, data));
  }
}

/** A figure drawn apart at print size; the printed one where the page cannot draw it. */
function drawing(figure: HTMLElement, key: string, data: PageData): SVGSVGElement | null {
  const [wide] = data.heights[key] ?? [0.6];
  return (
    pictureOf(key, data, WIDTH, Math.round(WIDTH * wide)) ??
    figure.querySelector<SVGSVGElement>(".picture svg")
  );
}

/** The map and the ranking, which the page shows as cells and a table, as pictures of their own. */
function offerProvinces(figure: HTMLElement, data: PageData): void {
  if (data.charts.tiles) offer(figure, "tiles", data, "_map", () => pictureOf("tiles", data, 700, 900));
  offer(figure, "ranking", data, "_ranking", () => pictureOf("ranking", data, 700, 760));
}

function offer(
  figure: HTMLElement, key: string, data: PageData, of: string, picture: () => SVGSVGElement | null,
): void {
  const name = `${key}.${data.language}`;
  const file = (): Blob | null => {
    const drawn = picture();
    return drawn && asFile(figure, drawn);
  };
  rowOfTools(figure).append(
    button("tool", data.words[`svg${of}`] ?? "", () => {
      const made = file();
      if (made) save(`${name}.svg`, made);
    }),
    button("tool", data.words[`png${of}`] ?? "", () => {
      const made = file();
      if (made) void savePng(made, `${name}.png`);
    }),
  );
}

async function savePng(file: Blob, name: string): Promise<void> {
  const text = await file.text();
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * POINTS_TO_PIXELS * 0.75;
  canvas.height = image.naturalHeight * POINTS_TO_PIXELS * 0.75;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => blob && save(name, blob), "image/png");
}

/** The picture under its title and over its source, as a file that needs nothing else. */
function asFile(figure: HTMLElement, picture: SVGSVGElement): Blob {
  const [, , width = 0, height = 0] = (picture.getAttribute("viewBox") ?? "").split(/\s+/).map(Number);
  const textOf = (selector: string) => figure.querySelector(selector)?.textContent?.trim() ?? "";
  const unit = Math.max(1, width / PRINTED_WIDTH); // type grows with pictures drawn for a screen
  const title = lettering(textOf("figcaption h3"), width, unit, TITLE);
  const subtitle = lettering(textOf("figcaption p"), width, unit, SUBTITLE);
  const source = lettering(textOf(".source"), width, unit, SOURCE);
  const top = title.height + subtitle.height + 8 * unit;
  const whole = top + height + source.height + 6 * unit;
  const root = document.createElementNS(SVG, "svg");
  root.setAttribute("xmlns", SVG);
  root.setAttribute("viewBox", `0 0 ${width} ${whole}`);
  root.setAttribute("width", `${width}pt`);
  root.setAttribute("height", `${whole}pt`);
  const inner = document.importNode(picture, true);
  inner.removeAttribute("class");
  inner.setAttribute("y", String(top));
  inner.setAttribute("width", String(width));
  inner.setAttribute("height", String(height));
  inner.style.overflow = "visible";
  root.append(
    fonts(), ground(width, whole), ...title.at(0), ...subtitle.at(title.height), inner,
    ...source.at(top + height),
  );
  const text = new XMLSerializer().serializeToString(root);
  return new Blob([text], { type: "image/svg+xml" });
}

/** The style sheet of the page as far as pictures need it: its letters and its classes of marks. */
function fonts(): SVGStyleElement {
  const style = document.createElementNS(SVG, "style");
  const text = [...document.querySelectorAll("head style")].map((one) => one.textContent).join("");
  const faces = text.match(/@font-face\{[^}]*\}/g) ?? [];
  const marks = /\/\*marks\*\/(.*?)\/\*end\*\//s.exec(text)?.[1] ?? "";
  style.textContent = `${faces.join("")}text{font-family:"${FAMILY}",sans-serif}${marks}`;
  return style;
}

function ground(width: number, height: number): SVGRectElement {
  const sheet = document.createElementNS(SVG, "rect");
  for (const [name, value] of Object.entries({ width, height, fill: "#ffffff" }))
    sheet.setAttribute(name, String(value));
  return sheet;
}

interface Type {
  size: number;
  step: number;
  colour: string;
  bold: boolean;
}

const TITLE: Type = { size: 10, step: 13, colour: "#17212b", bold: true };
const SUBTITLE: Type = { size: 8, step: 11, colour: "#56616c", bold: false };
const SOURCE: Type = { size: 6.5, step: 9, colour: "#56616c", bold: false };

/** Words in lines as wide as the picture: how high they stand, and the lines from a height down. */
function lettering(text: string, width: number, unit: number, type: Type) {
  const texts = wrapped(text, width, type.size * unit, type.bold);
  const at = (top: number): SVGTextElement[] =>
    texts.map((words, i) => {
      const line = document.createElementNS(SVG, "text");
      line.setAttribute("y", String(top + i * type.step * unit + type.size * unit));
      line.setAttribute("font-size", String(type.size * unit));
      line.setAttribute("fill", type.colour);
      if (type.bold) line.setAttribute("font-weight", "700");
      line.textContent = words;
      return line;
    });
  return { height: texts.length * type.step * unit, at };
}
