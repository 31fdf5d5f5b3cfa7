import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { createAuthorization, type TestWorld, type WireAnswer } from "./world";

/** Puts the sandbox's clock on this moment, ISO 8601. */
export function setClock(world: TestWorld, instant: string): void {
  world.sandbox.clock.setOffset(Date.parse(instant) - Date.now());
}

export const tradeBillPath = (date: string, type = "ALL") =>
  `/v3/bill/tradebill?bill_date=${date}&bill_type=${type}&tar_type=GZIP`;
export const fundBillPath = (date: string, account = "BASIC") =>
  `/v3/bill/fundflowbill?bill_date=${date}&account_type=${account}&tar_type=GZIP`;

/** Fetches a `download_url` as the merchant must: signed over path and query, without a body. */
export async function download(world: TestWorld, downloadUrl: string): Promise<Response> {
  const { pathname, search } = new URL(downloadUrl);
  const request = { method: "GET", url: pathname + search };
  return fetch(downloadUrl, {
    headers: {
      Accept: "*/*",
      "User-Agent": "sandbox-test/1.0",
      Authorization: createAuthorization(world.keys, request, world.sandbox.clock.now()),
    },
  });
}

/** Asks for a bill, fetches it and checks its hash; the text without compression. */
export async function fetchBill(world: TestWorld, path: string): Promise<string> {
  const answer = await world.call("GET", path);
  if (answer.status !== 200) throw new Error(`bill ${answer.status} ${answer.text}`);
  const bytes = await readFile(await download(world, String(answer.json.download_url)));
  const plain = path.includes("tar_type=GZIP") ? gunzipSync(bytes) : bytes;
  const sha1 = createHash("sha1").update(plain).digest("hex");
  if (sha1 !== answer.json.hash_value) throw new Error("the bill's hash is wrong");
  return plain.toString("utf8");
}

export async function readFile(response: Response): Promise<Buffer> {
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
  return Buffer.from(await response.arrayBuffer());
}

/** Imports paid orders of ¥1 each; `times` are ISO 8601. */
export function importPayments(
  world: TestWorld,
  payments: { outTradeNo: string; at: string; amountFen?: number; description?: string }[],
): Promise<WireAnswer> {
  return world.control("POST", "/import", {
    transactions: payments.map(({ outTradeNo, at, amountFen = 100, description = "微互助" }) => ({
      outTradeNo,
      transactionId: `4200-${outTradeNo}`,
      openid: "oPayer",
      amountFen,
      successTime: at,
      description,
    })),
  });
}

/** The cells of a bill's rows, without header and summary. */
export function readRows(text: string): string[][] {
  const lines = text.split("\r\n").slice(1, -3);
  return lines.map((line) => line.slice(1).split(",`"));
}
