import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openNotify, parseNotify } from "../../testing/notify-reader";
import { createRefundRequests } from "../../testing/refund-requests";
import { startTestWorld, type TestWorld } from "../../testing/world";

/** How a refund can end besides well, who decides it, and what the limits are (wechat.md §1.12). */

let world: TestWorld;
let openid: string;
beforeAll(async () => {
  world = await startTestWorld();
  openid = await world.createPersona("阿强");
});
afterAll(() => world.close());

const { bodyOf, refund, query } = createRefundRequests(() => world);
const decide = (outcome: Record<string, unknown>) =>
  world.control("POST", "/refund-outcomes", outcome);
const finish = (outRefundNo: string, status: string) =>
  world.control("POST", `/refunds/${encodeURIComponent(outRefundNo)}/finish`, { status });
const expectCode = (answer: { status: number; json: Record<string, unknown> }) =>
  expect([answer.status, answer.json.code]);

describe("outcomes decided beforehand", () => {
  it.each([
    ["ABNORMAL", "退款异常"],
    ["CLOSED", "退款关闭"],
  ])(
    "F17 a refund that becomes %s says so, in the query and by notify",
    async (status, summary) => {
      const outTradeNo = `END${status}01`;
      await world.payOrder(outTradeNo, openid);
      await decide({ status, delaySeconds: 3_600 });
      await refund(bodyOf(outTradeNo, `R-${outTradeNo}`));
      await world.advance(3_000);
      expect((await query(`R-${outTradeNo}`)).json.status).toBe("PROCESSING");
      const arrivedBefore = world.receiver.received.length;
      await world.advance(601);
      const done = await query(`R-${outTradeNo}`);
      expect(done.json.status).toBe(status);
      expect(done.json).not.toHaveProperty("success_time");
      const [notify, ...rest] = world.receiver.received.slice(arrivedBefore);
      if (!notify) throw new Error("nothing was notified");
      expect(rest).toEqual([]);
      expect(parseNotify(notify)).toMatchObject({ event_type: `REFUND.${status}`, summary });
      expect(openNotify(world.keys, notify)).toMatchObject({
        refund_status: status,
        out_refund_no: `R-${outTradeNo}`,
        user_received_account: "支付用户零钱",
      });
    },
  );

  it("are used first in, first out, one that names an order only by it", async () => {
    for (const outTradeNo of ["OUTCOME001", "OUTCOME002", "OUTCOME003"]) {
      await world.payOrder(outTradeNo, openid);
    }
    await decide({ outTradeNo: "OUTCOME002", status: "CLOSED" });
    await decide({ status: "ABNORMAL" });
    for (const outTradeNo of ["OUTCOME001", "OUTCOME002", "OUTCOME003"]) {
      await refund(bodyOf(outTradeNo, `R-${outTradeNo}`));
    }
    await world.advance(2);
    const ends = await Promise.all(
      ["R-OUTCOME001", "R-OUTCOME002", "R-OUTCOME003"].map(async (no) => (await query(no)).json),
    );
    expect(ends.map((end) => end.status)).toEqual(["ABNORMAL", "CLOSED", "SUCCESS"]);
    expect((await world.control("GET", "/refund-outcomes")).text).toBe("[]");
  });
});

describe("decided by hand", () => {
  it("a refund under way ends at once, and the planned end no longer comes", async () => {
    await world.payOrder("BYHAND0001", openid);
    await refund(bodyOf("BYHAND0001", "R|BYHAND*0001"));
    expect((await finish("R|BYHAND*0001", "ABNORMAL")).json.status).toBe("ABNORMAL");
    await world.advance(60);
    expect((await query("R|BYHAND*0001")).json.status).toBe("ABNORMAL");
    expect((await finish("R|BYHAND*0001", "SUCCESS")).json.status).toBe("SUCCESS");
    expect((await query("R|BYHAND*0001")).json).toHaveProperty("success_time");
  });

  it("what has ended well cannot end otherwise", async () => {
    await world.payOrder("BYHAND0002", openid);
    await refund(bodyOf("BYHAND0002", "R-BYHAND0002"));
    await world.advance(2);
    expectCode(await finish("R-BYHAND0002", "CLOSED")).toEqual([409, "conflict"]);
    expectCode(await finish("R-NEVER", "CLOSED")).toEqual([404, "not_found"]);
  });
});

