import { expect, test, vi } from "vitest";
import { createLogger } from "@/lib/log/logger";
import type { Moderation } from "./moderation";
import { reviewWords } from "./review-words";

const reviewedBy = (review: Moderation["review"]) =>
  reviewWords({ moderation: { review }, log: createLogger("silent") }, "平安", "wish");

test.each([
  ["show", "leftover", { state: "shown", verdict: null }],
  ["hold", "contact: vx", { state: "held", verdict: "contact: vx" }],
  ["hide", null, { state: "hidden", verdict: "unexplained" }],
] as const)("%s", async (decision, verdict, expected) => {
  expect(await reviewedBy(async () => ({ decision, verdict }))).toEqual(expected);
});

test("a provider that fails holds the words, and its author hears of no error", async () => {
  const held = { state: "held", verdict: "no_verdict" };
  expect(await reviewedBy(() => Promise.reject(new Error("503")))).toEqual(held);
  expect(
    await reviewedBy(() => {
      throw new Error("no configuration");
    }),
  ).toEqual(held);
});

test("one that never answers holds them too, before the author's patience ends", async () => {
  vi.useFakeTimers();
  try {
    const review = reviewedBy(() => new Promise(() => undefined));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await review).toEqual({ state: "held", verdict: "no_verdict" });
  } finally {
    vi.useRealTimers();
  }
});
