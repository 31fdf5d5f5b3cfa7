import { describe, expect, it } from "vitest";
import { createWechatPay } from "@/lib/wechat/pay/client";
import { encryptGcm, makeConfig, NOW, signedHeaders } from "@/lib/wechat/testing/peer";

/** Nobody listens there: a notification in public-key mode needs no network. */
const pay = createWechatPay(makeConfig("http://127.0.0.1:9"), {
  now: () => NOW,
  newNonce: () => "593BEC0C930BF1AFEB40B4A08C8FB242",
});

const TRANSACTION = {
  mchid: "1900007291",
  appid: "wx2421b1c4370ec43b",
  out_trade_no: "W20260301_0001",
  transaction_id: "4200000925202603017714292000",
  trade_state: "SUCCESS",
  success_time: "2026-03-01T20:01:02+08:00",
  payer: { openid: "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o" },
  amount: { total: 100, payer_total: 100, currency: "CNY", payer_currency: "CNY" },
};

function envelope(
  plain: unknown,
  options: { originalType?: string; associatedData?: string | null; eventType?: string } = {},
): string {
  const { originalType = "transaction", associatedData = "transaction" } = options;
  return JSON.stringify({
    id: "EV-2018022511223320873",
    create_time: "2026-03-01T20:01:03+08:00",
    resource_type: "encrypt-resource",
    event_type: options.eventType ?? "TRANSACTION.SUCCESS",
    summary: "支付成功",
    resource: {
      original_type: originalType,
      algorithm: "AEAD_AES_256_GCM",
      ...(associatedData === null ? {} : { associated_data: associatedData }),
      ...encryptGcm(JSON.stringify(plain), { associatedData: associatedData ?? "" }),
    },
  });
}

function open(body: string, headers: Record<string, string> = signedHeaders(body)) {
  return pay.openNotification(new Headers(headers), Buffer.from(body));
}

describe("a notification that holds", () => {
  it.each(["transaction", "", null])("with associated data %j", async (associatedData) => {
    expect(await open(envelope(TRANSACTION, { associatedData }))).toEqual({
      id: "EV-2018022511223320873",
      eventType: "TRANSACTION.SUCCESS",
      kind: "transaction",
      transaction: {
        outTradeNo: "W20260301_0001",
        transactionId: "4200000925202603017714292000",
        tradeState: "SUCCESS",
        appId: "wx2421b1c4370ec43b",
        mchId: "1900007291",
        amountFen: 100,
        currency: "CNY",
        openid: "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o",
        successAt: new Date("2026-03-01T12:01:02Z"),
        attach: null,
      },
    });
  });

  it("of a refund spells its status refund_status (wechat.md §1.12)", async () => {
    const refund = {
      mchid: "1900007291",
      out_trade_no: "W20260301_0001",
      transaction_id: "4200000925202603017714292000",
      out_refund_no: "R20260301_0001",
      refund_id: "50300806962026030105978994968",
      refund_status: "SUCCESS",
      success_time: "2026-03-01T20:05:00+08:00",
      user_received_account: "支付用户零钱",
      amount: { total: 100, refund: 100, payer_total: 100, payer_refund: 100 },
    };
    const opened = await open(
      envelope(refund, { originalType: "refund", eventType: "REFUND.SUCCESS" }),
    );
    expect(opened).toEqual({
      id: "EV-2018022511223320873",
      eventType: "REFUND.SUCCESS",
      kind: "refund",
      refund: {
        outRefundNo: "R20260301_0001",
        outTradeNo: "W20260301_0001",
        refundId: "50300806962026030105978994968",
        status: "SUCCESS",
        refundFen: 100,
        createdAt: null,
        successAt: new Date("2026-03-01T12:05:00Z"),
        receivedBy: "支付用户零钱",
      },
    });
  });

  it("of a kind we do not know yet is handed over, not refused", async () => {
    const opened = await open(envelope({ state: "SUCCESS" }, { originalType: "mch_payment" }));
    expect(opened).toMatchObject({
      kind: "other",
      originalType: "mch_payment",
      resource: { state: "SUCCESS" },
    });
  });

  it("with a wrong amount is WeChat's word all the same: judging it is not ours (F09)", async () => {
    const wrong = { ...TRANSACTION, amount: { total: 900, currency: "CNY" } };
    expect(await open(envelope(wrong))).toMatchObject({ transaction: { amountFen: 900 } });
  });

  it("is accepted at exactly 300 s on either side", async () => {
    const body = envelope(TRANSACTION);
    for (const skew of [-300, 300]) {
      const at = new Date(NOW.getTime() + skew * 1000);
      expect(await open(body, signedHeaders(body, { at }))).toMatchObject({ kind: "transaction" });
    }
  });
});

describe("refused", () => {
  const body = envelope(TRANSACTION);
  const at = (skew: number) => signedHeaders(body, { at: new Date(NOW.getTime() + skew * 1000) });
  const tamper = (change: (resource: Record<string, string>) => void) => {
    const parsed = JSON.parse(body);
    change(parsed.resource);
    return JSON.stringify(parsed);
  };
  const flippedTag = tamper((resource) => {
    const bytes = Buffer.from(resource.ciphertext ?? "", "base64");
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    resource.ciphertext = bytes.toString("base64");
  });

  it.each([
    ["no headers", body, {}, "missing_headers"],
    ["F08: 301 s old", body, at(-301), "stale"],
    ["301 s ahead", body, at(301), "stale"],
    [
      "F07: a probe",
      body,
      signedHeaders(body, { signature: "WECHATPAY/SIGNTEST/x" }),
      "bad_signature",
    ],
    [
      "F12: written again by a JSON parser",
      body.replaceAll('":', '": '),
      signedHeaders(body),
      "bad_signature",
    ],
    [
      "F13: a serial of an unknown kind",
      body,
      signedHeaders(body, { serial: "12345" }),
      "unknown_serial",
    ],
    [
      "a certificate's serial while WeChat cannot be reached",
      body,
      signedHeaders(body, { serial: "B".repeat(40) }),
      "certificates_unavailable",
    ],
    ["a flipped tag, re-signed", flippedTag, undefined, "bad_ciphertext"],
    [
      "other associated data, re-signed",
      tamper((resource) => {
        resource.associated_data = "refund";
      }),
      undefined,
      "bad_ciphertext",
    ],
    [
      "another algorithm",
      tamper((resource) => {
        resource.algorithm = "AEAD_SM4_GCM";
      }),
      undefined,
      "malformed",
    ],
    ["a signed body that is not JSON", "<xml/>", undefined, "malformed"],
    [
      "a signed transaction without a number",
      envelope({ trade_state: "SUCCESS" }),
      undefined,
      "malformed",
    ],
    ["F12: more than 64 kB", `${body}${" ".repeat(64 * 1024)}`, undefined, "too_large"],
  ] as [string, string, Record<string, string> | undefined, string][])(
    "%s",
    async (_, sent, headers, reason) => {
      await expect(open(sent, headers)).rejects.toMatchObject({
        name: "NotificationRefused",
        reason,
      });
    },
  );

  it("F12: bytes that are not UTF-8 hold as bytes, and then do not read", async () => {
    const bytes = Buffer.from([0x7b, 0xff, 0xfe, 0x7d]);
    const opening = pay.openNotification(new Headers(signedHeaders(bytes)), bytes);
    await expect(opening).rejects.toMatchObject({ reason: "malformed" });
  });
});
