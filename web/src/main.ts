// Brings the printed page to life. Everything the page says it says without us, too.

import style from "./style.css";
import { readContent } from "./data.js";
import { openPage } from "./languages.js";

async function begin(): Promise<void> {
  const root = document.getElementById("gongfu-page");
  const content = await readContent(document);
  if (!content || !root) return;
  const sheet = document.createElement("style");
  sheet.textContent = style;
  document.head.append(sheet);
  openPage(root, content);
}

void begin();
