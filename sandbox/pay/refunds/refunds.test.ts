import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decryptResource, type EncryptedResource } from "../../crypto";
import { startTestWorld, type TestWorld } from "../../testing/world";

/** Money back (wechat.md §1.12): accepted first, done later, the same number is the same refund. */

const REFUNDS = "/v3/refund/domestic/refunds";

let world: TestWorld;
let openid: string;
beforeAll(async () => {
  world = await startTestWorld();
  openid = await world.createPersona("阿强");
});
afterAll(() => world.close());

const refundOf = (outTradeNo: string, outRefundNo: string, refundFen = 100) => ({
  out_trade_no: outTradeNo,
  out_refund_no: outRefundNo,
  notify_url: `${world.receiver.url}/refund-notify`,
  amount: { refund: refundFen, total: 100, currency: "CNY" },
});
const refund = (body: unknown) => world.call("POST", REFUNDS, body);
const queryRefund = (outRefundNo: string) => world.call("GET", `${REFUNDS}/${outRefundNo}`);

describe("refunds", () => {
  it("200 means accepted; success comes later, with a notify that says refund_status", async () => {
    await world.payOrder("REFUND0001", openid);
    const accepted = await refund(refundOf("REFUND0001", "R-REFUND0001"));
    expect(accepted.status).toBe(200);
    expect(accepted.json).toMatchObject({
      status: "PROCESSING",
      channel: "ORIGINAL",
      out_refund_no: "R-REFUND0001",
      amount: { total: 100, refund: 100, payer_refund: 100, currency: "CNY" },
    });
    expect(accepted.json).not.toHaveProperty("success_time");

    const arrivedBefore = world.receiver.received.length;
    await world.advance(2);
    const done = await queryRefund("R-REFUND0001");
    expect(done.json).toMatchObject({ status: "SUCCESS", refund_id: accepted.json.refund_id });
    const notify = JSON.parse(world.receiver.received[arrivedBefore]?.body ?? "{}") as {
      event_type: string;
      resource: EncryptedResource & { original_type: string };
    };
    expect(notify.event_type).toBe("REFUND.SUCCESS");
    expect(notify.resource.original_type).toBe("refund");
    expect(JSON.parse(decryptResource(notify.resource, world.keys.apiV3Key))).toMatchObject({
      refund_status: "SUCCESS",
      out_refund_no: "R-REFUND0001",
      amount: { total: 100, refund: 100, payer_total: 100, payer_refund: 100 },
    });
    const path = `/v3/pay/transactions/out-trade-no/REFUND0001?mchid=${world.keys.mchId}`;
    expect((await world.call("GET", path)).json.trade_state).toBe("REFUND");
  });

  it("the same number again is the same refund; with another amount it is refused", async () => {
    await world.payOrder("REFUND0002", openid);
    const first = await refund(refundOf("REFUND0002", "R-REFUND0002"));
    const again = await refund(refundOf("REFUND0002", "R-REFUND0002"));
    expect(again.json.refund_id).toBe(first.json.refund_id);
    const other = await refund(refundOf("REFUND0002", "R-REFUND0002", 50));
    expect([other.status, other.json.code]).toEqual([400, "INVALID_REQUEST"]);
  });

  it("parts add up to the payment and no further, a minute apart", async () => {
    await world.payOrder("REFUND0003", openid);
    expect((await refund(refundOf("REFUND0003", "R-REFUND0003-1", 60))).status).toBe(200);
    const tooSoon = await refund(refundOf("REFUND0003", "R-REFUND0003-2", 40));
    expect(tooSoon.json.code).toBe("FREQUENCY_LIMITED");
    await world.advance(61);
    const tooMuch = await refund(refundOf("REFUND0003", "R-REFUND0003-3", 41));
    expect(tooMuch.json.code).toBe("INVALID_REQUEST");
    expect((await refund(refundOf("REFUND0003", "R-REFUND0003-2", 40))).status).toBe(200);
  });

  it("an unpaid or unknown order, and an unknown refund, are RESOURCE_NOT_EXISTS", async () => {
    await world.prepay("REFUND0004", openid);
    for (const outTradeNo of ["REFUND0004", "NEVER00001"]) {
      const answer = await refund(refundOf(outTradeNo, `R-${outTradeNo}`));
      expect([answer.status, answer.json.code]).toEqual([404, "RESOURCE_NOT_EXISTS"]);
    }
    expect((await queryRefund("R-NEVER")).status).toBe(404);
  });

  it("attach and a missing currency are refused with the field", async () => {
    const body = refundOf("REFUND0001", "R-REFUND0005");
    const attach = await refund({ ...body, attach: "x" });
    expect(attach.json.detail).toMatchObject({ field: "/attach" });
    const currency = await refund({ ...body, amount: { refund: 100, total: 100 } });
    expect(currency.json.detail).toMatchObject({ field: "/amount/currency" });
  });

  it("after a year it is too late", async () => {
    await world.payOrder("REFUND0006", openid);
    await world.advance(366 * 86_400);
    const answer = await refund(refundOf("REFUND0006", "R-REFUND0006"));
    expect(answer.json.code).toBe("TRADE_OVERDUE");
  });

  it("NOT_ENOUGH can be ordered, and the same number succeeds afterwards", async () => {
    await world.payOrder("REFUND0007", openid);
    const fault = { endpoint: "refund", kind: "error", status: 403, code: "NOT_ENOUGH" };
    await world.control("POST", "/faults", fault);
    const poor = await refund(refundOf("REFUND0007", "R-REFUND0007"));
    expect([poor.status, poor.json.code]).toEqual([403, "NOT_ENOUGH"]);
    expect((await refund(refundOf("REFUND0007", "R-REFUND0007"))).status).toBe(200);
  });
});
