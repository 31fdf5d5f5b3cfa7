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

interface DemoPolicy {
  code: string;
  label: string;
  name: string;
  /** Region and birth date of an invented ID number; the check digit is calculated. */
  idNumber: string;
  /** Days ago at which unit 1 was paid. */
  startedDaysAgo: number;
  /** Gifts a day, from the first day on. */
  giftsByDay: readonly number[];
}

const DEMO_POLICIES: readonly DemoPolicy[] = [
  {
    code: "DemoXiaoyu000000000037",
    label: "小雨：收集中，37 格",
    name: "王小雨",
    idNumber: "11010519920615002",
    startedDaysAgo: 18,
    giftsByDay: [6, 8, 3, 2, 2, 1, 0, 3, 1, 2, 0, 1, 2, 1, 0, 1, 1, 1, 1],
  },
  {
    code: "DemoHaisheng0000000046",
    label: "海生：第 90 天，明天开始逐格算数",
    name: "陈海生",
    idNumber: "32010219880302101",
    startedDaysAgo: 90,
    giftsByDay: [9, 7, 5, 4, 4, 3, 3, 2, 2, 1, 1, 1, 1, 1, 1],
  },
  {
    code: "DemoMinghui00000000100",
    label: "明慧：满 100 格",
    name: "刘明慧",
    idNumber: "51010419950923204",
    startedDaysAgo: 95,
    giftsByDay: [18, 15, 12, 9, 8, 7, 6, 5, 4, 4, 3, 3, 2, 1, 1, 1],
  },
  {
    code: "DemoJianguo00000000012",
    label: "建国：一格 ¥300，12 格",
    name: "赵建国",
    idNumber: "21020319800512305",
    startedDaysAgo: 6,
    giftsByDay: [4, 3, 2, 1, 0, 1],
  },
  {
    code: "DemoAlin00000000000001",
    label: "小林：刚开始，1 格",
    name: "周林",
    idNumber: "44030519990718403",
    startedDaysAgo: 0,
    giftsByDay: [],
  },
];

const GIVEN_NAMES = [..."海川云溪安宁晨曦星宇若初知行沐阳子墨清和书言一诺景明思远南风听雨怀瑾"];
const SURNAMES = [..."李张杨黄吴徐孙马朱胡林郭何高罗郑梁谢宋唐"];
const WISHES = [
  "别怕，我们都在",
  "平平安安",
  "",
  "下次一起爬山",
  "",
  "健健康康",
  "一格是一格",
  "",
  "加油",
  "春天见",
];

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Rows that do not depend on chance: the same friends with the same openids on every machine. */
function demoOpenid(nickname: string): string {
  return `o${createHash("sha256").update(nickname).digest("base64url").slice(0, 27)}`;
}

function friendName(index: number): string {
  const surname = SURNAMES[index % SURNAMES.length];
  const given = GIVEN_NAMES.slice((index * 2) % GIVEN_NAMES.length).slice(0, 1 + (index % 2));
  return `${surname}${given.join("")}${index >= 60 ? `·${String.fromCharCode(65 + (index % 26))}` : ""}`;
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
  await nameUser(deps, owner.userId, demo.name.slice(-2));
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
    for (let gift = 0; gift < gifts; gift += 1, friend += 1) {
      const at = start.getTime() + day * DAY_MS + (gift + 1) * 17 * MINUTE_MS;
      clock.at = new Date(Math.min(at, deps.now().getTime() - MINUTE_MS));
      await seedGift(past, demo.code, friend, clock.at);
    }
  }
}

async function seedGift(deps: Deps, code: string, friend: number, at: Date): Promise<void> {
  const nickname = friendName(friend % 140);
  const openid = demoOpenid(nickname);
  const { userId } = await signIn(deps, { openid, unionid: null });
  await nameUser(deps, userId, nickname);
  const { order } = await createContribution(deps, {
    code,
    userId,
    idempotencyKey: `demo-${code.slice(0, 12)}-${friend}`,
    input: { message: WISHES[friend % WISHES.length], anonymous: friend % 7 === 3 },
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
