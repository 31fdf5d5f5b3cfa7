import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { appraisalMessages } from "@/lib/i18n/appraisal";
import { LINE_KINDS, TITLES } from "./contract";
import { type Act, appraise, FORMULA, LADDER, sumUpGiving } from "./rules";

const NOON = Date.parse("2026-11-24T12:00:00+08:00");
const MINUTE_MS = 60_000;
const WEEK_MS = 7 * 24 * 60 * MINUTE_MS;

function gave(giftId: number, atMs: number, change: Partial<Act & { kind: "gave" }> = {}): Act {
  const gift = { giftId: `g${giftId}`, policyId: `p${giftId}`, friendId: `f${giftId}` };
  return { kind: "gave", ...gift, at: new Date(atMs), ending: "kept", ...change };
}
const came = (giftId: number): Act => ({ kind: "came", giftId: `c${giftId}`, ending: "kept" });
const thanked = (giftId: number): Act => ({ kind: "thanked", giftId: `c${giftId}` });
const times = (count: number, make: (index: number) => Act) =>
  Array.from({ length: count }, (_, index) => make(index));
const lineOf = (acts: readonly Act[], kind: string) =>
  appraise(acts).lines.find((line) => line.kind === kind);

describe("R43: what counts", () => {
  test("four people within an hour: +12", () => {
    const acts = times(4, (index) => gave(index, NOON + index * 15 * MINUTE_MS));
    expect(lineOf(acts, "hour")).toEqual({
      kind: "hour",
      count: 4,
      counted: 4,
      countMax: 10,
      pointsEach: 3,
      points: 12,
    });
    expect(appraise(acts)).toMatchObject({ score: 24, title: "heater" });
  });

  test("an hour is sixty minutes from any gift on, and its end is outside", () => {
    const acts = [gave(1, NOON), gave(2, NOON + 50 * MINUTE_MS), gave(3, NOON + 60 * MINUTE_MS)];
    expect(lineOf(acts, "hour")?.count).toBe(2);
    expect(lineOf([gave(1, NOON), gave(3, NOON + 60 * MINUTE_MS)], "hour")).toBeUndefined();
  });

  test("the same friend declined and helped again within the hour is one", () => {
    const acts = [
      gave(1, NOON, { policyId: "p", ending: "refused" }),
      gave(2, NOON + MINUTE_MS, { policyId: "p" }),
    ];
    expect(appraise(acts)).toEqual(appraise([gave(1, NOON)]));
  });

  test("weeks begin on Shanghai's Monday", () => {
    const monday = Date.parse("2026-11-23T00:00:00+08:00");
    expect(lineOf([gave(1, monday - 1), gave(2, monday)], "weeks")?.count).toBe(2);
    expect(lineOf([gave(1, monday), gave(2, monday + WEEK_MS - 1)], "weeks")).toBeUndefined();
  });

  test("give and take is as much as the smaller of the two", () => {
    expect(lineOf([...times(3, (i) => gave(i, NOON)), came(1), came(2)], "both")?.points).toBe(4);
    expect(lineOf(times(3, came), "both")).toBeUndefined();
  });

  test("somebody who only came to ask has an appraisal too", () => {
    expect(appraise([])).toEqual({
      score: 0,
      title: "loading",
      lines: [],
      next: { title: "hand", pointsToGo: 3 },
    });
    expect(appraise([...times(5, came), thanked(1)])).toMatchObject({ score: 6, title: "hand" });
  });

  test("no line goes past its bound, and the last title has no next", () => {
    const acts = [
      ...times(200, (i) => gave(i, NOON + Math.max(0, i - 150) * WEEK_MS)),
      ...times(300, came),
      ...times(300, thanked),
    ];
    for (const line of appraise(acts).lines) expect(line.counted).toBe(line.countMax);
    expect(appraise(acts)).toMatchObject({ score: 332, title: "heart", next: null });
  });

  test("friends and cells are told apart", () => {
    const acts = [gave(1, NOON), gave(2, NOON, { friendId: "f1" }), gave(3, NOON)];
    expect(sumUpGiving([...acts, gave(4, NOON, { ending: "withdrawn" })])).toEqual({
      friends: 2,
      cells: 3,
    });
  });
});

const atMs = fc.integer({ min: NOON - 60 * WEEK_MS, max: NOON + 60 * WEEK_MS });
// Few names, so that the same gift, policy and friend come up again.
const someActs = fc.array(
  fc.oneof(
    fc
      .tuple(
        fc.nat(40),
        fc.oneof(
          atMs,
          fc.nat(90).map((n) => NOON + n * MINUTE_MS),
        ),
        fc.nat(25),
        fc.constantFrom("kept" as const, "refused" as const, "withdrawn" as const),
      )
      .map(([id, ms, policy, ending]) =>
        gave(id, ms, { policyId: `p${policy}`, friendId: `f${policy % 9}`, ending }),
      ),
    fc.nat(80).map(came),
    fc.nat(80).map(thanked),
  ),
  { maxLength: 120 },
);

