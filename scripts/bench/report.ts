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

/** One line for each kind of answer; returns the slowest of their 99th percentiles. */
export function printPercentiles(title: string, ms: Record<string, readonly number[]>): number {
  const cells = (name: string, ...figures: string[]): string =>
    [name.padEnd(20), ...figures.map((figure) => figure.padStart(9))].join("");
  console.log(`\n${cells(title, "p50", "p99", "slowest", "answers")}`);
  const tails = Object.entries(ms).map(([name, values]) => {
    const sorted = values.toSorted((one, other) => one - other);
    const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN;
    const figures = [at(0.5), at(0.99), at(1)].map((value) => value.toFixed(2));
    console.log(cells(name, ...figures, String(values.length)));
    return at(0.99);
  });
  return Math.max(...tails);
}
