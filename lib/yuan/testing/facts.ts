/** Rows for the tests of this domain: a plain paid gift, and whatever the database could hold. */
import fc from "fast-check";
import type { RefundFact, YuanFacts } from "@/lib/yuan/rules";

export const at = (time: string) => new Date(`2026-11-22T${time}+08:00`);

/** A gift that was paid in time and is unit 37 in its waiting period. */
export function unitFacts(): YuanFacts {
  return {
    order: {
      id: "ord_1",
      outTradeNo: "W261122abc",
      kind: "gift",
      state: "settled",
      amountFen: 100,
      currency: "CNY",
      payerOpenid: "o_friend",
      expiresAt: at("11:57:04.700"),
      prepayTail: "a1b2c3d4",
      prepaidAt: at("11:42:04.900"),
      checksCount: 0,
      nextCheckAt: null,
      transactionId: "4200001",
      paidFen: 100,
      paidAt: at("11:42:05"),
      provenBy: "notify",
      settledAt: at("11:42:05.600"),
      createdAt: at("11:42:04.700"),
    },
    payer: { id: "usr_1", nickname: "大海" },
    policy: {
      id: "pol_1",
      code: "DemoXiaoyu000000000037",
      number: "WH2026-000037",
      status: "active",
      endReason: null,
      endedOn: null,
    },
    unit: {
      id: "unt_1",
      seq: 37,
      coverYuan: 1000,
      effectiveOn: "2026-11-23",
      maturesOn: "2027-02-21",
      lastDayOn: "2027-11-22",
      status: "active",
      endedOn: null,
      settledAt: at("11:42:05.600"),
    },
    endorsements: [
      { number: "WH2026-000037-037", kind: "unit_added", createdAt: at("11:42:05.600") },
    ],
    refunds: [],
    events: [],
    eventsLeftOut: 0,
    entries: [
      {
        id: "led_1",
        kind: "payment_settled",
        createdAt: at("11:42:05.600"),
        postings: [
          { account: "wechat_clearing", amountFen: 100 },
          { account: "premium", amountFen: -100 },
        ],
      },
    ],
    incidents: [],
    billLines: [],
    differences: [],
    notices: [],
  };
}

export function refundFact(change: Partial<RefundFact> = {}): RefundFact {
  return {
    id: "ref_1",
    outRefundNo: "R261122abc",
    amountFen: 100,
    reason: "cap_reached",
    state: "requested",
    providerId: null,
    receivedBy: null,
    attempts: 0,
    nextAttemptAt: null,
    lastError: null,
    requestedAt: at("11:42:05.600"),
    submittedAt: null,
    finishedAt: null,
    supersededBy: null,
    ...change,
  };
}

/** A paid gift that could not be a unit. */
export function refundFacts(change: Partial<RefundFact> = {}): YuanFacts {
  const refund = refundFact(change);
  const states = {
    requested: "refunding",
    processing: "refunding",
    succeeded: "refunded",
    abnormal: "refund_failed",
    closed: "refund_failed",
  } as const;
  const facts = unitFacts();
  return {
    ...facts,
    order: { ...facts.order, state: states[refund.state] },
    unit: null,
    endorsements: [],
    refunds: [refund],
    entries: [],
  };
}

const DAY = { noInvalidDate: true, min: at("00:00:00"), max: new Date("2028-01-01") } as const;
const instant = fc.date(DAY);
const maybe = <Value>(one: fc.Arbitrary<Value>) => fc.option(one);
const refundState = fc.constantFrom(
  "requested" as const,
  "processing" as const,
  "succeeded" as const,
  "abnormal" as const,
  "closed" as const,
);
const anyRefund: fc.Arbitrary<RefundFact> = fc
  .record({
    state: refundState,
    reason: fc.constantFrom("cap_reached", "surrender", "diagnosis_in_waiting", "gift_withdrawn"),
    amountFen: fc.integer({ min: 1, max: 100 }),
    requestedAt: instant,
    submittedAt: maybe(instant),
    finishedAt: maybe(instant),
    providerId: maybe(fc.constant("50300001")),
    supersededBy: maybe(fc.constant("ref_2")),
  })
  .map((change) => refundFact(change));

/** Any row next to any other: more than the database would accept, so that nothing is left unsaid. */
export const anyFacts: fc.Arbitrary<YuanFacts> = fc
  .record({
    kind: fc.constantFrom("first" as const, "gift" as const),
    state: fc.constantFrom(
      "pending" as const,
      "settled" as const,
      "closed" as const,
      "refunding" as const,
      "refunded" as const,
      "refund_failed" as const,
    ),
    createdAt: instant,
    prepaidAt: maybe(instant),
    paidAt: maybe(instant),
    settledAt: maybe(instant),
    hasUnit: fc.boolean(),
    unitStatus: fc.constantFrom("active" as const, "ended" as const),
    endedOn: maybe(fc.constantFrom("2026-11-22", "2026-12-24", "2027-05-01")),
    endKind: fc.constantFrom("unit_ended", "policy_ended", "none"),
    refunds: fc.array(anyRefund, { maxLength: 3 }),
    events: fc.array(
      fc.record({
        id: fc.constant("1"),
        kind: fc.constantFrom("asked", "closed_at_wechat", "refund_notified", "never_heard_of"),
        at: instant,
        details: fc.oneof(
          fc.constant({}),
          fc.constant({ outRefundNo: "R261122abc", status: "ABNORMAL" }),
          fc.constant({ outRefundNo: "R261122abc", status: "CLOSED" }),
          fc.jsonValue(),
        ),
      }),
      { maxLength: 6 },
    ),
    incidents: fc.array(
      fc.record({
        id: fc.constant("inc_1"),
        kind: fc.constantFrom("amount_mismatch", "second_transaction", "refund_stuck"),
        transactionId: fc.constant(""),
        details: fc.constant({}),
        createdAt: instant,
        resolvedAt: maybe(instant),
      }),
      { maxLength: 2 },
    ),
  })
  .map((any) => {
    const facts = unitFacts();
    const end = { number: "WH2026-000037-038", kind: any.endKind, createdAt: any.createdAt };
    return {
      ...facts,
      order: {
        ...facts.order,
        kind: any.kind,
        state: any.state,
        createdAt: any.createdAt,
        prepaidAt: any.prepaidAt,
        paidAt: any.paidAt,
        settledAt: any.settledAt,
      },
      unit:
        any.hasUnit && facts.unit
          ? { ...facts.unit, status: any.unitStatus, endedOn: any.endedOn }
          : null,
      endorsements: [...facts.endorsements, ...(any.endKind === "none" ? [] : [end])],
      refunds: any.refunds,
      events: any.events,
      incidents: any.incidents,
    };
  });
