import { constants, generateKeyPairSync, type KeyObject, privateDecrypt } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { WechatConfig } from "@/lib/wechat/config";
import { createWechatPay } from "@/lib/wechat/pay/client";
import { makeCertificatePem } from "@/lib/wechat/testing/certificate";
import { errorOf, isSignatureGood, makeClient, REFUND_ANSWER } from "@/lib/wechat/testing/fixtures";
import {
  encryptGcm,
  makeConfig,
  NOW,
  type Peer,
  PLATFORM_SERIAL,
  PUBLIC_KEY_ID,
  platformKeys,
  type Recorded,
  signedReply,
  startPeer,
  wechatKeys,
} from "@/lib/wechat/testing/peer";

let peer: Peer;
beforeEach(async () => {
  peer = await startPeer();
});
afterEach(() => peer.close());

const NUMBERS = { refundId: REFUND_ANSWER.refund_id, outRefundNo: REFUND_ANSWER.out_refund_no };
const CARD = {
  kind: "user_card",
  bankType: "ICBC_DEBIT",
  bankAccount: "6222021234567890123",
  realName: "张三",
} as const;
const PATH = `/v3/refund/domestic/refunds/${NUMBERS.refundId}/apply-abnormal-refund`;

function decrypt(base64: string, key: KeyObject): string {
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  const plain = privateDecrypt({ key, padding, oaepHash: "sha1" }, Buffer.from(base64, "base64"));
  return plain.toString("utf8");
}

function lastBody(): Record<string, string> {
  return JSON.parse(peer.requests.at(-1)?.body ?? "");
}

it("to the merchant's own account it carries two fields and nothing secret", async () => {
  peer.respond(() => signedReply(REFUND_ANSWER));
  const refund = await makeClient(peer).applyAbnormalRefund({
    ...NUMBERS,
    account: { kind: "merchant_card" },
  });
  expect(refund).toMatchObject({ ...NUMBERS, status: "PROCESSING" });
  const [request] = peer.requests as [Recorded];
  expect(`${request.method} ${request.path}`).toBe(`POST ${PATH}`);
  expect(lastBody()).toEqual({
    out_refund_no: NUMBERS.outRefundNo,
    type: "MERCHANT_BANK_CARD",
  });
  expect(isSignatureGood(request)).toBe(true);
});

it("to the payer's card, name and number are for WeChat's eyes, under the key it is told", async () => {
  peer.respond(() => signedReply(REFUND_ANSWER));
  await makeClient(peer).applyAbnormalRefund({ ...NUMBERS, account: CARD });
  const [request] = peer.requests as [Recorded];
  expect(request.headers["wechatpay-serial"]).toBe(PUBLIC_KEY_ID);
  expect(request.headers["content-type"]).toBe("application/json");
  expect(isSignatureGood(request)).toBe(true);
  const { bank_account: account = "", real_name: name = "", ...rest } = lastBody();
  expect(rest).toEqual({
    out_refund_no: NUMBERS.outRefundNo,
    type: "USER_BANK_CARD",
    bank_type: "ICBC_DEBIT",
  });
  expect(decrypt(account, wechatKeys.privateKey)).toBe(CARD.bankAccount);
  expect(decrypt(name, wechatKeys.privateKey)).toBe(CARD.realName);
});

it("a repeat after a probe carries the same bytes", async () => {
  let count = 0;
  peer.respond(() => {
    count += 1;
    return signedReply(REFUND_ANSWER, count === 1 ? { signature: "WECHATPAY/SIGNTEST/x" } : {});
  });
  await makeClient(peer).applyAbnormalRefund({ ...NUMBERS, account: CARD });
  expect(peer.requests).toHaveLength(2);
  expect(peer.requests[0]?.body).toBe(peer.requests[1]?.body);
});

