import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LIMITS } from "./limits";
import { type Limit, RateLimiter } from "./rate-limit";

const tenAMinute: Limit = { name: "order", by: "viewer", count: 10, perSeconds: 60 };

describe("a bucket of ten a minute", () => {
  test("gives ten at once, then one every six seconds, and says how long to wait", () => {
    const limiter = new RateLimiter();
    const at = (seconds: number) => limiter.take(tenAMinute, "usr_1", seconds * 1000);
    expect(Array.from({ length: 10 }, () => at(0))).toEqual(Array(10).fill(0));
    expect(at(0)).toBe(6);
    expect(at(3)).toBe(3);
    expect(at(6)).toBe(0);
    expect(at(6)).toBe(6);
  });

  test("is one person's: the next one has his own", () => {
    const limiter = new RateLimiter();
    for (let time = 0; time < 11; time += 1) limiter.take(tenAMinute, "usr_1", 0);
    expect(limiter.take(tenAMinute, "usr_2", 0)).toBe(0);
    expect(limiter.take({ ...tenAMinute, name: "sync" }, "usr_1", 0)).toBe(0);
  });

  test("never gives more for a clock that jumps back", () => {
    const limiter = new RateLimiter();
    for (let time = 0; time < 10; time += 1) limiter.take(tenAMinute, "usr_1", 1_000_000);
    expect(limiter.take(tenAMinute, "usr_1", 0)).toBeGreaterThan(0);
  });

  test("never gives more than its ten and what has flowed back since", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5_000), { maxLength: 200 }), (pausesMs) => {
        const limiter = new RateLimiter();
        let nowMs = 0;
        let given = 0;
        for (const pauseMs of pausesMs) {
          nowMs += pauseMs;
          if (limiter.take(tenAMinute, "usr_1", nowMs) === 0) given += 1;
        }
        expect(given).toBeLessThanOrEqual(10 + Math.floor((nowMs / 60_000) * 10 + 1e-6));
      }),
    );
  });

  test("waiting as long as it says is enough", () => {
    const limiter = new RateLimiter();
    for (let time = 0; time < 10; time += 1) limiter.take(tenAMinute, "usr_1", 0);
    const waitSeconds = limiter.take(tenAMinute, "usr_1", 0);
    expect(limiter.take(tenAMinute, "usr_1", waitSeconds * 1000)).toBe(0);
  });
});

test("a flood of addresses does not make it grow without end, and the newest are kept", () => {
  const limiter = new RateLimiter();
  for (let address = 0; address < 120_000; address += 1) {
    limiter.take(tenAMinute, `10.0.${address}`, 0);
  }
  for (let time = 0; time < 9; time += 1) limiter.take(tenAMinute, "10.0.119999", 0);
  expect(limiter.take(tenAMinute, "10.0.119999", 0)).toBe(6);
});

test("the limits: a person's are tight, an address's let a thousand people pay in a minute", () => {
  expect(LIMITS.orderPerViewer.count).toBeLessThanOrEqual(10);
  for (const limit of Object.values(LIMITS)) {
    if (limit.by !== "address") continue;
    expect((limit.count / limit.perSeconds) * 60).toBeGreaterThanOrEqual(1_000);
  }
});

test("whoever came long ago and is still coming is not forgotten in a flood", () => {
  const limiter = new RateLimiter();
  for (let time = 0; time < 10; time += 1) limiter.take(tenAMinute, "usr_busy", 0);
  for (let address = 0; address < 120_000; address += 1) {
    limiter.take(tenAMinute, `10.0.${address}`, 0);
    if (address % 10_000 === 0) {
      expect(limiter.take(tenAMinute, "usr_busy", 0)).toBeGreaterThan(0);
    }
  }
  expect(limiter.take(tenAMinute, "usr_busy", 0)).toBeGreaterThan(0);
});
