// Brings the printed page to life. Everything the page says it says without us, too.

import style from "./style.css";
import { mountCharts } from "./charts/mount.js";
import { readData } from "./data.js";
import { equipDrawer } from "./drawer.js";
import { equipPictures } from "./pictures.js";
import { tiePlaces } from "./places.js";
import { equipTables } from "./tables.js";

const data = readData(document);
if (data) {
  const sheet = document.createElement("style");
  sheet.textContent = style;
  document.head.append(sheet);
  const places = tiePlaces(document);
  equipTables(document, data);
  equipPictures(document, data);
  equipDrawer(document, data, places);
  mountCharts(document, data, places);
}
