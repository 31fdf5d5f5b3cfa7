import { expect, it } from "vitest";
import type { Sandbox } from "../../sandbox";
import { createRefundRequests } from "../../testing/refund-requests";
import { startTestWorld } from "../../testing/world";
import { PayError } from "../errors";
import { createRateMeter } from "../rate-meter";
import { limitRefundRate } from "./refund-rate";

it("a meter forgets what is a second old and remembers the most there was", () => {
  let nowMs = 0;
  const meter = createRateMeter(() => nowMs);
  for (nowMs = 0; nowMs < 300; nowMs += 100) meter.add();
  nowMs = 1_100;
  expect(meter.countLastSecond()).toBe(1);
  nowMs = 5_000;
  expect([meter.countLastSecond(), meter.peak()]).toEqual([0, 3]);
});

it("F16 beyond 3 requests or 2 failures a second comes FREQUENCY_LIMITED, and later service", () => {
  let nowMs = 0;
  const served = createRateMeter(() => nowMs);
  const failed = createRateMeter(() => nowMs);
  const settings = { refundRatePerSecond: 3, refundErrorRatePerSecond: 2 };
  const sandbox = { state: { settings }, refundRates: { served, failed } } as unknown as Sandbox;
  const ask = (error?: PayError) => {
    try {
      return limitRefundRate(sandbox, () => {
        if (error) throw error;
        return 200;
      });
    } catch (thrown) {
      return (thrown as PayError).status;
    }
  };
  const poor = new PayError(403, "NOT_ENOUGH", "");
  expect([ask(poor), ask(poor)]).toEqual([403, 403]);
  // Two failures: nothing more this second, not even what is right.
  expect(ask()).toBe(429);
  nowMs = 1_001;
  expect([ask(), ask(), ask(), ask()]).toEqual([200, 200, 200, 429]);
  nowMs = 2_002;
  expect(ask()).toBe(200);
  expect([served.peak(), failed.peak()]).toEqual([3, 2]);
});

it("the limits are settings; a refused refund leaves no trace", async () => {
  const world = await startTestWorld();
  try {
    const { bodyOf, refund, query } = createRefundRequests(() => world);
    await world.payOrder("RATE000001", await world.createPersona("阿强"));
    await world.control("POST", "/settings", { refundRatePerSecond: 0 });
    const refused = await refund(bodyOf("RATE000001", "R-RATE000001"));
    expect([refused.status, refused.json.code]).toEqual([429, "FREQUENCY_LIMITED"]);
    expect((await query("R-RATE000001")).status).toBe(404);
    await world.control("POST", "/settings", { refundRatePerSecond: null });
    expect((await refund(bodyOf("RATE000001", "R-RATE000001"))).status).toBe(200);
    expect((await world.control("GET", "/state")).json.refundRequestsPerSecondPeak).toBe(1);
  } finally {
    await world.close();
  }
});