describe("for any acts", () => {
  test("supporting somebody never lowers it", () => {
    fc.assert(
      fc.property(someActs, atMs, fc.nat(30), (acts, ms, policy) => {
        const more = gave(1000, ms, { policyId: `p${policy}`, friendId: `f${policy % 9}` });
        expect(appraise([...acts, more]).score).toBeGreaterThanOrEqual(appraise(acts).score);
      }),
    );
  });

  test("being refused changes nothing, for the giver and for whoever refused", () => {
    fc.assert(
      fc.property(someActs, fc.infiniteStream(fc.boolean()), (acts, coins) => {
        const refused = acts.map((act): Act => {
          const isRefused = coins.next().value && act.kind !== "thanked" && act.ending === "kept";
          return isRefused ? ({ ...act, ending: "refused" } as Act) : act;
        });
        expect(appraise(refused)).toEqual(appraise(acts));
      }),
    );
  });

  test("taking a gift back is as if it had not been given", () => {
    fc.assert(
      fc.property(someActs, atMs, (acts, ms) => {
        const taken = gave(1000, ms, { policyId: "p1", ending: "withdrawn" });
        expect(appraise([...acts, taken])).toEqual(appraise(acts));
      }),
    );
  });

  test("neither order nor repetition matters", () => {
    const told = someActs.chain((acts) =>
      fc.tuple(
        fc.constant(acts),
        fc.shuffledSubarray([...acts, ...acts], {
          minLength: acts.length * 2,
          maxLength: acts.length * 2,
        }),
      ),
    );
    fc.assert(
      fc.property(told, ([acts, again]) => {
        expect(appraise(again)).toEqual(appraise(acts));
        expect(sumUpGiving(again)).toEqual(sumUpGiving(acts));
      }),
    );
  });

  test("who is anonymous changes nothing", () => {
    fc.assert(
      fc.property(someActs, fc.infiniteStream(fc.boolean()), (acts, coins) => {
        const toggled = acts.map((act) => ({ ...act, isAnonymous: coins.next().value }));
        expect(appraise(toggled)).toEqual(appraise(acts));
      }),
    );
  });

  test("the lines are the score, each by its formula, and the title is the one held", () => {
    fc.assert(
      fc.property(someActs, (acts) => {
        const { score, title, lines, next } = appraise(acts);
        expect(lines.reduce((sum, { points }) => sum + points, 0)).toBe(score);
        for (const line of lines) {
          expect(line).toMatchObject(
            (({ pointsEach, countMax }) => ({ pointsEach, countMax }))(FORMULA[line.kind]),
          );
          expect(line.counted).toBe(Math.min(line.count, line.countMax));
          expect(line.points).toBe(line.counted * line.pointsEach);
          expect(line.points).toBeGreaterThan(0);
        }
        expect(LADDER[title]).toBeLessThanOrEqual(score);
        if (next) expect(score + next.pointsToGo).toBe(LADDER[next.title]);
        else expect(title).toBe(TITLES.at(-1));
      }),
    );
  });
});

test("the ladder rises, and its last step can be reached", () => {
  const steps = TITLES.map((title) => LADDER[title]);
  expect(steps).toEqual([...new Set(steps)].sort((one, other) => one - other));
  const most = LINE_KINDS.reduce(
    (sum, kind) => sum + FORMULA[kind].pointsEach * FORMULA[kind].countMax,
    0,
  );
  expect(steps.at(-1)).toBeLessThan(most);
});

/** The cells of every row of the tables in `docs/appraisal.md` whose first cell is `code`. */
function readTables(): Record<string, string[]> {
  const rows = readFileSync("docs/appraisal.md", "utf8")
    .split("\n")
    .filter((line) => /^\| +`/.test(line))
    .map((line) => line.split("|").map((cell) => cell.trim().replaceAll("`", "")))
    .map((cells) => cells.slice(1, -1));
  return Object.fromEntries(rows.map(([name = "", ...cells]) => [name, cells]));
}

test("docs/appraisal.md says the formula and the ladder as they are", () => {
  const lines = LINE_KINDS.map((kind) => {
    const { pointsEach, countMin, countMax } = FORMULA[kind];
    return [kind, [pointsEach, countMin, countMax, pointsEach * countMax].map(String)];
  });
  const [chinese, english] = [appraisalMessages("zh-CN").titles, appraisalMessages("en").titles];
  const titles = TITLES.map((title) => [
    title,
    [String(LADDER[title]), chinese[title], english[title]],
  ]);
  const documented = Object.entries(readTables()).map(([name, cells]) => [
    name,
    // What a line counts is said in words there.
    LINE_KINDS.some((kind) => kind === name) ? cells.slice(1) : cells,
  ]);
  expect(Object.fromEntries(documented)).toEqual(Object.fromEntries([...lines, ...titles]));
});
