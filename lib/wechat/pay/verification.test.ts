import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createWechatPay } from "@/lib/wechat/pay/client";
import { WechatPayError } from "@/lib/wechat/pay/errors";
import { makeCertificatePem } from "@/lib/wechat/testing/certificate";
import {
  encryptGcm,
  makeConfig,
  NOW,
  type Peer,
  PLATFORM_SERIAL,
  platformKeys,
  type Reply,
  signedHeaders,
  signedReply,
  startPeer,
} from "@/lib/wechat/testing/peer";

let peer: Peer;
let now: Date;
beforeEach(async () => {
  peer = await startPeer();
  now = NOW;
});
afterEach(() => peer.close());

const ANSWER = {
  appid: "wx2421b1c4370ec43b",
  mchid: "1900007291",
  out_trade_no: "W20260301_0001",
  trade_state: "NOTPAY",
};

const seconds = (count: number) => new Date(NOW.getTime() + count * 1000);

function client(keys: "public_key" | "platform" = "public_key") {
  const overrides = keys === "platform" ? { publicKeyId: null, publicKeyPem: null } : {};
  return createWechatPay(makeConfig(peer.baseUrl, overrides), {
    now: () => now,
    newNonce: () => "593BEC0C930BF1AFEB40B4A08C8FB242",
  });
}

async function outcomeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return "accepted";
  } catch (error) {
    if (!(error instanceof WechatPayError)) throw error;
    return `${error.outcome} ${error.reason}`;
  }
}

function certificateList(options: { announced?: string; validUntil?: Date } = {}): string {
  const pem = makeCertificatePem({
    serial: PLATFORM_SERIAL,
    ...platformKeys,
    validUntil: options.validUntil ?? new Date("2030-01-01T00:00:00Z"),
  });
  return JSON.stringify({
    data: [
      {
        serial_no: options.announced ?? PLATFORM_SERIAL,
        effective_time: "2025-01-01T00:00:00+08:00",
        expire_time: "2030-01-01T08:00:00+08:00",
        encrypt_certificate: {
          algorithm: "AEAD_AES_256_GCM",
          associated_data: "certificate",
          ...encryptGcm(pem, { associatedData: "certificate" }),
        },
      },
    ],
  });
}

describe("every 2xx must carry a signature that holds (wechat.md §1.3)", () => {
  const body = JSON.stringify(ANSWER);
  const without = (name: string): Reply => {
    const { [name]: _, ...headers } = signedHeaders(body);
    return { status: 200, body, headers };
  };

  it.each([
    ["signed", signedReply(body), "accepted"],
    ["300 s old", signedReply(body, { at: seconds(-300) }), "accepted"],
    ["301 s old", signedReply(body, { at: seconds(-301) }), "unknown unverified"],
    ["300 s ahead", signedReply(body, { at: seconds(300) }), "accepted"],
    ["301 s ahead", signedReply(body, { at: seconds(301) }), "unknown unverified"],
    ["unsigned", { status: 200, body }, "unknown unverified"],
    ["without serial", without("Wechatpay-Serial"), "unknown unverified"],
    ["without nonce", without("Wechatpay-Nonce"), "unknown unverified"],
    ["changed after signing", { ...signedReply(body), body: `${body} ` }, "unknown bad_signature"],
    [
      "under a public key we do not have",
      signedReply(body, { serial: "PUB_KEY_ID_0119" }),
      "unknown unverified",
    ],
    [
      "with a time that is not seconds",
      { status: 200, body, headers: { ...signedHeaders(body), "Wechatpay-Timestamp": "now" } },
      "unknown unverified",
    ],
  ] as [string, Reply, string][])("%s", async (_, reply, expected) => {
    peer.respond(() => reply);
    expect(await outcomeOf(client().findTransaction(ANSWER.out_trade_no))).toBe(expected);
  });

  it("an unsigned 204 does not close anything", async () => {
    peer.respond(() => ({ status: 204 }));
    const closing = client().closeOrder(ANSWER.out_trade_no);
    expect(await outcomeOf(closing)).toBe("unknown unverified");
  });

  it("a probe is discarded and the call repeated once (SIGNTEST)", async () => {
    const probe = signedReply(body, { signature: "WECHATPAY/SIGNTEST/abcd" });
    peer.respond(() => (peer.requests.length === 1 ? probe : signedReply(body)));
    const found = await client().findTransaction(ANSWER.out_trade_no);
    expect(found?.tradeState).toBe("NOTPAY");
    expect(peer.requests).toHaveLength(2);
  });

  it("a signature that never holds leaves the outcome unknown after two requests", async () => {
    peer.respond(() => signedReply(body, { signature: "WECHATPAY/SIGNTEST/abcd" }));
    const finding = client().findTransaction(ANSWER.out_trade_no);
    expect(await outcomeOf(finding)).toBe("unknown bad_signature");
    expect(peer.requests).toHaveLength(2);
  });
});

