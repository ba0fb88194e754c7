// How wide words are, and where a line of them breaks.

export const FAMILY = "Gongfu Sans SC";

const PIECES = /[\u3000-\u9fff\uff00-\uffef]|[^\s\u3000-\u9fff\uff00-\uffef]+\s*|\s+/g;
const pen = document.createElement("canvas").getContext("2d");

/** Width of words at a size, both in the same unit. */
export function widthOf(text: string, size: number, bold = false): number {
  if (!pen) return text.length * size * 0.6;
  pen.font = `${bold ? 700 : 400} ${size}px "${FAMILY}"`;
  return pen.measureText(text).width;
}

/** Words cut into lines no wider than a width; where they hold line ends already, those stay. */
export function wrapped(text: string, width: number, size: number, bold = false): string[] {
  return text.split("\n").flatMap((part) => oneWrapped(part, width, size, bold));
}

function oneWrapped(text: string, width: number, size: number, bold: boolean): string[] {
  const found: string[] = [];
  let line = "";
  for (const piece of text.match(PIECES) ?? []) {
    if (line && widthOf((line + piece).trimEnd(), size, bold) > width) {
      found.push(line.trimEnd());
      line = "";
    }
    line += piece;
  }
  return [...found, line.trimEnd()].filter(Boolean);
}
