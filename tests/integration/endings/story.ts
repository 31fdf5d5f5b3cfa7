/** What people do to give money back, and what the books say of it. */
import { expect } from "vitest";
import type { PayableOrder } from "@/lib/payments/contract";
import type { Surrendered, SurrenderPreview } from "@/lib/policies/contract";
import { addDays, shanghaiDateOf, startOfShanghaiDay } from "@/lib/pricing/calendar";
import type { World } from "@/tests/support/world";
import {
  type Answer,
  advance,
  applyAndPay,
  call,
  type InsuredPolicy,
  type Person,
} from "@/tests/support/world-story";

export interface Gift {
  friend: Person;
  order: PayableOrder;
}

export const today = (world: World): string => shanghaiDateOf(world.deps.now());

/**
 * Far from every midnight, so that no test meets one by chance. Goes on to a day on which nothing has
 * happened yet.
 */
export async function goToNextNoon(world: World): Promise<void> {
  const noon = startOfShanghaiDay(addDays(today(world), 1)).getTime() + 12 * 3_600_000;
  await advance(world, (noon - world.deps.now().getTime()) / 1000);
}

/** The same time of day, so many days later. */
export const passDays = (world: World, days: number): Promise<void> =>
  advance(world, days * 86_400);

/** A policy issued at noon; the friend's units of the same day take effect with it. */
export async function issueAtNoon(world: World): Promise<InsuredPolicy> {
  await goToNextNoon(world);
  return applyAndPay(world);
}

export function withdraw(world: World, person: Person, outTradeNo: string): Promise<Answer> {
  return call(world, "POST", `/api/orders/${outTradeNo}/withdrawal`, { as: person, key: null });
}

export function refuse(
  world: World,
  { owner, code }: Pick<InsuredPolicy, "owner" | "code">,
  unit: { seq: number; endorsementNo: string },
): Promise<Answer> {
  return call(world, "POST", `/api/policies/${code}/units/${unit.seq}/refusal`, {
    as: owner,
    key: null,
    body: { endorsementNo: unit.endorsementNo },
  });
}

export async function previewSurrender(
  world: World,
  { owner, code }: Pick<InsuredPolicy, "owner" | "code">,
): Promise<SurrenderPreview> {
  const answer = await call(world, "GET", `/api/policies/${code}/surrender`, { as: owner });
  expect(answer.status, answer.text).toBe(200);
  return answer.json;
}

export function postSurrender(
  world: World,
  { owner, code }: Pick<InsuredPolicy, "owner" | "code">,
  seen: Pick<SurrenderPreview, "reason" | "totalFen">,
): Promise<Answer> {
  const { reason, totalFen } = seen;
  return call(world, "POST", `/api/policies/${code}/surrender`, {
    as: owner,
    key: null,
    body: { reason, totalFen },
  });
}

/** Looks, agrees, and gets what he saw. */
export async function surrender(
  world: World,
  policy: Pick<InsuredPolicy, "owner" | "code">,
): Promise<Surrendered> {
  const seen = await previewSurrender(world, policy);
  const answer = await postSurrender(world, policy, seen);
  expect(answer.status, answer.text).toBe(200);
  const { coolingOffUntil: _until, coverUntil: _last, ...promised } = seen;
  expect(answer.json).toEqual({ ...promised, endorsementNo: answer.json.endorsementNo });
  return answer.json;
}

export function previewDiagnosis(
  world: World,
  { owner, code }: Pick<InsuredPolicy, "owner" | "code">,
  diagnosedOn: string,
): Promise<Answer> {
  return call(world, "POST", `/api/policies/${code}/diagnosis/preview`, {
    as: owner,
    key: null,
    body: { diagnosedOn },
  });
}

export function reportDiagnosis(
  world: World,
  { owner, code }: Pick<InsuredPolicy, "owner" | "code">,
  body: { diagnosedOn: string; outcome: string },
): Promise<Answer> {
  return call(world, "POST", `/api/policies/${code}/diagnosis`, { as: owner, key: null, body });
}

/** The ledger's lines of an order, entry by entry in the order of time. */
export async function ledgerOf(world: World, outTradeNo: string): Promise<string[]> {
  const rows = await world.sql<{ line: string }>(
    `SELECT e.kind || ' ' || l.account || ' ' || l.amount_fen AS line
     FROM ledger_entries e JOIN ledger_postings l ON l.entry_id = e.id JOIN orders o ON o.id = e.order_id
     WHERE o.out_trade_no = $1 ORDER BY e.created_at, e.id, l.amount_fen DESC`,
    [outTradeNo],
  );
  return rows.map(({ line }) => line);
}

/** "001 unit_added +1000", oldest first. */
export async function endorsementsOf(world: World, code: string): Promise<string[]> {
  const rows = await world.sql<{ line: string }>(
    `SELECT right(e.number, 3) || ' ' || e.kind || ' ' || to_char(e.cover_delta_yuan, 'FMSG999990') AS line
     FROM endorsements e JOIN policies p ON p.id = e.policy_id WHERE p.code = $1 ORDER BY e.number`,
    [code],
  );
  return rows.map(({ line }) => line);
}

/** Numbers of the live units. */
export async function liveSeqs(world: World, code: string): Promise<number[]> {
  const rows = await world.sql<{ seq: number }>(
    `SELECT u.seq FROM units u JOIN policies p ON p.id = u.policy_id
     WHERE p.code = $1 AND u.status = 'active' ORDER BY 1`,
    [code],
  );
  return rows.map(({ seq }) => seq);
}

export async function policyRow(world: World, code: string) {
  const [row] = await world.sql<{
    status: string;
    ended_on: string | null;
    end_reason: string | null;
    units_paid: number;
    units_held: number;
  }>(
    `SELECT status, ended_on::text, end_reason, units_paid, units_held FROM policies WHERE code = $1`,
    [code],
  );
  return row;
}

/** Reason and amount of every refund of a policy, by the number of its order. */
export async function refundsOf(world: World, code: string): Promise<Record<string, string>> {
  const rows = await world.sql<{ number: string; refund: string }>(
    `SELECT o.out_trade_no AS number, r.reason || ' ' || r.amount_fen AS refund
     FROM refunds r JOIN orders o ON o.id = r.order_id JOIN policies p ON p.id = o.policy_id
     WHERE p.code = $1`,
    [code],
  );
  return Object.fromEntries(rows.map(({ number, refund }) => [number, refund]));
}

/** A settled unit gave all its premium back, and the money has arrived. */
export const returnedInFull = [
  "payment_settled wechat_clearing 100",
  "payment_settled premium -100",
  "premium_returned premium 100",
  "premium_returned refunds_payable -100",
  "refund_paid refunds_payable 100",
  "refund_paid wechat_clearing -100",
];

export function codesOf(answers: readonly Answer[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, json } of answers) {
    const key = status === 200 ? "200" : `${status} ${json.code}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}