describe("platform certificates (wechat.md §1.4)", () => {
  const find = (pay = client("platform")) => pay.findTransaction(ANSWER.out_trade_no);
  const countFetches = () =>
    peer.requests.filter((request) => request.path === "/v3/certificates").length;
  const respondWith = (list: () => Reply, serial = PLATFORM_SERIAL) =>
    peer.respond((request) =>
      request.path === "/v3/certificates"
        ? list()
        : signedReply(ANSWER, { by: "platform", serial, at: now }),
    );

  it("an unknown serial fetches them once, for everybody who waits", async () => {
    respondWith(() => signedReply(certificateList(), { by: "platform" }));
    const pay = client("platform");
    await Promise.all([find(pay), find(pay), find(pay)]);
    await find(pay);
    expect(countFetches()).toBe(1);
    expect(peer.requests.every((request) => !request.headers["wechatpay-serial"])).toBe(true);
  });

  it("in public-key mode an answer signed with a certificate is good as well", async () => {
    respondWith(() => signedReply(certificateList()));
    expect((await find(client("public_key")))?.tradeState).toBe("NOTPAY");
    expect(countFetches()).toBe(1);
  });

  it.each([
    ["an unsigned list", () => ({ status: 200, body: certificateList() })],
    [
      "a list signed by a stranger",
      () => signedReply(certificateList(), { serial: PLATFORM_SERIAL }),
    ],
    [
      "a list whose certificates do not decrypt",
      () =>
        signedReply(certificateList().replace('"certificate"', '"certificates"'), {
          by: "platform",
        }),
    ],
    [
      "a list signed under a serial that is not in it",
      () => signedReply(certificateList(), { by: "platform", serial: "C".repeat(40) }),
    ],
    [
      "an expired certificate",
      () =>
        signedReply(certificateList({ validUntil: new Date("2026-02-01T00:00:00Z") }), {
          by: "platform",
        }),
    ],
    [
      "the refusal a new merchant gets",
      () => ({
        status: 404,
        body: '{"code":"RESOURCE_NOT_EXISTS","message":"无可用的平台证书"}',
      }),
    ],
  ] as [string, () => Reply][])("%s proves nothing", async (_, list) => {
    respondWith(list);
    expect(await outcomeOf(find())).toBe("unknown unverified");
  });

  it("a certificate announced under another serial proves nothing", async () => {
    const announced = PLATFORM_SERIAL.replace(/^7/, "6");
    const list = certificateList({ announced });
    respondWith(() => signedReply(list, { by: "platform", serial: announced }), announced);
    expect(await outcomeOf(find())).toBe("unknown unverified");
  });

  it("invented serials do not become requests: one fetch a minute", async () => {
    respondWith(() => signedReply(certificateList(), { by: "platform", at: now }));
    const pay = client("platform");
    await find(pay);
    const invented = "A".repeat(40);
    const open = () =>
      pay.openNotification(
        new Headers(signedHeaders("{}", { by: "platform", serial: invented, at: now })),
        Buffer.from("{}"),
      );
    await expect(open()).rejects.toMatchObject({ reason: "unknown_serial" });
    now = seconds(59);
    await expect(open()).rejects.toMatchObject({ reason: "unknown_serial" });
    expect(countFetches()).toBe(1);
    now = seconds(60);
    await expect(open()).rejects.toMatchObject({ reason: "unknown_serial" });
    expect(countFetches()).toBe(2);
  });

  it("after a failure the next message tries again within seconds", async () => {
    respondWith(() => ({ status: 500 }));
    const pay = client("platform");
    expect(await outcomeOf(find(pay))).toBe("unknown unverified");
    respondWith(() => signedReply(certificateList(), { by: "platform", at: now }));
    expect(await outcomeOf(find(pay))).toBe("unknown unverified");
    now = seconds(3);
    expect(await outcomeOf(find(pay))).toBe("accepted");
  });

  it("they are refreshed after ten hours without holding anybody up (F13)", async () => {
    respondWith(() => signedReply(certificateList(), { by: "platform", at: now }));
    const pay = client("platform");
    await find(pay);
    now = seconds(10 * 3600);
    expect(await outcomeOf(find(pay))).toBe("accepted");
    await expect.poll(countFetches).toBe(2);
  });
});
