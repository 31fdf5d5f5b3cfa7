/** Turns the rows about one yuan into what happened to it, step by step. Pure. */
import { addDays, type CalendarDate, startOfShanghaiDay } from "@/lib/pricing/calendar";
import { EVENT_KINDS, type EventKind, type NumberName } from "./contract";
import type { RefundFact, YuanFacts } from "./rules";

export interface StoryEvent {
  kind: EventKind;
  at: Date;
  /** What the sentence about it names; the last word of a name is the unit of its value. */
  values: Record<string, string | number>;
  numbers: { name: NumberName; value: string }[];
  /** Of an entry of the ledger: debit positive, credit negative; empty for everything else. */
  postings: { account: string; amountFen: number }[];
  /** The table in which it is written. */
  source: string;
}

interface Draft extends StoryEvent {
  /** Its cause: whatever the clocks say, it came after this. */
  notBefore: Date | null;
}

type Numbers = Partial<Record<NumberName, string | null>>;

function draft(
  source: string,
  kind: EventKind,
  at: Date,
  { values = {}, numbers = {}, postings = [], notBefore = null }: DraftOptions = {},
): Draft {
  return {
    kind,
    at,
    values: Object.fromEntries(
      Object.entries(values).filter((pair): pair is [string, string | number] => pair[1] !== null),
    ),
    numbers: (Object.entries(numbers) as [NumberName, string | null][]).flatMap(([name, value]) =>
      value ? [{ name, value }] : [],
    ),
    postings,
    source,
    notBefore,
  };
}

interface DraftOptions {
  values?: Record<string, string | number | null>;
  numbers?: Numbers;
  postings?: StoryEvent["postings"];
  notBefore?: Date | null;
}

/** Oldest first; of one instant, the cause before what it caused. Days still to come are last. */
export function buildStory(facts: YuanFacts): StoryEvent[] {
  const drafts = [
    ...orderDrafts(facts),
    ...unitDrafts(facts),
    ...facts.refunds.flatMap((refund, at) => refundDrafts(facts, refund, at > 0)),
    ...facts.events.map(eventDraft),
    ...bookDrafts(facts),
    ...incidentDrafts(facts),
    ...billDrafts(facts),
  ];
  const sortAt = ({ at, notBefore }: Draft) => Math.max(at.getTime(), notBefore?.getTime() ?? 0);
  return drafts
    .sort(
      (a, b) => sortAt(a) - sortAt(b) || EVENT_KINDS.indexOf(a.kind) - EVENT_KINDS.indexOf(b.kind),
    )
    .map(({ notBefore: _cause, ...event }) => event);
}

function orderDrafts({ order, policy, events }: YuanFacts): Draft[] {
  const { createdAt, prepaidAt, paidAt, settledAt } = order;
  const untilAt = order.expiresAt.toISOString();
  const drafts = [
    draft("orders", "order_created", createdAt, {
      values: { amountFen: order.amountFen, untilAt },
      numbers: { orderNo: order.outTradeNo, orderId: order.id, policyNo: policy.number },
    }),
    draft("orders", "place_held", createdAt, { values: { untilAt } }),
  ];
  if (prepaidAt) {
    const numbers = { prepayTail: order.prepayTail };
    drafts.push(draft("orders", "prepaid", prepaidAt, { numbers }));
  }
  if (paidAt) {
    drafts.push(
      draft("orders", "paid", paidAt, {
        values: { paidFen: order.paidFen },
        numbers: { transactionNo: order.transactionId },
        // WeChat tells whole seconds, so its time may read earlier than the order it pays.
        notBefore: prepaidAt ?? createdAt,
      }),
    );
  }
  if (settledAt) {
    const values = { provenBy: order.provenBy ?? "query" };
    drafts.push(draft("orders", "proven", settledAt, { values, notBefore: paidAt }));
  }
  if (order.state === "closed") {
    // No column has the moment; without WeChat's answer on record it was after the place's end.
    const closed = events.findLast(({ kind }) => kind === "closed_at_wechat");
    drafts.push(
      draft("orders", "closed_unpaid", closed?.at ?? order.expiresAt, { notBefore: createdAt }),
    );
  }
  return drafts;
}

function unitDrafts({ unit, endorsements, policy, refunds, order }: YuanFacts): Draft[] {
  if (!unit) return [];
  const { seq, coverYuan } = unit;
  const endorsementOf = (kind: string) => endorsements.find((one) => one.kind === kind);
  const drafts = [
    draft("units", "unit_added", unit.settledAt, {
      values: { seq, coverYuan },
      numbers: {
        endorsementNo: endorsementOf("unit_added")?.number ?? null,
        unitId: unit.id,
      },
      notBefore: order.paidAt,
    }),
  ];
  const milestones: [EventKind, CalendarDate][] = [
    ["unit_effective", unit.effectiveOn],
    ["unit_matured", unit.maturesOn],
    ["unit_expired", addDays(unit.lastDayOn, 1)],
  ];
  for (const [kind, on] of milestones) {
    if (unit.endedOn && unit.endedOn <= on) continue;
    drafts.push(draft("units", kind, startOfShanghaiDay(on), { values: { coverYuan, seq } }));
  }
  const own = endorsementOf("unit_ended");
  const end = own ?? (unit.status === "ended" ? endorsementOf("policy_ended") : undefined);
  if (end) {
    drafts.push(
      draft("endorsements", own ? "unit_ended" : "policy_ended", end.createdAt, {
        values: {
          seq,
          endedOn: unit.endedOn ?? policy.endedOn,
          endReason: (own ? refunds[0]?.reason : policy.endReason) ?? "unknown",
        },
        numbers: { endorsementNo: end.number },
      }),
    );
  }
  return drafts;
}

