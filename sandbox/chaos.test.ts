import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createChaos, drawFault } from "./chaos";
import type { FaultEndpoint } from "./fault-kinds";
import type { Sandbox } from "./sandbox";
import { stepSeededRandom } from "./seeded-random";
import { startTestWorld, type TestWorld } from "./testing/world";

/** A sandbox as far as drawing needs one. */
function createLuck(seed: number, rates: Record<string, number>) {
  const chaos = createChaos({ seed, rates, delayMs: { min: 10, max: 20 } });
  const sandbox = { state: { chaos }, touch: () => {} } as unknown as Sandbox;
  const draw = (endpoint: FaultEndpoint, times: number) =>
    Array.from({ length: times }, () => drawFault(sandbox, endpoint));
  return {
    chaos,
    draw,
    drawKinds: (endpoint: FaultEndpoint, times: number) =>
      draw(endpoint, times).map((fault) => fault?.kind ?? null),
  };
}

describe("drawing", () => {
  it("is mulberry32: the published sequence of seed 1", () => {
    const values = [];
    for (let memory = 1, index = 0; index < 3; index += 1) {
      const step = stepSeededRandom(memory);
      memory = step.memory;
      values.push(Math.round(step.value * 2 ** 32));
    }
    expect(values).toEqual([2693262067, 11749833, 2265367787]);
  });

  it("the same seed brings the same trouble, another seed other trouble", () => {
    const rates = { "refund.timeout": 0.2, "refund.error_after_effect": 0.3 };
    const first = createLuck(7, rates).drawKinds("refund", 50);
    expect(createLuck(7, rates).drawKinds("refund", 50)).toEqual(first);
    expect(createLuck(8, rates).drawKinds("refund", 50)).not.toEqual(first);
  });

  it("what one endpoint is asked does not change the luck of another", () => {
    const rates = { "refund.timeout": 0.5, "query.drop": 0.5 };
    const alone = createLuck(7, rates).drawKinds("refund", 20);
    const mixed = createLuck(7, rates);
    const kinds = Array.from({ length: 20 }, () => {
      mixed.draw("query", 3);
      return mixed.drawKinds("refund", 1)[0];
    });
    expect(kinds).toEqual(alone);
  });

  it("comes as often as ordered, is counted, and leaves other endpoints alone", () => {
    const luck = createLuck(3, { "notify.drop": 0.25, "notify.delay": 0.25 });
    const faults = luck.draw("notify", 4_000).filter((fault) => fault !== null);
    const drops = faults.filter(({ kind }) => kind === "drop").length;
    expect(drops).toBeGreaterThan(900);
    expect(drops).toBeLessThan(1_100);
    expect(luck.chaos.injected).toEqual({
      "notify.drop": drops,
      "notify.delay": faults.length - drops,
    });
    const delays = faults.filter(({ kind }) => kind === "delay").map(({ delayMs }) => delayMs);
    expect([Math.min(...delays), Math.max(...delays)]).toEqual([10, 20]);
    expect(luck.drawKinds("query", 100).every((kind) => kind === null)).toBe(true);
  });

  it("rate 1 spoils every call, rate 0 none", () => {
    const luck = createLuck(5, { "query.drop": 0, "query.timeout": 1 });
    expect(new Set(luck.drawKinds("query", 200))).toEqual(new Set(["timeout"]));
  });
});

describe("the control API", () => {
  let world: TestWorld;
  beforeEach(async () => {
    world = await startTestWorld();
  });
  afterEach(() => world.close());

  const start = (body: unknown) => world.control("POST", "/chaos", body);
  const ask = () =>
    world.call("GET", `/v3/pay/transactions/out-trade-no/NONE00001?mchid=${world.keys.mchId}`);

  it("spoils calls until it is stopped; an ordered fault comes first", async () => {
    const chaos = { seed: 1, rates: { "query.rate_limited": 1 } };
    expect((await start(chaos)).status).toBe(201);
    await world.control("POST", "/faults", { endpoint: "query", kind: "error", status: 502 });
    expect([(await ask()).status, (await ask()).status]).toEqual([502, 429]);
    expect((await world.control("GET", "/chaos")).json).toMatchObject({
      ...chaos,
      injected: { "query.rate_limited": 1 },
    });
    expect((await world.control("DELETE", "/chaos")).status).toBe(204);
    expect((await ask()).status).toBe(404);
    expect((await world.control("GET", "/chaos")).json).toMatchObject({
      rates: {},
      injected: { "query.rate_limited": 1 },
    });
  });

  it("spoils notifies, which are sent again until one is right", async () => {
    await start({ seed: 4, rates: { "notify.drop": 0.5, "notify.forge": 0.5 } });
    await world.payOrder("CHAOS00001", await world.createPersona("小明"));
    world.receiver.answers.push(401, 401, 401, 401);
    await world.advance(60);
    await world.control("DELETE", "/chaos");
    await world.advance(600);
    const [notification] = JSON.parse((await world.control("GET", "/notifications")).text);
    const kinds = notification.attempts.map((attempt: { fault: string | null }) => attempt.fault);
    expect(kinds.slice(0, 4).every((kind: string) => ["drop", "forge"].includes(kind))).toBe(true);
    const { injected } = (await world.control("GET", "/chaos")).json;
    const counts = Object.values(injected as Record<string, number>);
    expect(counts.reduce((sum, count) => sum + count)).toBe(
      kinds.filter((kind: string | null) => kind !== null).length,
    );
  });

  it.each([
    ["an unknown name", { seed: 1, rates: { "query.nonsense": 0.1 } }],
    ["a kind that means nothing there", { seed: 1, rates: { "jsapi.flipped_tag": 0.1 } }],
    ["more than every call", { seed: 1, rates: { "query.drop": 0.6, "query.timeout": 0.6 } }],
    ["a negative rate", { seed: 1, rates: { "query.drop": -0.1 } }],
    ["an empty range", { seed: 1, rates: {}, delayMs: { min: 2, max: 1 } }],
    ["no seed", { rates: {} }],
  ])("refuses %s", async (_name, body) => {
    expect((await start(body)).status).toBe(400);
  });
});