describe("in platform-certificate mode (wechat.md §1.4)", () => {
  const olderKeys = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const futureKeys = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const certificate = (
    serial: string,
    keys: { publicKey: KeyObject; privateKey: KeyObject },
    validFrom: string,
  ) => ({
    serial_no: serial,
    encrypt_certificate: {
      algorithm: "AEAD_AES_256_GCM",
      associated_data: "certificate",
      ...encryptGcm(
        makeCertificatePem({
          serial,
          ...keys,
          validFrom: new Date(validFrom),
          validUntil: new Date("2030-01-01T00:00:00Z"),
        }),
        { associatedData: "certificate" },
      ),
    },
  });
  const list = {
    data: [
      certificate("1".repeat(40), olderKeys, "2021-01-01T00:00:00Z"),
      certificate(PLATFORM_SERIAL, platformKeys, "2026-01-01T00:00:00Z"),
      certificate("2".repeat(40), futureKeys, "2027-01-01T00:00:00Z"),
    ],
  };
  const makePlatformClient = (overrides: Partial<WechatConfig> = {}) =>
    createWechatPay(
      makeConfig(peer.baseUrl, { publicKeyId: null, publicKeyPem: null, ...overrides }),
      { now: () => NOW, newNonce: () => "593BEC0C930BF1AFEB40B4A08C8FB242" },
    );

  it("the newest certificate that is valid today encrypts, and its serial says so", async () => {
    peer.respond(({ path }) =>
      signedReply(path === "/v3/certificates" ? list : REFUND_ANSWER, { by: "platform" }),
    );
    await makePlatformClient().applyAbnormalRefund({ ...NUMBERS, account: CARD });
    const [fetched, request] = peer.requests as [Recorded, Recorded];
    expect(fetched.path).toBe("/v3/certificates");
    expect(request.headers["wechatpay-serial"]).toBe(PLATFORM_SERIAL);
    expect(decrypt(lastBody().real_name ?? "", platformKeys.privateKey)).toBe(CARD.realName);
    expect(peer.requests).toHaveLength(2);
  });

  it("without any certificate nothing is sent", async () => {
    peer.respond(() => ({ status: 404, body: '{"code":"RESOURCE_NOT_EXISTS","message":"x"}' }));
    const error = await errorOf(
      makePlatformClient().applyAbnormalRefund({ ...NUMBERS, account: CARD }),
    );
    expect(error).toMatchObject({ outcome: "unknown", reason: "no_encryption_key", code: null });
    expect(peer.requests.map(({ path }) => path)).toEqual(["/v3/certificates"]);
  });

  it("to the merchant's own account no key is needed", async () => {
    peer.respond(({ path }) =>
      signedReply(path === "/v3/certificates" ? list : REFUND_ANSWER, { by: "platform" }),
    );
    await makePlatformClient().applyAbnormalRefund({
      ...NUMBERS,
      account: { kind: "merchant_card" },
    });
    expect(peer.requests[0]?.path).toBe(PATH);
    expect(peer.requests[0]?.headers["wechatpay-serial"]).toBeUndefined();
  });
});

it.each([
  ["refund_id", "50300806962026030105978994969"],
  ["out_refund_no", "R20260301_0002"],
])("an answer with another %s is not an answer", async (field, value) => {
  peer.respond(() => signedReply({ ...REFUND_ANSWER, [field]: value }));
  const error = await errorOf(
    makeClient(peer).applyAbnormalRefund({ ...NUMBERS, account: { kind: "merchant_card" } }),
  );
  expect(error).toMatchObject({ outcome: "unknown", reason: "malformed" });
});

it.each([
  ["a refund id with a slash", { ...NUMBERS, refundId: "5030/../x" }, CARD],
  ["a card number with spaces", NUMBERS, { ...CARD, bankAccount: "6222 0212 3456" }],
  ["a bank nobody can read", NUMBERS, { ...CARD, bankType: "工商银行" }],
  ["a name of nothing", NUMBERS, { ...CARD, realName: "" }],
])("%s never leaves the house", async (_, numbers, account) => {
  const applying = makeClient(peer).applyAbnormalRefund({ ...numbers, account });
  await expect(applying).rejects.toBeInstanceOf(RangeError);
  expect(peer.requests).toHaveLength(0);
});

it("neither card nor name reaches the log or the error", async () => {
  const lines: string[] = [];
  const pay = createWechatPay(makeConfig(peer.baseUrl), {
    now: () => NOW,
    newNonce: () => "N",
    log: (event, fields) => lines.push(JSON.stringify({ event, ...fields })),
  });
  peer.respond(() => ({ status: 400, body: '{"code":"INVALID_REQUEST","message":"x"}' }));
  const error = await errorOf(pay.applyAbnormalRefund({ ...NUMBERS, account: CARD }));
  expect(error).toMatchObject({ outcome: "refused", code: "INVALID_REQUEST" });
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ operation: "apply_abnormal_refund" });
  for (const secret of [CARD.bankAccount, CARD.realName]) {
    expect(`${lines}${JSON.stringify(error)}${error.message}`).not.toContain(secret);
  }
});
