import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createWechatPay } from "@/lib/wechat/pay/client";
import { SAMPLE_BILL } from "@/lib/wechat/testing/bills";
import { errorOf, isSignatureGood, makeClient } from "@/lib/wechat/testing/fixtures";
import {
  makeConfig,
  NOW,
  type Peer,
  type Reply,
  signedReply,
  startPeer,
} from "@/lib/wechat/testing/peer";

let peer: Peer;
beforeEach(async () => {
  peer = await startPeer();
});
afterEach(() => peer.close());

const FILE_PATH = "/v3/billdownload/file?token=g44bIUH1GyQt-lJ_FHRM%2FLny|*";
const FILE = gzipSync(SAMPLE_BILL.text);
const EXPIRED = { status: 400, body: '{"code":"INVALID_REQUEST","message":"x"}' };

interface Story {
  sha1?: string;
  url?: string;
  description?: () => Reply;
  file?: () => Reply;
}

/** WeChat with one bill; the file is unsigned, as files are. */
function respondWith(story: Story = {}): void {
  const description = {
    hash_type: "SHA1",
    hash_value: story.sha1 ?? SAMPLE_BILL.sha1,
    download_url: story.url ?? peer.baseUrl + FILE_PATH,
  };
  const file = story.file ?? (() => ({ status: 200, body: FILE }));
  peer.respond(({ path }) => {
    if (path.startsWith("/v3/billdownload/")) return file();
    return story.description?.() ?? signedReply(description);
  });
}

const download = () => makeClient(peer).downloadTradeBill("2026-03-01");
const paths = () => peer.requests.map(({ path }) => path);
const sha1Of = (bytes: string | Buffer) => createHash("sha1").update(bytes).digest("hex");

describe("a bill is described, fetched, hashed and unfolded", () => {
  it("with both requests signed over what is sent (wechat.md §1.2)", async () => {
    respondWith();
    expect(await download()).toEqual(SAMPLE_BILL);
    expect(paths()).toEqual([
      "/v3/bill/tradebill?bill_date=2026-03-01&bill_type=ALL&tar_type=GZIP",
      FILE_PATH,
    ]);
    expect(peer.requests.every((request) => request.method === "GET")).toBe(true);
    expect(peer.requests.every(isSignatureGood)).toBe(true);
    expect(peer.requests[1]?.headers).toMatchObject({ "user-agent": "weihuzhu/1" });
  });

  it.each(["BASIC", "OPERATION", "FEES"] as const)("of the account %s", async (account) => {
    respondWith();
    expect(await makeClient(peer).downloadFundBill("2026-03-01", account)).toEqual(SAMPLE_BILL);
    expect(paths()[0]).toBe(
      `/v3/bill/fundflowbill?account_type=${account}&bill_date=2026-03-01&tar_type=GZIP`,
    );
    expect(peer.requests.every(isSignatureGood)).toBe(true);
  });

  it.each([
    ["over the decompressed bytes, in upper case", { sha1: SAMPLE_BILL.sha1.toUpperCase() }],
    ["over the compressed bytes", { sha1: sha1Of(FILE) }],
    ["of a file that arrives unfolded", { file: () => ({ status: 200, body: SAMPLE_BILL.text }) }],
  ])("with the hash %s", async (_, story) => {
    respondWith(story);
    expect(await download()).toMatchObject({ text: SAMPLE_BILL.text });
  });

  it("beyond the size of an ordinary answer", async () => {
    const text = Array.from({ length: 20_000 }, (_, index) => `${sha1Of(String(index))}\n`).join(
      "",
    );
    const body = gzipSync(text);
    expect(body.byteLength).toBeGreaterThan(256 * 1024);
    respondWith({ sha1: sha1Of(text), file: () => ({ status: 200, body }) });
    expect((await download())?.text).toBe(text);
  });
});

describe("what WeChat says instead", () => {
  it.each(["NO_STATEMENT_EXIST", "NOSTATEMENTEXIST"])("%s: there is no bill", async (code) => {
    respondWith({ description: () => ({ status: 400, body: JSON.stringify({ code }) }) });
    expect(await download()).toBeNull();
    expect(peer.requests).toHaveLength(1);
  });

  it("F24 STATEMENT_CREATING is the caller's to wait for", async () => {
    respondWith({ description: () => ({ status: 400, body: '{"code":"STATEMENT_CREATING"}' }) });
    const error = await errorOf(download());
    expect(error.hasCode("STATEMENT_CREATING")).toBe(true);
    expect(error.outcome).toBe("refused");
    expect(peer.requests).toHaveLength(1);
  });

  it("F24 an address that is spent is replaced once", async () => {
    let count = 0;
    respondWith({
      file: () => {
        count += 1;
        return count === 1 ? EXPIRED : { status: 200, body: FILE };
      },
    });
    expect(await download()).toEqual(SAMPLE_BILL);
    expect(peer.requests).toHaveLength(4);
  });

  it("an address that is spent twice is an error", async () => {
    respondWith({ file: () => EXPIRED });
    expect(await errorOf(download())).toMatchObject({
      outcome: "refused",
      code: "INVALID_REQUEST",
    });
    expect(peer.requests).toHaveLength(4);
  });

  it("NO_AUTH for the file is not cured by another address", async () => {
    respondWith({ file: () => ({ status: 403, body: '{"code":"NO_AUTH"}' }) });
    expect(await errorOf(download())).toMatchObject({ outcome: "refused", code: "NO_AUTH" });
    expect(peer.requests).toHaveLength(2);
  });

  it("a description that is not signed names no file", async () => {
    respondWith({
      description: () => ({
        status: 200,
        body: JSON.stringify({
          hash_type: "SHA1",
          hash_value: SAMPLE_BILL.sha1,
          download_url: peer.baseUrl + FILE_PATH,
        }),
      }),
    });
    expect(await errorOf(download())).toMatchObject({ outcome: "unknown", reason: "unverified" });
    expect(peer.requests).toHaveLength(1);
  });
});

