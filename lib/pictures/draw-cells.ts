import {
  CELL_OUTLINE,
  CELL_RADIUS,
  CELL_SIDE,
  type CellState,
  extentOf,
  placeOf,
} from "@/lib/format/cells";
import { PALETTE } from "./palette";
import type { Sheet } from "./sheet";

/** The hundred cells, the same drawing as `HundredCells` on the pages; returns its height. */
export function drawCells(
  sheet: Sheet,
  cells: readonly CellState[],
  place: { x: number; y: number; width: number; meLabel?: string; newestSeq?: number | null },
): number {
  const extent = extentOf(cells.length);
  const scale = place.width / extent.width;
  const rect = (
    index: number,
    inset: number,
    look: { fill?: string; stroke?: string },
    edge = 0,
  ) => {
    const { x, y } = placeOf(index);
    sheet.rect({
      x: place.x + (x + inset) * scale,
      y: place.y + (y + inset) * scale,
      width: (CELL_SIDE - inset * 2) * scale,
      height: (CELL_SIDE - inset * 2) * scale,
      radius: (CELL_RADIUS - inset) * scale,
      strokeWidth: edge * scale,
      ...look,
    });
  };
  for (const [index, state] of cells.entries()) {
    if (state === "empty") rect(index, CELL_OUTLINE / 2, EMPTY, CELL_OUTLINE);
    else if (index === 0 && place.meLabel && state === "matured") rect(index, 0, MINE);
    else rect(index, 0, state === "matured" ? MATURED : WAITING);
  }
  if (place.newestSeq) {
    const state = cells[place.newestSeq - 1];
    rect(place.newestSeq - 1, -1.2, { fill: GLOW });
    rect(place.newestSeq - 1, 0.3, { ...(state === "matured" ? MATURED : WAITING), ...RING }, 0.6);
  }
  if (place.meLabel && cells[0] !== "empty") {
    const side = CELL_SIDE * scale;
    const size = side * (place.meLabel.length > 1 ? 0.4 : 0.54);
    const fill = cells[0] === "matured" ? PALETTE["mine-ink"] : PALETTE.ink;
    sheet.text(
      place.meLabel,
      { size, weight: "bold", fill },
      {
        x: place.x + side / 2,
        baseline: place.y + side / 2 + size * (place.meLabel.length > 1 ? 0.28 : 0.37),
        anchor: "middle",
        widthMax: side,
      },
    );
  }
  return extent.height * scale;
}

const EMPTY = { stroke: PALETTE["empty-edge"] };
const MATURED = { fill: PALETTE.coral };
const WAITING = { fill: PALETTE.wait };
const MINE = { fill: PALETTE.mine };
const RING = { stroke: PALETTE.coral };
/** `--coral-glow` on paper. */
const GLOW = "rgba(239,91,67,0.2)";
