/**
 * The hundred cells as data and geometry, shared by every size of the drawing. Pure.
 * A cell is a yuan: empty, waiting (paid, not yet counting) or matured (counts today, R22).
 */
export type CellState = "matured" | "waiting" | "empty";

export const COLUMNS = 10;
/** Side of a cell and distance between the starts of two, in the drawing's own units. */
export const CELL_SIDE = 10;
const CELL_STEP = 12;
export const CELL_RADIUS = 3.2;
/** Of an empty cell; half of it lies inside, so that it is as large as a filled one. */
export const CELL_OUTLINE = 0.55;

/** For viewers who know only the counts: matured first, then waiting, then empty. */
export function cellsFromCounts(counts: {
  total: number;
  lit: number;
  matured: number;
}): CellState[] {
  return Array.from({ length: counts.total }, (_, index) =>
    index < counts.matured ? "matured" : index < counts.lit ? "waiting" : "empty",
  );
}

/** For the insured, who knows each unit by its number. */
export function cellsFromUnits(
  units: readonly { seq: number; isMatured: boolean }[],
  total: number,
): CellState[] {
  const cells: CellState[] = Array.from({ length: total }, () => "empty");
  for (const unit of units) cells[unit.seq - 1] = unit.isMatured ? "matured" : "waiting";
  return cells;
}

export function countCells(cells: readonly CellState[]) {
  const matured = cells.filter((cell) => cell === "matured").length;
  const waiting = cells.filter((cell) => cell === "waiting").length;
  return { total: cells.length, matured, waiting, lit: matured + waiting };
}

/** Top left corner of a cell by its place, counted from 0. */
export function placeOf(index: number): { x: number; y: number } {
  return { x: (index % COLUMNS) * CELL_STEP, y: Math.floor(index / COLUMNS) * CELL_STEP };
}

/** Width and height of the drawing for so many cells. */
export function extentOf(total: number): { width: number; height: number } {
  const gap = CELL_STEP - CELL_SIDE;
  const rows = Math.max(1, Math.ceil(total / COLUMNS));
  return { width: COLUMNS * CELL_STEP - gap, height: rows * CELL_STEP - gap };
}
