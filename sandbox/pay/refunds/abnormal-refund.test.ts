import { constants, createPublicKey, publicEncrypt } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openNotify } from "../../testing/notify-reader";
import { createRefundRequests } from "../../testing/refund-requests";
import { startTestWorld, type TestWorld } from "../../testing/world";

/** An ABNORMAL refund goes another way: to a card, whose number and name travel encrypted. */

let world: TestWorld;
let openid: string;
beforeAll(async () => {
  world = await startTestWorld();
  openid = await world.createPersona("阿强");
});
afterAll(() => world.close());

const { bodyOf, refund, query } = createRefundRequests(() => world);

async function createAbnormalRefund(outTradeNo: string): Promise<string> {
  await world.payOrder(outTradeNo, openid);
  await world.control("POST", "/refund-outcomes", { status: "ABNORMAL" });
  const accepted = await refund(bodyOf(outTradeNo, `R-${outTradeNo}`));
  await world.advance(2);
  return String(accepted.json.refund_id);
}

function encrypt(text: string, pem = world.keys.publicKeyPem): string {
  const key = createPublicKey(pem);
  const options = { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha1" };
  return publicEncrypt(options, Buffer.from(text)).toString("base64");
}

const cardOf = (outTradeNo: string) => ({
  out_refund_no: `R-${outTradeNo}`,
  type: "USER_BANK_CARD",
  bank_type: "CMB_DEBIT",
  bank_account: encrypt("6225880137060403"),
  real_name: encrypt("王小明"),
});
const apply = (refundId: string, body: unknown, serial: string | null = world.keys.publicKeyId) =>
  world.call(
    "POST",
    `/v3/refund/domestic/refunds/${refundId}/apply-abnormal-refund`,
    body,
    serial ? { "Wechatpay-Serial": serial } : {},
  );

describe("an ABNORMAL refund", () => {
  it("to the user's card: PROCESSING again, then SUCCESS on that card", async () => {
    const refundId = await createAbnormalRefund("CARD000001");
    const applied = await apply(refundId, cardOf("CARD000001"));
    expect(applied.json).toMatchObject({ status: "PROCESSING", refund_id: refundId });
    const arrivedBefore = world.receiver.received.length;
    await world.advance(2);
    expect((await query("R-CARD000001")).json).toMatchObject({
      status: "SUCCESS",
      channel: "OTHER_BANKCARD",
      user_received_account: "招商银行借记卡0403",
    });
    const notify = world.receiver.received[arrivedBefore];
    if (!notify) throw new Error("nothing was notified");
    expect(openNotify(world.keys, notify)).toMatchObject({
      refund_status: "SUCCESS",
      user_received_account: "招商银行借记卡0403",
    });
  });

  it("to the merchant's account needs no card and no key", async () => {
    const refundId = await createAbnormalRefund("CARD000002");
    const body = { out_refund_no: "R-CARD000002", type: "MERCHANT_BANK_CARD" };
    expect((await apply(refundId, body, null)).json.status).toBe("PROCESSING");
    await world.advance(2);
    expect((await query("R-CARD000002")).json.user_received_account).toBe("商户银行账户");
  });

  it("asked for again with the same card is the same; with another it is refused", async () => {
    const refundId = await createAbnormalRefund("CARD000003");
    await apply(refundId, cardOf("CARD000003"));
    // Encrypted afresh: the cipher text differs, the card does not.
    expect((await apply(refundId, cardOf("CARD000003"))).status).toBe(200);
    const other = { ...cardOf("CARD000003"), bank_account: encrypt("6225880137069999") };
    expect((await apply(refundId, other)).json.code).toBe("INVALID_REQUEST");
  });
});

describe("what is refused", () => {
  it("a refund that is not ABNORMAL, or is another", async () => {
    await world.payOrder("CARD000004", openid);
    const accepted = await refund(bodyOf("CARD000004", "R-CARD000004"));
    const refundId = String(accepted.json.refund_id);
    const early = await apply(refundId, cardOf("CARD000004"));
    expect([early.status, early.json.code]).toEqual([400, "INVALID_REQUEST"]);
    const unknown = await apply("50300000000000", cardOf("CARD000004"));
    expect([unknown.status, unknown.json.code]).toEqual([404, "RESOURCE_NOT_EXISTS"]);
  });

  it("a card that is missing, unknown, in plain text, or encrypted to another key", async () => {
    const refundId = await createAbnormalRefund("CARD000005");
    const card = cardOf("CARD000005");
    const { bank_account, ...withoutNumber } = card;
    const fieldOf = async (body: unknown) =>
      ((await apply(refundId, body)).json.detail as { field: string }).field;
    expect(await fieldOf(withoutNumber)).toBe("/bank_account");
    expect(await fieldOf({ ...card, bank_type: "CMB_CREDIT" })).toBe("/bank_type");
    expect(await fieldOf({ ...card, real_name: "王小明" })).toBe("/real_name");
    const foreign = encrypt("6225880137060403", world.keys.platformCertificatePem);
    expect(await fieldOf({ ...card, bank_account: foreign })).toBe("/bank_account");
    expect((await apply(refundId, card, null)).json.code).toBe("PARAM_ERROR");
    expect((await query("R-CARD000005")).json.status).toBe("ABNORMAL");
  });
});
