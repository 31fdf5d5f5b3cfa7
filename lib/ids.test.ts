import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newId, newOutTradeNo, newPolicyCode, outRefundNoFor, randomBase62 } from "./ids";

const NOW = new Date("2026-11-22T04:00:00Z");

describe("ids", () => {
  test("name their table, and sort by their time", () => {
    const early = newId("order", NOW);
    const late = newId("order", new Date(NOW.getTime() + 1));
    expect(early).toMatch(/^ord_[0-9a-hjkmnp-tv-z]{26}$/);
    expect(early < late).toBe(true);
  });

  test("made later sort later, over the whole range of dates", () => {
    const instants = fc.date({
      min: new Date(0),
      max: new Date("2199-12-31"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, instants, (one, other) => {
        fc.pre(one.getTime() < other.getTime());
        expect(newId("unit", one) < newId("unit", other)).toBe(true);
      }),
    );
  });

  test("of one millisecond differ", () => {
    const ids = new Set(Array.from({ length: 10_000 }, () => newId("unit", NOW)));
    expect(ids.size).toBe(10_000);
  });
});

test("a policy's code is 22 characters of base62, each about as often as the others", () => {
  const counts = new Map<string, number>();
  for (let time = 0; time < 3_000; time += 1) {
    const code = newPolicyCode();
    expect(code).toMatch(/^[0-9A-Za-z]{22}$/);
    for (const letter of code) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  }
  // 66,000 letters over 62: 1,064 each, standard deviation 32; six of them is never met by chance.
  expect(counts.size).toBe(62);
  for (const count of counts.values()) expect(Math.abs(count - 66_000 / 62)).toBeLessThan(200);
});

test("randomBase62 is as long as asked for", () => {
  for (const length of [0, 1, 21, 22, 32, 100]) expect(randomBase62(length)).toHaveLength(length);
});

test("an order's number carries its Shanghai day and fits into WeChat's 32 characters", () => {
  const number = newOutTradeNo("2026-11-22");
  expect(number).toMatch(/^W261122[0-9A-Za-z]{22}$/);
  expect(number.length).toBeLessThanOrEqual(32);
});

test("a refund's number follows from its order's, so that a retry cannot invent another", () => {
  const number = newOutTradeNo("2026-11-22");
  expect(outRefundNoFor(number)).toBe(`R${number.slice(1)}`);
  expect(outRefundNoFor(number)).toBe(outRefundNoFor(number));
});
