/**
 * PostgreSQL is killed under load and comes back eight seconds later; `npm run bench -- outage` does
 * the same with thirty seconds and the whole of server.ts.
 */
import { beforeAll, expect, test } from "vitest";
import { type OutageFigures, runOutage } from "./outage/run-outage";

let figures: OutageFigures;

beforeAll(async () => {
  figures = await runOutage({
    appFile: "tests/chaos/app.ts",
    steadyMs: 5_000,
    outageMs: 8_000,
    afterMs: 12_000,
  });
}, 180_000);

test("F25 while Postgres is away every answer is a 503 that says when to come back, within seconds", () => {
  expect(figures.answersDuring).toBeGreaterThan(50);
  expect(Object.keys(figures.countsDuring).sort()).toEqual([
    "ask 503",
    "health 503",
    "look 503",
    "me 503",
    "order 503",
  ]);
  expect(figures.breaches).toEqual([]);
  expect(figures.slowestDuringMs).toBeLessThan(6_000);
});

test("F25 nothing that was answered with success is missing afterwards, WeChat's notifies included", () => {
  expect(figures.acknowledged.orders).toBeGreaterThan(50);
  expect(figures.acknowledged.notifies).toBeGreaterThan(20);
  expect(figures.acknowledged.missing).toEqual([]);
});

test("F25 the same process takes orders again within ten seconds", () => {
  expect(figures.ended).toBeNull();
  expect(figures.skipped).toBe(0);
  expect(figures.throughputBackMs).toBeLessThan(10_000);
});

test("F25 F52 the worker comes back by itself and finds what was paid meanwhile and never told", () => {
  expect(figures.paidDuring).toBeGreaterThan(20);
  expect(figures.workerBackMs).toBeLessThan(12_000);
});

test("F25 the audit is clean and WeChat's books equal ours", () => {
  expect(figures.books).toEqual([]);
});