function refundDrafts(facts: YuanFacts, refund: RefundFact, isAnew: boolean): Draft[] {
  const { amountFen, reason, requestedAt, submittedAt, finishedAt } = refund;
  const numbers = { refundNo: refund.outRefundNo, refundId: refund.id };
  const wechatRefundNo = refund.providerId;
  const drafts = [
    draft("refunds", isAnew ? "refund_reissued" : "refund_requested", requestedAt, {
      values: { amountFen, reason },
      numbers,
    }),
  ];
  if (submittedAt) {
    drafts.push(
      draft("refunds", "refund_accepted", submittedAt, {
        numbers: { wechatRefundNo },
        notBefore: requestedAt,
      }),
    );
  }
  const notBefore = submittedAt && submittedAt > requestedAt ? submittedAt : requestedAt;
  for (const [kind, state] of [
    ["refund_abnormal", "abnormal"],
    ["refund_closed", "closed"],
  ] as const) {
    const at = failedAt(facts, refund, state);
    if (at) drafts.push(draft("refunds", kind, at, { values: { amountFen }, notBefore }));
  }
  if (refund.state === "succeeded" && finishedAt) {
    drafts.push(
      draft("refunds", "refund_succeeded", finishedAt, {
        values: { amountFen, receivedBy: refund.receivedBy ?? "" },
        numbers: { wechatRefundNo },
        // Also a time of WeChat's, in whole seconds.
        notBefore,
      }),
    );
  }
  return drafts;
}

/** When WeChat first said so; the refund's own row keeps no time for a failure that was mended. */
function failedAt(
  { events }: YuanFacts,
  refund: RefundFact,
  state: "abnormal" | "closed",
): Date | null {
  const said = events.find(({ details }) => {
    const { outRefundNo, status } = fieldsOf(details);
    return outRefundNo === refund.outRefundNo && status === state.toUpperCase();
  });
  if (said) return said.at;
  if (refund.state !== state) return null;
  return refund.finishedAt ?? refund.submittedAt ?? refund.requestedAt;
}

/** A column of JSON may hold anything. */
function fieldsOf(details: unknown): Record<string, unknown> {
  const isRecord = details && typeof details === "object" && !Array.isArray(details);
  return isRecord ? (details as Record<string, unknown>) : {};
}

/** Kinds of `order_events` that have a sentence of their own. */
const KNOWN_EVENTS: readonly string[] = [
  "prepay_failed",
  "asked",
  "ask_failed",
  "closed_at_wechat",
  "notified_again",
  "refund_sent",
  "refund_call_failed",
  "refund_notified",
  "refund_abnormal_sent",
] satisfies EventKind[];

function eventDraft({ kind, at, details }: YuanFacts["events"][number]): Draft {
  const known = KNOWN_EVENTS.includes(kind);
  const { outRefundNo, ...rest } = fieldsOf(details);
  const values = Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [
      name,
      typeof value === "number" || typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
  return draft("order_events", known ? (kind as EventKind) : "other", at, {
    values: known ? values : { eventKind: kind, details: JSON.stringify(details) },
    numbers: typeof outRefundNo === "string" ? { refundNo: outRefundNo } : {},
  });
}

function bookDrafts({ entries, notices }: YuanFacts): Draft[] {
  return [
    ...entries.map(({ id, kind, createdAt, postings }) =>
      draft("ledger_entries", "booked", createdAt, {
        values: { entryKind: kind },
        numbers: { entryId: id },
        postings,
      }),
    ),
    ...notices.map(({ kind, createdAt }) =>
      draft("notices", "told", createdAt, { values: { noticeKind: kind } }),
    ),
  ];
}

function incidentDrafts({ incidents }: YuanFacts): Draft[] {
  return incidents.flatMap(({ id, kind, createdAt, resolvedAt }) => {
    const values = { incidentKind: kind };
    const numbers = { incidentId: id };
    const reported = draft("payment_incidents", "incident", createdAt, { values, numbers });
    if (!resolvedAt) return [reported];
    return [
      reported,
      draft("payment_incidents", "incident_resolved", resolvedAt, { values, numbers }),
    ];
  });
}

function billDrafts({ billLines, differences }: YuanFacts): Draft[] {
  const lines = billLines.map((line) =>
    draft("bill_lines", "in_bill", line.downloadedAt, {
      values: {
        billOn: line.billOn,
        billKind: line.billKind,
        lineNo: line.lineNo,
        entry: line.entry,
        amountFen: line.amountFen,
        feeFen: line.feeFen,
      },
      numbers: { refundNo: line.outRefundNo },
    }),
  );
  const found = differences.flatMap((difference) => {
    const { billOn, kind, state, resolution, foundAt, resolvedAt } = difference;
    const values = { billOn, differenceKind: kind };
    const numbers = { differenceId: difference.id };
    const first = draft("bill_differences", "difference_found", foundAt, { values, numbers });
    if (!resolvedAt) return [first];
    return [
      first,
      draft("bill_differences", "difference_resolved", resolvedAt, {
        values: { ...values, differenceState: state, resolution: resolution ?? "" },
        numbers,
      }),
    ];
  });
  return [...lines, ...found];
}