describe("a CLOSED refund", () => {
  it("answers its repeats as CLOSED, never pays, and frees the money for a new number", async () => {
    await world.payOrder("CLOSED0001", openid);
    await decide({ status: "CLOSED" });
    const first = await refund(bodyOf("CLOSED0001", "R-CLOSED0001"));
    await world.advance(61);
    const again = await refund(bodyOf("CLOSED0001", "R-CLOSED0001"));
    expect(again.json).toMatchObject({ status: "CLOSED", refund_id: first.json.refund_id });
    const path = `/v3/pay/transactions/out-trade-no/CLOSED0001?mchid=${world.keys.mchId}`;
    expect((await world.call("GET", path)).json.trade_state).toBe("SUCCESS");
    expect((await refund(bodyOf("CLOSED0001", "R-CLOSED0001-2"))).json.status).toBe("PROCESSING");
    expect((await world.call("GET", path)).json.trade_state).toBe("REFUND");
  });
});

describe("what is refused", () => {
  it("NOT_ENOUGH without money in the account; with it, the same number succeeds", async () => {
    await world.payOrder("POOR000001", openid);
    const { availableFen } = (await world.control("GET", "/funds")).json;
    await world.control("POST", "/funds", { withdrawFen: availableFen });
    expectCode(await refund(bodyOf("POOR000001", "R-POOR000001"))).toEqual([403, "NOT_ENOUGH"]);
    expectCode(await query("R-POOR000001")).toEqual([404, "RESOURCE_NOT_EXISTS"]);
    await world.control("POST", "/funds", { depositFen: availableFen });
    expect((await refund(bodyOf("POOR000001", "R-POOR000001"))).status).toBe(200);
  });

  it("USER_ACCOUNT_ABNORMAL for a payer whose account is frozen", async () => {
    const frozen = await world.createPersona("冻结的人");
    await world.payOrder("FROZEN0001", frozen);
    const thaw = (isAccountAbnormal: boolean) =>
      world.control("PATCH", `/personas/${frozen}`, { isAccountAbnormal });
    await thaw(true);
    const refused = await refund(bodyOf("FROZEN0001", "R-FROZEN0001"));
    expectCode(refused).toEqual([403, "USER_ACCOUNT_ABNORMAL"]);
    await thaw(false);
    expect((await refund(bodyOf("FROZEN0001", "R-FROZEN0001"))).status).toBe(200);
  });

  it("the fifty-first part of an order", async () => {
    await world.payOrder("FIFTY00001", openid);
    for (let part = 1; part <= 50; part += 1) {
      const answer = await refund(bodyOf("FIFTY00001", `R-FIFTY-${part}`, 1));
      expect(answer.status).toBe(200);
      await world.sandbox.clock.advance(61_000);
    }
    const answer = await refund(bodyOf("FIFTY00001", "R-FIFTY-51", 1));
    expect(answer.json).toMatchObject({ code: "INVALID_REQUEST", message: "部分退款次数超过限制" });
  });
});

describe("a lost answer", () => {
  it("F15 a refund whose answer was lost is found by its number, once", async () => {
    await world.payOrder("LOST000001", openid);
    await world.control("POST", "/faults", { endpoint: "refund", kind: "error_after_effect" });
    expect((await refund(bodyOf("LOST000001", "R-LOST000001"))).status).toBe(500);
    const again = await refund(bodyOf("LOST000001", "R-LOST000001"));
    expect(again.json.status).toBe("PROCESSING");
    const list = JSON.parse((await world.control("GET", "/refunds?outTradeNo=LOST000001")).text);
    expect(list).toHaveLength(1);
  });
});
