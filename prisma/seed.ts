/**
 * The published plan for every environment and, with --demo, a small world to look at: policies at
 * different fills, one full, one in its 90th day. Demo rows are made by the product's own verbs on a
 * moved clock, so that they obey every rule and the audit finds nothing; the same payments are then
 * given to the sandbox, so that its books agree. Running it again changes nothing.
 */
import { createHash } from "node:crypto";
import { createContribution } from "@/lib/contributions/create-contribution";
import { createDeps, type Deps } from "@/lib/deps";
import { environment } from "@/lib/env/env";
import { publicConfig } from "@/lib/env/public";
import { signIn } from "@/lib/identity/sign-in";
import { createLogger } from "@/lib/log/logger";
import { settlePayment } from "@/lib/payments/settle-payment";
import { HEALTH_QUESTIONS } from "@/lib/plans/content/health-questions";
import { publishPlan } from "@/lib/plans/publish-plan";
import { getCurrentPlan } from "@/lib/plans/queries";
import { applyForPolicy } from "@/lib/policies/apply-for-policy";
import type { WechatPay } from "@/lib/wechat/pay/types";
import { DEMO_POLICIES, type DemoPolicy, friendName, nicknameOf, WISHES } from "./demo-people";
import { seedGame } from "./seed-game";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Rows that do not depend on chance: the same friends with the same openids on every machine. */
function demoOpenid(nickname: string): string {
  return `o${createHash("sha256").update(nickname).digest("base64url").slice(0, 27)}`;
}

/** ISO 7064 MOD 11-2 over the first 17 digits (R1). */
function withCheckDigit(digits: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  return digits + "10X98765432"[sum % 11];
}

/** The demo's payments were made in the past: nothing is ordered at WeChat for them. */
function demoDeps(deps: Deps, clock: { at: Date }): Deps {
  const pay: WechatPay = {
    ...deps.pay,
    prepayJsapi: async ({ outTradeNo }) => ({ prepayId: `wxdemo${outTradeNo}` }),
  };
  return { ...deps, pay, now: () => clock.at };
}

async function payNow(deps: Deps, outTradeNo: string, openid: string, at: Date): Promise<void> {
  const transactionId = `42${createHash("sha256").update(outTradeNo).digest("hex").replace(/\D/g, "").padEnd(26, "0").slice(0, 26)}`;
  await settlePayment(
    deps,
    {
      outTradeNo,
      transactionId,
      tradeState: "SUCCESS",
      appId: deps.config.appId,
      mchId: deps.config.mchId,
      amountFen: 100,
      currency: "CNY",
      openid,
      successAt: at,
      attach: null,
    },
    "query",
  );
}

async function seedPolicy(deps: Deps, demo: DemoPolicy, firstFriend: number): Promise<void> {
  const known = await deps.db.prisma.policy.findUnique({
    where: { code: demo.code },
    select: { id: true },
  });
  if (known) return;
  const start = new Date(deps.now().getTime() - demo.startedDaysAgo * DAY_MS - 40 * MINUTE_MS);
  const clock = { at: start };
  const past = demoDeps(deps, clock);
  const plan = await getCurrentPlan(past);
  const openid = demoOpenid(demo.name);
  const owner = await signIn(past, { openid, unionid: null });
  await nameUser(deps, owner.userId, nicknameOf(demo.name));
  const applied = await applyForPolicy(past, {
    userId: owner.userId,
    idempotencyKey: `demo-${demo.code}`,
    input: {
      name: demo.name,
      idNumber: withCheckDigit(demo.idNumber),
      phone: "13800000000",
      planVersion: plan.version,
      healthAnswers: Object.fromEntries(HEALTH_QUESTIONS.map(({ id }) => [id, false])),
      documents: Object.fromEntries(
        plan.documents.map(({ kind, sha256 }) => [kind, sha256]),
      ) as never,
      consents: { sensitiveData: true },
    },
  });
  await deps.db.prisma.policy.update({
    where: { code: applied.policyCode },
    data: { code: demo.code },
  });
  await payNow(past, applied.order.outTradeNo, openid, clock.at);
  let friend = firstFriend;
  for (const [day, gifts] of demo.giftsByDay.entries()) {
    const strangers = Array.from({ length: gifts }, () => strangerGift(friend++));
    const known = demo.knownGifts.filter((gift) => gift.day === day).map(knownGift);
    for (const [index, gift] of [...strangers, ...known].entries()) {
      const at = start.getTime() + day * DAY_MS + (index + 1) * 17 * MINUTE_MS;
      clock.at = new Date(Math.min(at, deps.now().getTime() - MINUTE_MS));
      await seedGift(past, demo.code, gift, clock.at);
    }
  }
}

