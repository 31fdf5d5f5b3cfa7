/** `4 × 3 = +12`: how a line of points came about, the same in every language. Pure. */
export function formatFormula(line: {
  counted: number;
  pointsEach: number;
  points: number;
}): string {
  return `${line.counted} × ${line.pointsEach} = +${line.points}`;
}
