// Charts without axes: shapes at places of the sheet, counted in pixels from its upper left.

import type { Row } from "../data.js";
import { FAMILY } from "../lettering.js";
import type { Option, Sheet } from "./engine.js";
import { TIP, type Shown } from "./tips.js";

/** A mark on the sheet: what it is of, and the shapes that draw it. */
export interface Drawn {
  row: Row;
  series?: string;
  shapes: readonly Option[];
}

/** Marks that tips speak of, under and over shapes that nothing points at. */
export function canvasOption(
  sheet: Sheet, marks: readonly Drawn[], shapes: readonly Option[], tips: (at: Shown) => HTMLElement | string,
): Option {
  const hidden = { type: "value", show: false, min: 0 };
  return {
    animation: false,
    textStyle: { fontFamily: FAMILY },
    grid: { left: 0, top: 0, width: sheet.width, height: sheet.height },
    tooltip: { ...TIP, trigger: "item", formatter: tips },
    xAxis: { ...hidden, max: sheet.width },
    yAxis: { ...hidden, max: sheet.height, inverse: true },
    series: [
      {
        type: "custom",
        clip: false,
        z: 3,
        data: marks.map(({ row, series }) => ({ value: [0, 0], row, series })),
        renderItem: (at: { dataIndex: number }) => ({ type: "group", children: marks[at.dataIndex]!.shapes }),
      },
      {
        type: "custom",
        clip: false,
        silent: true,
        z: 4,
        tooltip: { show: false },
        data: [[0, 0]],
        renderItem: () => ({ type: "group", children: shapes }),
      },
    ],
  };
}
