/** Reads every row about one order, each list with its bound. */
import type { Deps } from "@/lib/deps";
import type { YuanFacts } from "./rules";

/** A refund that WeChat refuses for a week is some 350 tries; older ones are counted, not read. */
const EVENTS_MAX = 500;
/** One order has a handful of each; a hundred is a fault that its first hundred rows explain. */
const ROWS_MAX = 100;

const select = {
  id: true,
  outTradeNo: true,
  kind: true,
  state: true,
  amountFen: true,
  currency: true,
  payerOpenid: true,
  expiresAt: true,
  prepayId: true,
  prepaidAt: true,
  checksCount: true,
  nextCheckAt: true,
  transactionId: true,
  paidFen: true,
  paidAt: true,
  provenBy: true,
  settledAt: true,
  createdAt: true,
  payer: { select: { id: true, nickname: true } },
  policy: {
    select: {
      id: true,
      code: true,
      number: true,
      askerName: true,
      status: true,
      endReason: true,
      endedOn: true,
      endorsementsCount: true,
    },
  },
  unit: {
    select: {
      id: true,
      seq: true,
      coverYuan: true,
      effectiveOn: true,
      maturesOn: true,
      lastDayOn: true,
      status: true,
      endedOn: true,
      settledAt: true,
      endorsements: { select: { number: true, kind: true, createdAt: true }, take: ROWS_MAX },
    },
  },
  refunds: {
    select: {
      id: true,
      outRefundNo: true,
      amountFen: true,
      reason: true,
      state: true,
      providerId: true,
      receivedBy: true,
      attempts: true,
      nextAttemptAt: true,
      lastError: true,
      requestedAt: true,
      submittedAt: true,
      finishedAt: true,
      supersededBy: true,
    },
    // Ids sort by time.
    orderBy: { id: "asc" },
    take: ROWS_MAX,
  },
  events: {
    select: { id: true, kind: true, at: true, details: true },
    orderBy: { id: "desc" },
    take: EVENTS_MAX,
  },
  notices: {
    select: { id: true, kind: true, createdAt: true, readAt: true },
    orderBy: { id: "asc" },
    take: ROWS_MAX,
  },
  _count: { select: { events: true } },
} as const;

function readOrder(deps: Pick<Deps, "db">, where: { outTradeNo: string; payerId?: string }) {
  return deps.db.prisma.order.findFirst({ where, select });
}
type OrderRow = NonNullable<Awaited<ReturnType<typeof readOrder>>>;

/** Rows that name the order without a foreign key: books, incidents and bills outlive mistakes. */
async function readAround(deps: Pick<Deps, "db">, order: OrderRow) {
  const { prisma } = deps.db;
  const { outTradeNo, transactionId, policy } = order;
  // Nothing is added to an ended policy, so the endorsement that ended it is its last.
  const lastEndorsementNo = `${policy.number}-${String(policy.endorsementsCount).padStart(3, "0")}`;
  const [endings, entries, incidents, billLines, differences] = await Promise.all([
    prisma.endorsement.findMany({
      where: { number: lastEndorsementNo, kind: "policy_ended" },
      select: { number: true, kind: true, createdAt: true },
      take: 1,
    }),
    prisma.ledgerEntry.findMany({
      where: { orderId: order.id },
      include: { postings: { orderBy: { amountFen: "desc" }, take: ROWS_MAX } },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
      take: ROWS_MAX,
    }),
    prisma.paymentIncident.findMany({
      where: { outTradeNo },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
      take: ROWS_MAX,
    }),
    prisma.billLine.findMany({
      where: { OR: [{ outTradeNo }, ...(transactionId ? [{ transactionId }] : [])] },
      include: { bill: { select: { downloadedAt: true } } },
      orderBy: [{ billDate: "asc" }, { kind: "asc" }, { lineNo: "asc" }],
      take: ROWS_MAX,
    }),
    prisma.billDifference.findMany({
      where: { outTradeNo },
      orderBy: [{ foundAt: "asc" }, { id: "asc" }],
      take: ROWS_MAX,
    }),
  ]);
  return { endings, entries, incidents, billLines, differences };
}

/** Enough of a prepay id to find it in a log, too little to open the cashier with. */
const PREPAY_TAIL_CHARACTERS = 8;

/** Prisma gives a calendar date as its midnight in UTC. */
const dayOf = (date: Date) => date.toISOString().slice(0, 10);

/** With `payerId` a stranger's order reads like none. */
export async function findFacts(
  deps: Pick<Deps, "db">,
  where: { outTradeNo: string; payerId?: string },
): Promise<{ facts: YuanFacts; askerName: string } | null> {
  const row = await readOrder(deps, where);
  if (!row) return null;
  return { facts: toFacts(row, await readAround(deps, row)), askerName: row.policy.askerName };
}

function toFacts(row: OrderRow, around: Awaited<ReturnType<typeof readAround>>): YuanFacts {
  const { payer, policy, unit, refunds, events, notices, _count, prepayId, ...order } = row;
  const { askerName: _name, endorsementsCount: _last, ...ofPolicy } = policy;
  const { endorsements = [], ...ofUnit } = unit ?? {};
  return {
    order: { ...order, prepayTail: prepayId?.slice(-PREPAY_TAIL_CHARACTERS) ?? null },
    payer,
    policy: { ...ofPolicy, endedOn: policy.endedOn && dayOf(policy.endedOn) },
    unit: unit && {
      ...(ofUnit as typeof unit),
      effectiveOn: dayOf(unit.effectiveOn),
      maturesOn: dayOf(unit.maturesOn),
      lastDayOn: dayOf(unit.lastDayOn),
      endedOn: unit.endedOn && dayOf(unit.endedOn),
    },
    endorsements: [...endorsements, ...around.endings],
    refunds,
    events: events.map((event) => ({ ...event, id: String(event.id) })).reverse(),
    eventsLeftOut: _count.events - events.length,
    entries: around.entries.map(({ id, kind, createdAt, postings }) => ({
      id,
      kind,
      createdAt,
      postings: postings.map(({ account, amountFen }) => ({ account, amountFen })),
    })),
    incidents: around.incidents.map(({ outTradeNo: _known, ...incident }) => incident),
    billLines: around.billLines.map(({ billDate, kind, bill, ...line }) => ({
      billOn: dayOf(billDate),
      billKind: kind,
      lineNo: line.lineNo,
      entry: line.entry,
      at: line.at,
      transactionId: line.transactionId,
      outRefundNo: line.outRefundNo,
      amountFen: line.amountFen,
      feeFen: line.feeFen,
      state: line.state,
      downloadedAt: bill.downloadedAt,
    })),
    differences: around.differences.map((difference) => ({
      id: difference.id,
      billOn: dayOf(difference.billDate),
      kind: difference.kind,
      subject: difference.subject,
      ours: difference.ours,
      theirs: difference.theirs,
      state: difference.state,
      resolution: difference.resolution,
      foundAt: difference.foundAt,
      resolvedAt: difference.resolvedAt,
    })),
    notices: notices.map((notice) => ({ ...notice, id: String(notice.id) })),
  };
}