interface DemoGift {
  openid: string;
  nickname: string;
  key: string;
  message: string | undefined;
  anonymous: boolean;
}

function strangerGift(friend: number): DemoGift {
  const nickname = friendName(friend % 140);
  return {
    openid: demoOpenid(nickname),
    nickname,
    key: `${friend}`,
    message: WISHES[friend % WISHES.length],
    anonymous: friend % 7 === 3,
  };
}

/** Of somebody who has a policy of the demonstration too. */
function knownGift({ name, message }: DemoPolicy["knownGifts"][number]): DemoGift {
  const openid = demoOpenid(name);
  return { openid, nickname: nicknameOf(name), key: openid.slice(1, 9), message, anonymous: false };
}

async function seedGift(deps: Deps, code: string, gift: DemoGift, at: Date): Promise<void> {
  const { openid, nickname, key, message, anonymous } = gift;
  const { userId } = await signIn(deps, { openid, unionid: null });
  await nameUser(deps, userId, nickname);
  const { order } = await createContribution(deps, {
    code,
    userId,
    idempotencyKey: `demo-${code.slice(0, 12)}-${key}`,
    input: { message, anonymous },
  });
  await payNow(deps, order.outTradeNo, openid, at);
}

async function nameUser(deps: Deps, userId: string, nickname: string): Promise<void> {
  await deps.db.prisma.user.update({ where: { id: userId }, data: { nickname } });
}

/** Gives the sandbox the demo's people and payments; it keeps what it knows already. */
async function fillSandbox(deps: Deps, sandboxUrl: string): Promise<void> {
  const users = await deps.db.prisma.user.findMany({
    select: { openid: true, nickname: true, _count: { select: { policies: true } } },
    where: { nickname: { not: null } },
    take: 500,
  });
  const orders = await deps.db.prisma.order.findMany({
    where: { prepayId: { startsWith: "wxdemo" }, transactionId: { not: null } },
    select: {
      outTradeNo: true,
      transactionId: true,
      payerOpenid: true,
      amountFen: true,
      paidAt: true,
      description: true,
    },
    take: 1_000,
  });
  const response = await fetch(`${sandboxUrl}/__sandbox/import`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      personas: users.map(({ _count, ...user }) => ({ ...user, isPrincipal: _count.policies > 0 })),
      transactions: orders.map(({ payerOpenid, paidAt, ...order }) => ({
        ...order,
        openid: payerOpenid,
        successTime: paidAt?.toISOString(),
      })),
    }),
  });
  if (!response.ok)
    throw new Error(`the sandbox refused the demo's payments: ${await response.text()}`);
}

export interface SeedResult {
  urls: { label: string; path: string }[];
}

export async function seed(
  deps: Deps,
  options: { demo: boolean; isDemonstration: boolean; sandboxUrl: string | null },
): Promise<SeedResult> {
  await deps.clock.refresh();
  await publishPlan(deps.db, deps.now(), { isDemonstration: options.isDemonstration });
  if (!options.demo) return { urls: [] };
  let firstFriend = 0;
  for (const demo of DEMO_POLICIES) {
    await seedPolicy(deps, demo, firstFriend);
    firstFriend += 23;
    await seedGame(deps, demo);
  }
  if (options.sandboxUrl) await fillSandbox(deps, options.sandboxUrl);
  return { urls: DEMO_POLICIES.map(({ code, label }) => ({ label, path: `/p/${code}` })) };
}

if (import.meta.url === `file://${process.argv[1]}`) {
  // Standard output is for the result, which a program reads.
  const log = createLogger("warn", (line) => process.stderr.write(line));
  const deps = createDeps(environment(), { log });
  const result = await seed(deps, {
    demo: process.argv.includes("--demo"),
    isDemonstration: publicConfig().insurer.isDemonstration,
    sandboxUrl: environment().WECHAT_SANDBOX_URL ?? null,
  });
  await deps.db.close();
  console.log(JSON.stringify(result));
}
