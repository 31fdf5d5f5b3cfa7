/** The middle of some figures, the mean of the middle two when their number is even. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/** One line for each way: the median of its rounds, and the slowest and fastest of them. */
export function printTable(rates: Record<string, readonly number[]>): void {
  const cells = (name: string, ...figures: string[]): string =>
    [name.padEnd(12), ...figures.map((figure) => figure.padStart(9))].join("");
  console.log(`\n${cells("settles/s", "median", "slowest", "fastest", "rounds")}`);
  for (const [name, values] of Object.entries(rates)) {
    const figures = [median(values), Math.min(...values), Math.max(...values)];
    console.log(cells(name, ...figures.map((value) => value.toFixed(0)), String(values.length)));
  }
}
