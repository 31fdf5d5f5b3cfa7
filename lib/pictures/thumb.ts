/**
 * The small square beside a shared link, 300 × 300. WeChat shows it as large as a finger: no words,
 * the cells alone.
 */
import { cellsFromCounts } from "@/lib/format/cells";
import { drawCells } from "./draw-cells";
import { Sheet } from "./sheet";
import type { Typesetter } from "./typesetter";
import type { PolicyPicture } from "./views";

const SIDE = 300;
const MARGIN = 26;

export function drawThumb(picture: PolicyPicture, typesetter: Typesetter): Sheet {
  const sheet = new Sheet(SIDE, typesetter);
  sheet.height = SIDE;
  const { unitsMax: total, units: lit, maturedUnits: matured } = picture;
  const cells = cellsFromCounts({ total, lit, matured });
  drawCells(sheet, cells, { x: MARGIN, y: MARGIN, width: SIDE - MARGIN * 2 });
  return sheet;
}
