/** Bounded reads of orders for their payer. */
import type { Deps } from "@/lib/deps";
import { DomainError } from "@/lib/errors/errors";
import { findSharePage } from "@/lib/policies/queries";
import { type CalendarDate, shanghaiDateOf } from "@/lib/pricing/calendar";
import { type OrderOut, type RefundReason, refundStateSchema } from "./contract";
import { reasonForPayer } from "./reason-for-payer";
import { findUnitEnd } from "./unit-end";
import type { MyPayment, OrderPage } from "./views";

/** A person gives at most 20 units a day (R16); a year of that is far beyond one screen. */
const MY_PAYMENTS_MAX = 100;

const select = {
  outTradeNo: true,
  kind: true,
  state: true,
  amountFen: true,
  expiresAt: true,
  paidAt: true,
  settledAt: true,
  createdAt: true,
  isAnonymous: true,
  policy: { select: { code: true, askerName: true } },
  payer: { select: { nickname: true } },
  unit: {
    select: {
      seq: true,
      coverYuan: true,
      effectiveOn: true,
      maturesOn: true,
      lastDayOn: true,
      endedOn: true,
      endorsements: { where: { kind: "unit_added" }, select: { number: true } },
    },
  },
  refunds: {
    where: { supersededBy: null },
    select: { state: true, reason: true, amountFen: true },
  },
} as const;

type Row = NonNullable<Awaited<ReturnType<typeof readRow>>>;

function readRow(deps: Pick<Deps, "db">, outTradeNo: string, userId: string) {
  // The payer is part of the question: someone else's order reads like none.
  return deps.db.prisma.order.findFirst({ where: { outTradeNo, payerId: userId }, select });
}

function serialize(row: Row, today: CalendarDate): OrderOut {
  return {
    outTradeNo: row.outTradeNo,
    state: row.state,
    amountFen: row.amountFen,
    expiresAt: row.expiresAt.toISOString(),
    paidAt: row.paidAt?.toISOString() ?? null,
    settledAt: row.settledAt?.toISOString() ?? null,
    outcome: outcomeOf(row, today),
  };
}

function outcomeOf(row: Row, today: CalendarDate): OrderOut["outcome"] {
  // A refund outlives its unit: once the money goes back, that is where it ended.
  const [refund] = row.refunds;
  if (refund) {
    return {
      kind: "refund",
      state: refundStateSchema.parse(refund.state),
      reason: reasonForPayer(refund.reason as RefundReason, row.kind),
      amountFen: refund.amountFen,
    };
  }
  const { unit } = row;
  const endorsement = unit?.endorsements[0];
  if (!unit || !endorsement) return null;
  const ends = {
    endedOn: unit.endedOn && toDate(unit.endedOn),
    lastDayOn: toDate(unit.lastDayOn),
  };
  return {
    kind: "unit",
    seq: unit.seq,
    endorsementNo: endorsement.number,
    coverYuan: unit.coverYuan,
    waitingUntil: toDate(unit.maturesOn),
    endedOn: findUnitEnd(ends, today),
  };
}

/** A column of dates is read as the midnight of that day in UTC. */
function toDate(midnight: Date): CalendarDate {
  return midnight.toISOString().slice(0, 10);
}

function toMyPayment(row: Row, today: CalendarDate): MyPayment {
  return {
    order: serialize(row, today),
    kind: row.kind,
    createdAt: row.createdAt.toISOString(),
    policyCode: row.policy.code,
    askerName: row.policy.askerName,
  };
}

/** @throws DomainError not_found for unknown and foreign orders alike. */
export async function getOrderOut(
  deps: Pick<Deps, "db" | "now">,
  { outTradeNo, userId }: { outTradeNo: string; userId: string },
): Promise<OrderOut> {
  const row = await readRow(deps, outTradeNo, userId);
  if (!row) throw new DomainError("not_found");
  return serialize(row, shanghaiDateOf(deps.now()));
}

/** The payer's orders, newest first. Attempts that were never paid are left out once closed. */
export async function listMyPayments(
  deps: Pick<Deps, "db" | "now">,
  { userId }: { userId: string },
): Promise<MyPayment[]> {
  const rows = await deps.db.prisma.order.findMany({
    where: { payerId: userId, NOT: { state: "closed" } },
    select,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: MY_PAYMENTS_MAX,
  });
  const today = shanghaiDateOf(deps.now());
  return rows.map((row) => toMyPayment(row, today));
}

export async function findOrderPage(
  deps: Pick<Deps, "db" | "now">,
  { outTradeNo, userId }: { outTradeNo: string; userId: string },
): Promise<OrderPage | null> {
  const row = await readRow(deps, outTradeNo, userId);
  if (!row) return null;
  const policy = await findSharePage(deps, row.policy.code);
  if (!policy) return null;
  return {
    ...toMyPayment(row, shanghaiDateOf(deps.now())),
    policy,
    effectiveOn: row.unit ? toDate(row.unit.effectiveOn) : null,
    isAnonymous: row.isAnonymous,
    payerNickname: row.payer.nickname,
  };
}
