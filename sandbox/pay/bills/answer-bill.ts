import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { randomAlphanumeric } from "../../random";
import type { Sandbox } from "../../sandbox";
import { remember } from "../../state";
import { HOUR_MS, MINUTE_MS } from "../../time";
import { PayError, REQUEST_ID_CODE } from "../errors";
import { createRateMeter, type RateMeter } from "../rate-meter";
import { type PayCall, UnsignedFile } from "../route";
import { type Bill, getBillKey } from "./bill";
import { type Day, formatDate, parseDay } from "./day";
import { FUND_ACCOUNTS } from "./fund-lines";
import { type BillRequest, findBill } from "./generate";
import { TRADE_BILL_TYPES } from "./trade-bill";

/** Yesterday's bill is there from 09:00 in Shanghai (wechat.md §1.13). */
const READY_AFTER_MS = 9 * HOUR_MS;
const MONTHS_KEPT = 3;
const DOWNLOAD_VALID_MS = 5 * MINUTE_MS;

const createInvalidRequest = (message: string) => new PayError(400, "INVALID_REQUEST", message);

/** The date three months before, as text that compares like a date; it need not be in the calendar. */
function getOldestDate(today: string): string {
  const [year = 0, month = 0, dayOfMonth = 0] = today.split("-").map(Number);
  const months = year * 12 + (month - 1) - MONTHS_KEPT;
  const pad = (value: number) => String(value).padStart(2, "0");
  return `${Math.floor(months / 12)}-${pad((months % 12) + 1)}-${pad(dayOfMonth)}`;
}

/** The day that is asked for, if there can be a bill of it by now. */
function readBillDay(sandbox: Sandbox, query: URLSearchParams): Day {
  const day = parseDay(query.get("bill_date") ?? "");
  if (!day) throw createInvalidRequest("账单日期格式错误，应为YYYY-MM-DD");
  const nowMs = sandbox.clock.now();
  const today = formatDate(nowMs);
  if (day.date >= today) throw createInvalidRequest("账单日期只能是当天之前的日期");
  if (day.date < getOldestDate(today)) throw createInvalidRequest("仅支持三个月内的账单下载申请");
  if (nowMs < day.endAtMs + READY_AFTER_MS) {
    throw new PayError(400, "STATEMENT_CREATING", "账单正在生成中，请稍后再试");
  }
  return day;
}

/** The value of a parameter that knows only these; the first is the default. */
function readChoice<Choice extends string>(
  query: URLSearchParams,
  name: string,
  choices: readonly [Choice, ...Choice[]],
): Choice {
  const value = query.get(name) ?? choices[0];
  const choice = choices.find((one) => one === value);
  if (!choice) throw createInvalidRequest(`参数${name}错误`);
  return choice;
}

function readIsGzip(query: URLSearchParams): boolean {
  const tarType = query.get("tar_type");
  if (tarType !== null && tarType !== "GZIP") throw createInvalidRequest("参数tar_type错误");
  return tarType === "GZIP";
}

/** The announced hash, or a false one while a `bad_hash` plant lasts. */
function takeHash(sandbox: Sandbox, bill: Bill): string {
  for (const plant of sandbox.state.billPlants) {
    if (plant.kind !== "bad_hash" || plant.count === 0) continue;
    if (plant.billDate !== bill.billDate || plant.bill !== bill.kind) continue;
    plant.count -= 1;
    plant.isApplied = true;
    return createHash("sha1").update(bill.sha1).digest("hex");
  }
  return bill.sha1;
}

function answerBill(sandbox: Sandbox, call: PayCall, request: BillRequest) {
  const isGzip = readIsGzip(call.query);
  const bill = findBill(sandbox, request);
  if (!bill) throw new PayError(400, "NO_STATEMENT_EXIST", "请求的账单文件不存在");
  const token = randomAlphanumeric(64);
  remember(sandbox.state.billDownloads, token, {
    billKey: getBillKey(bill.kind, bill.billDate, bill.type),
    isGzip,
    expiresAtMs: sandbox.clock.now() + DOWNLOAD_VALID_MS,
  });
  sandbox.touch();
  return {
    hash_type: "SHA1",
    hash_value: takeHash(sandbox, bill),
    download_url: `${call.origin}/v3/billdownload/file?token=${token}`,
  };
}

/** `GET /v3/bill/tradebill` (wechat.md §1.13). Throws PayError. */
export function answerTradeBill(sandbox: Sandbox, call: PayCall) {
  const day = readBillDay(sandbox, call.query);
  const type = readChoice(call.query, "bill_type", TRADE_BILL_TYPES);
  return answerBill(sandbox, call, { kind: "trade", day, type });
}

/** By sandbox; on its clock, so that a test can stand still in a second. */
const meters = new WeakMap<Sandbox, RateMeter>();

function assertRate(sandbox: Sandbox): void {
  const limit = sandbox.state.settings.billRatePerSecond;
  if (limit === null) return;
  const meter = meters.get(sandbox) ?? createRateMeter(() => sandbox.clock.now());
  meters.set(sandbox, meter);
  if (meter.countLastSecond() >= limit) {
    throw new PayError(429, "FREQUENCY_LIMITED", "频率超限，请降低请求频率后重试", {
      requestIdCode: REQUEST_ID_CODE.frequencyLimited,
    });
  }
  meter.add();
}

/** `GET /v3/bill/fundflowbill`, limited in rate as the real one is (wechat.md §1.13). */
export function answerFundBill(sandbox: Sandbox, call: PayCall) {
  assertRate(sandbox);
  const day = readBillDay(sandbox, call.query);
  const type = readChoice(call.query, "account_type", FUND_ACCOUNTS);
  return answerBill(sandbox, call, { kind: "fund", day, type });
}

/** `GET /v3/billdownload/file`: the file behind a `download_url`, for five minutes. */
export function answerDownload(sandbox: Sandbox, call: PayCall): UnsignedFile {
  const { billDownloads, bills } = sandbox.state;
  const download = billDownloads.get(call.query.get("token") ?? "");
  const bill = download && bills.get(download.billKey);
  if (!download || !bill || sandbox.clock.now() >= download.expiresAtMs) {
    throw createInvalidRequest("下载链接无效或已过期，请重新申请账单");
  }
  const gzip = Buffer.from(bill.gzipBase64, "base64");
  const bytes = new Uint8Array(download.isGzip ? gzip : gunzipSync(gzip));
  return new UnsignedFile(bytes, "application/octet-stream");
}
