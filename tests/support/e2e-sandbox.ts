/** The sandbox's control API (design §7), as the browser tests use it. */

export interface Person {
  openid: string;
  nickname: string;
}

export interface Transaction {
  outTradeNo: string;
  tradeState: string;
  openid: string;
  amountFen: number;
  refundedFen: number;
  prepayIds: string[];
}

const DAY_SECONDS = 86_400;
/** Shanghai is eight hours ahead all year round. */
const SHANGHAI_OFFSET_SECONDS = 8 * 3_600;

function addressOf(variable: "APP_URL" | "SANDBOX_URL"): string {
  const url = process.env[variable];
  if (!url) throw new Error(`${variable} is set by the global set-up (tests/support/e2e-world.ts)`);
  return url;
}

export const appUrl = () => addressOf("APP_URL");
export const sandboxUrl = () => addressOf("SANDBOX_URL");

async function control<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(`${sandboxUrl()}/__sandbox${path}`, {
    method,
    headers: body === undefined ? {} : { "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`sandbox ${method} ${path}: ${response.status} ${text}`);
  return (text === "" ? null : JSON.parse(text)) as Answer;
}

/** A WeChat user whom nobody has met yet. */
export function createPerson(nickname: string, isSnapshotUser = false): Promise<Person> {
  return control("POST", "/personas", { nickname, isSnapshotUser });
}

/** Somebody who lives in this WeChat already, such as the people of the demonstration. */
export async function findPerson(nickname: string): Promise<Person> {
  const person = (await control<Person[]>("GET", "/personas")).find(
    (one) => one.nickname === nickname,
  );
  if (!person) throw new Error(`nobody in the sandbox is called ${nickname}`);
  return person;
}

/** The address that makes a phone this person's and then opens `path` of the app. */
export function becomeUrl(person: Person, path: string): string {
  const query = new URLSearchParams({ openid: person.openid, next: `${appUrl()}${path}` });
  return `${sandboxUrl()}/__sandbox/become?${query}`;
}

/** The same, signed in on arrival. */
export function signedInUrl(person: Person, path: string): string {
  return becomeUrl(person, `/api/auth/wechat?next=${encodeURIComponent(path)}`);
}

/** What a person does at the cashier without a page: `pay_silently` tells no page either. */
export function decideAtCashier(
  decision: { prepayId: string; openid: string },
  action: "pay" | "cancel" | "pay_silently",
): Promise<{ tradeState: string }> {
  return control("POST", "/cashier", { ...decision, action });
}

/** Everything that WeChat ever ordered for this person, oldest first. */
export async function listTransactions(person: Person): Promise<Transaction[]> {
  const all = await control<Transaction[]>("GET", "/transactions");
  return all.filter((transaction) => transaction.openid === person.openid);
}

/** A 订阅通知 as it stands on the person's phone. */
export interface PhoneMessage {
  title: string;
  /** What a tap on it opens. */
  page: string;
  lines: { label: string; value: string }[];
}

/** What has arrived on this person's phone, oldest first. */
export const listMessages = (person: Person): Promise<PhoneMessage[]> =>
  control("GET", `/messages?openid=${person.openid}`);

/** The HTTP statuses with which the app answered WeChat's notifications; null for no answer. */
export async function listNotifyStatuses(
  outTradeNos: readonly string[],
): Promise<(number | null)[]> {
  const all = await control<{ outTradeNo: string; attempts: { status: number | null }[] }[]>(
    "GET",
    "/notifications",
  );
  return all
    .filter(({ outTradeNo }) => outTradeNos.includes(outTradeNo))
    .flatMap(({ attempts }) => attempts.map(({ status }) => status));
}

export function addFault(fault: {
  endpoint: string;
  kind: string;
  count?: number;
  outTradeNo?: string;
}): Promise<unknown> {
  return control("POST", "/faults", fault);
}

/** The time at WeChat and, because the app follows it, in the app. */
export async function readNow(): Promise<Date> {
  return new Date((await control<{ now: string }>("GET", "/clock")).now);
}

/** Moves the one clock of the world; tests only ever put it forward. */
export async function advanceSeconds(seconds: number): Promise<void> {
  await control("POST", "/clock", { advanceSeconds: seconds });
}

/** Leaves the minute before midnight in Shanghai, so that "today" is one day for a whole test. */
export async function leaveMidnight(): Promise<void> {
  const localSeconds = (await readNow()).getTime() / 1_000 + SHANGHAI_OFFSET_SECONDS;
  const leftSeconds = DAY_SECONDS - (localSeconds % DAY_SECONDS);
  if (leftSeconds < 60) await advanceSeconds(leftSeconds + 1);
}

/** To a time of day in Shanghai, `days` calendar days from today; 0 days may not lie in the past. */
export async function advanceToShanghai(
  days: number,
  time: { hour: number; minute: number },
): Promise<void> {
  const nowSeconds = (await readNow()).getTime() / 1_000;
  const local = nowSeconds + SHANGHAI_OFFSET_SECONDS;
  const midnight = local - (local % DAY_SECONDS);
  const target = midnight + days * DAY_SECONDS + time.hour * 3_600 + time.minute * 60;
  if (target < local) throw new Error("the clock of the world is only put forward");
  await advanceSeconds(target - local);
}

/** Leaves the hours in which nobody is reminded (R47), with an hour of the day to spare. */
export async function leaveNight(): Promise<void> {
  const localSeconds = (await readNow()).getTime() / 1_000 + SHANGHAI_OFFSET_SECONDS;
  const hour = (localSeconds % DAY_SECONDS) / 3_600;
  if (hour < 8) await advanceToShanghai(0, { hour: 8, minute: 1 });
  else if (hour >= 21) await advanceToShanghai(1, { hour: 8, minute: 1 });
}