describe("no signature leaves for a stranger", () => {
  it.each([
    ["another host", () => "https://evil.example/v3/billdownload/file?token=x"],
    ["another scheme", () => peer.baseUrl.replace("http:", "https:") + FILE_PATH],
    ["a longer port", () => `${peer.baseUrl}0${FILE_PATH}`],
    ["a user name that looks like the host", () => `${peer.baseUrl}@evil.example${FILE_PATH}`],
    ["a host that begins alike", () => `${peer.baseUrl}.evil.example${FILE_PATH}`],
    ["a backslash for a slash", () => `${peer.baseUrl}\\@evil.example/`],
    [
      "WeChat's own host, while talking to another",
      () => `https://api.mch.weixin.qq.com${FILE_PATH}`,
    ],
    ["a path alone", () => FILE_PATH],
    ["a line feed in it", () => `${peer.baseUrl}/v3/bill\n?token=x`],
    ["a fragment", () => `${peer.baseUrl}${FILE_PATH}#x`],
  ])("%s", async (_, makeUrl) => {
    respondWith({ url: makeUrl() });
    const error = await errorOf(download());
    expect(error).toMatchObject({ outcome: "unknown", reason: "foreign_address" });
    expect(peer.requests).toHaveLength(1);
  });
});

describe("F24 a file that is not the one announced is never returned", () => {
  it.each([
    ["other bytes", gzipSync(`${SAMPLE_BILL.text} `), "bad_hash"],
    ["another bill, unfolded", Buffer.from("交易时间\n"), "bad_hash"],
    ["nothing", Buffer.alloc(0), "bad_hash"],
    ["half a file", FILE.subarray(0, FILE.byteLength / 2), "malformed"],
    ["a file with a bit flipped", flipped(FILE), "malformed"],
  ])("%s", async (_, body, reason) => {
    respondWith({ file: () => ({ status: 200, body }) });
    expect(await errorOf(download())).toMatchObject({ outcome: "unknown", reason });
    expect(peer.requests).toHaveLength(2);
  });

  it("one that is not UTF-8", async () => {
    const bytes = Buffer.from([0xbd, 0xbb, 0xd2, 0xd7]);
    respondWith({ sha1: sha1Of(bytes), file: () => ({ status: 200, body: gzipSync(bytes) }) });
    expect(await errorOf(download())).toMatchObject({ outcome: "unknown", reason: "malformed" });
  });

  it("one that unfolds without end", async () => {
    const body = gzipSync(Buffer.alloc(64 * 1024 * 1024 + 1, 32));
    expect(body.byteLength).toBeLessThan(256 * 1024);
    respondWith({ file: () => ({ status: 200, body }) });
    expect(await errorOf(download())).toMatchObject({ outcome: "unknown", reason: "too_large" });
  });
});

it.each(["20260301", "2026-3-1", "2026-02-30", "2026-03-01&bill_type=REFUND"])(
  "a bill of %s is not asked for",
  async (billDate) => {
    const pay = makeClient(peer);
    await expect(pay.downloadTradeBill(billDate)).rejects.toBeInstanceOf(RangeError);
    await expect(pay.downloadFundBill(billDate, "BASIC")).rejects.toBeInstanceOf(RangeError);
    expect(peer.requests).toHaveLength(0);
  },
);

it("each request is one line of the log, and a bad hash is the download's", async () => {
  const lines: object[] = [];
  const pay = createWechatPay(makeConfig(peer.baseUrl), {
    now: () => NOW,
    newNonce: () => "N",
    log: (event, fields) => lines.push({ event, ...fields }),
  });
  respondWith({ sha1: "0".repeat(40) });
  await errorOf(pay.downloadTradeBill("2026-03-01"));
  expect(lines).toMatchObject([
    { event: "wechat_pay.call", operation: "describe_trade_bill", outcome: "answered" },
    { event: "wechat_pay.call", operation: "download_bill", reason: "bad_hash", httpStatus: 200 },
  ]);
  expect(JSON.stringify(lines)).not.toContain("token");
});

function flipped(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  const middle = Math.floor(copy.byteLength / 2);
  copy[middle] = (copy[middle] ?? 0) ^ 1;
  return copy;
}
