import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Sandbox } from "../sandbox";
import { createState, type Order, type Refund, type SandboxState } from "../state";
import { importPayments } from "../testing/bills";
import { startTestWorld, type TestWorld } from "../testing/world";
import { availableFen, canRefund, countPayment } from "./funds";

/** What the merchant has: counted as it happens, equal to what a full count says. */

const OPENING_FEN = 1_000_000;

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld();
});
afterAll(() => world.close());

const readFunds = async () => Number((await world.control("GET", "/funds")).json.availableFen);

describe("control API", () => {
  it("counts payments less fees and refunds less theirs, however they came", async () => {
    expect(await readFunds()).toBe(OPENING_FEN);
    const openid = await world.createPersona("小明");
    await world.payOrder("FUNDS00001", openid);
    expect(await readFunds()).toBe(OPENING_FEN + 99);
    await importPayments(world, [{ outTradeNo: "FUNDS00002", at: "2026-01-01T08:00:00+08:00" }]);
    expect(await readFunds()).toBe(OPENING_FEN + 198);
    await world.call("POST", "/v3/refund/domestic/refunds", {
      out_trade_no: "FUNDS00001",
      out_refund_no: "R-FUNDS00001",
      amount: { refund: 100, total: 100, currency: "CNY" },
    });
    expect(await readFunds()).toBe(OPENING_FEN + 99);
  });

  it("takes deposits and withdrawals of what is there", async () => {
    const before = await readFunds();
    await world.control("POST", "/funds", { depositFen: 500 });
    expect(await readFunds()).toBe(before + 500);
    const tooMuch = await world.control("POST", "/funds", { withdrawFen: before + 501 });
    expect([tooMuch.status, tooMuch.json.code]).toEqual([409, "not_enough"]);
    await world.control("POST", "/funds", { withdrawFen: before + 500 });
    expect(await readFunds()).toBe(0);
    expect((await world.control("POST", "/funds", {})).status).toBe(400);
    const both = { depositFen: 1, withdrawFen: 1 };
    expect((await world.control("POST", "/funds", both)).status).toBe(400);
  });

  it("starts anew after a reset", async () => {
    await world.control("POST", "/reset");
    expect(await readFunds()).toBe(OPENING_FEN);
  });
});

describe("the running sums", () => {
  const createSandbox = (state: SandboxState) => ({ state, clock: { now: () => 0 } }) as Sandbox;

  function addOrder(sandbox: Sandbox, outTradeNo: string, amountFen: number): Order {
    const order = { outTradeNo, amountFen, paidAtMs: 1, outRefundNos: [] as string[] } as Order;
    sandbox.state.orders.set(outTradeNo, order);
    countPayment(sandbox, order);
    return order;
  }

  function addRefund(sandbox: Sandbox, order: Order, amountFen: number): Refund {
    const outRefundNo = `${order.outTradeNo}-${order.outRefundNos.length}`;
    const { outTradeNo } = order;
    const status = "PROCESSING";
    const refund = { outRefundNo, outTradeNo, amountFen, status, createdAtMs: 2 } as Refund;
    sandbox.state.refunds.set(outRefundNo, refund);
    order.outRefundNos.push(outRefundNo);
    return refund;
  }

  it("a closed refund gives its money back, once, whatever it was looked at before", () => {
    const sandbox = createSandbox(createState("http://app"));
    const order = addOrder(sandbox, "A", 100);
    const refund = addRefund(sandbox, order, 100);
    expect(availableFen(sandbox)).toBe(OPENING_FEN);
    refund.status = "ABNORMAL";
    expect(availableFen(sandbox)).toBe(OPENING_FEN);
    refund.status = "CLOSED";
    refund.closedAtMs = 3;
    expect([availableFen(sandbox), availableFen(sandbox)]).toEqual([1_000_099, 1_000_099]);
    // Never looked at while it was open.
    const unseen = addRefund(sandbox, addOrder(sandbox, "B", 100), 100);
    unseen.status = "CLOSED";
    expect(availableFen(sandbox)).toBe(OPENING_FEN + 198);
  });

  it("the last fen can be refunded because its fee comes back, and not a fen more", () => {
    const state = createState("http://app");
    state.settings.openingBalanceFen = 0;
    const sandbox = createSandbox(state);
    const order = addOrder(sandbox, "A", 100);
    expect(availableFen(sandbox)).toBe(99);
    expect(canRefund(sandbox, 100, order)).toBe(true);
    expect(canRefund(sandbox, 100)).toBe(false);
    addRefund(sandbox, addOrder(sandbox, "B", 100), 100);
    state.settings.openingBalanceFen = -1;
    expect(canRefund(sandbox, 100, order)).toBe(false);
  });

  it("equals a count from nothing after a thousand random steps (seed 20261122)", () => {
    let seed = 20_261_122;
    const draw = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((seed / 2_147_483_648) * below);
    };
    const sandbox = createSandbox(createState("http://app"));
    const orders: Order[] = [];
    for (let step = 0; step < 1_000; step += 1) {
      const order = orders[draw(orders.length + 1)];
      if (!order) orders.push(addOrder(sandbox, `O${step}`, 1 + draw(500)));
      else {
        const refund = addRefund(sandbox, order, 1 + draw(order.amountFen));
        const status = (["PROCESSING", "SUCCESS", "CLOSED", "ABNORMAL"] as const)[draw(4)];
        if (draw(2)) availableFen(sandbox);
        refund.status = status ?? "PROCESSING";
        refund.closedAtMs = status === "CLOSED" ? 3 : null;
      }
    }
    // Maps of its own: nothing is remembered about them.
    const { state } = sandbox;
    const copy = { ...state, orders: new Map(state.orders), refunds: new Map(state.refunds) };
    expect(availableFen(sandbox)).toBe(availableFen(createSandbox(copy)));
  });
});
