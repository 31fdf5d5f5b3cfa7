import { describe, expect, it } from "vitest";
import { readSources } from "./sources";

/** The list of reliability engineering that this product answers to, and its only number with a letter. */
const FAULTS = Array.from({ length: 60 }, (_, index) => `F${String(index + 1).padStart(2, "0")}`);
FAULTS.splice(FAULTS.indexOf("F30"), 0, "F30a");
const INVARIANTS = Array.from({ length: 20 }, (_, index) => `I${index + 1}`);

const read = (file: RegExp): string =>
  readSources(file)
    .map(({ text }) => text)
    .join("\n");

/** Rows of a Markdown table whose first cell is such a number, cell by cell. */
function rowsOf(text: string, number: RegExp): string[][] {
  return text
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) => line.split("|").slice(1, -1))
    .map((cells) => cells.map((cell) => cell.trim()))
    .filter(([first]) => first !== undefined && number.test(first));
}

interface Title {
  file: string;
  fault: string;
}

/** Titles of tests that begin with a fault's number. */
const titles: Title[] = readSources(
  /^(tests|lib|sandbox|components|app|scripts)\/.*\.(test|spec)\.tsx?$/,
)
  .filter(({ file }) => file !== "tests/tidy/faults.test.ts")
  .flatMap(({ file, text }) =>
    [...text.matchAll(/["'`](F\d\d[a-z]?)[ :]/g)].map(([, fault]) => ({ file, fault: `${fault}` })),
  );

describe("docs/faults.md", () => {
  const rows = rowsOf(read(/^docs\/faults\.md$/), /^F\d/);

  it("lists every fault once, in order", () => {
    expect(rows.map(([fault]) => fault)).toEqual(FAULTS);
    expect(rows.filter((cells) => cells.length !== 4 || cells.includes(""))).toEqual([]);
  });

  it.each(rows)("%s is proven by a test of that name, or waits for a reason", (fault, ...cells) => {
    const proof = `${cells.at(-1)}`;
    const files = [...proof.matchAll(/`([^`]+\.(?:test|spec)\.ts)`/g)].map(([, file]) => file);
    if (files.length === 0) {
      expect(proof).toMatch(/^waits for [^:]+: .{20,}/);
      return;
    }
    const proven = titles.filter((title) => title.fault === fault).map(({ file }) => file);
    expect(proven).toEqual(expect.arrayContaining(files));
    expect(proven.filter((file) => !file.startsWith("sandbox/"))).not.toEqual([]);
  });
});

it("no test names a fault that is not on the list", () => {
  expect(titles.length).toBeGreaterThan(FAULTS.length / 2);
  expect(titles.filter(({ fault }) => !FAULTS.includes(fault))).toEqual([]);
});

it("docs/invariants.md lists every invariant once, and exactly the views that the audit reads", () => {
  const text = read(/^docs\/invariants\.md$/);
  expect(rowsOf(text, /^I\d/).map(([invariant]) => invariant)).toEqual(INVARIANTS);
  const named = (source: string) => [...new Set(source.match(/\baudit_\w+/g))].sort();
  const audit = read(/^lib\/ledger\/audit\.ts$/).replaceAll("audit_now", "");
  expect(named(text)).toEqual(named(audit));
});
