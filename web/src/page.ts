// Small pieces of the page that several parts share.

/** A button with a class, words and what it does. */
export function button(kind: string, label: string, press: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = kind;
  made.textContent = label;
  made.addEventListener("click", press);
  return made;
}

/** The row of tools after (or at the end of) an element; made where there is none yet. */
export function tools(element: Element, where: "after" | "inside"): HTMLElement {
  const found = where === "after" ? element.nextElementSibling : element.lastElementChild;
  if (found instanceof HTMLElement && found.classList.contains("tools")) return found;
  const made = document.createElement("p");
  made.className = "tools";
  if (where === "after") element.after(made);
  else element.append(made);
  return made;
}

/** Hands a file to the reader. */
export function save(name: string, content: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** The row of tools of a figure, before its table of data. */
export function rowOfTools(figure: HTMLElement): HTMLElement {
  const found = figure.querySelector<HTMLElement>(":scope > .tools");
  if (found) return found;
  const made = document.createElement("p");
  made.className = "tools";
  const last = figure.querySelector(":scope > details.twin");
  if (last) last.before(made);
  else figure.append(made);
  return made;
}
