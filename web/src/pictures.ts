// A figure as a file of its own: title and source with it, and the letters of the page inside.

import type { PageData } from "./data.js";
import { FAMILY, wrapped } from "./lettering.js";
import { button, save } from "./page.js";

const SVG = "http://www.w3.org/2000/svg";
const POINTS_TO_PIXELS = 4; // a PNG of 174 mm then has 288 dots an inch

/** Gives each printed figure buttons that save it as SVG and PNG. */
export function equipPictures(page: Document, data: PageData): void {
  for (const figure of page.querySelectorAll<HTMLElement>("figure.chart")) {
    const picture = figure.querySelector<SVGSVGElement>(".picture svg");
    const last = figure.querySelector("details.twin") ?? figure.lastElementChild;
    if (!picture || !last) continue;
    const row = document.createElement("p");
    row.className = "tools";
    last.before(row);
    const name = `${figure.id.replace(/^chart-/, "")}.${data.language}`;
    row.append(
      button("tool", data.words.svg ?? "", () => save(`${name}.svg`, asFile(figure, picture))),
      button("tool", data.words.png ?? "", () => void savePng(figure, picture, `${name}.png`)),
    );
  }
}

async function savePng(figure: HTMLElement, picture: SVGSVGElement, name: string): Promise<void> {
  const text = await asFile(figure, picture).text();
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
  const title = wrapped(textOf("figcaption h3"), width, 10, true);
  const subtitle = wrapped(textOf("figcaption p"), width, 8, false);
  const source = wrapped(textOf(".source"), width, 6.5, false);
  const top = title.length * 13 + subtitle.length * 11 + 8;
  const root = document.createElementNS(SVG, "svg");
  const whole = top + height + source.length * 9 + 6;
  root.setAttribute("xmlns", SVG);
  root.setAttribute("viewBox", `0 0 ${width} ${whole}`);
  root.setAttribute("width", `${width}pt`);
  root.setAttribute("height", `${whole}pt`);
  root.append(fonts(), ground(width, whole));
  root.append(...lines(title, 10, 10, 13, "#17212b", true));
  root.append(...lines(subtitle, 10 + title.length * 13, 8, 11, "#56616c", false));
  const inner = picture.cloneNode(true) as SVGSVGElement;
  inner.removeAttribute("class");
  inner.setAttribute("y", String(top));
  inner.setAttribute("width", String(width));
  inner.setAttribute("height", String(height));
  inner.style.overflow = "visible";
  root.append(inner, ...lines(source, top + height + 8, 6.5, 9, "#56616c", false));
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

function lines(
  texts: readonly string[], top: number, size: number, step: number, colour: string, bold: boolean,
): SVGTextElement[] {
  return texts.map((text, i) => {
    const line = document.createElementNS(SVG, "text");
    line.setAttribute("y", String(top + i * step));
    line.setAttribute("font-size", String(size));
    line.setAttribute("fill", colour);
    if (bold) line.setAttribute("font-weight", "700");
    line.textContent = text;
    return line;
  });
}
