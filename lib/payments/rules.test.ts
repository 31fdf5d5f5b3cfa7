import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { startOfShanghaiDay } from "@/lib/pricing/calendar";
import { PLAN_2026_1 } from "@/lib/pricing/plan";
import { REFUND_REASONS } from "./contract";
import {
  decideSettlement,
  isPayable,
  nextCheckAt,
  type OrderSnapshot,
  type PaymentProof,
} from "./rules";

/** 34 on the day cover starts. */
const INSURED = { identityId: "idn_1", bornOn: "1992-06-15" };
const CREATED_AT = new Date("2026-11-22T04:00:00Z");
const PAID_AT = new Date("2026-11-22T04:03:00Z");
const CLOSES_AT = startOfShanghaiDay("2026-12-21");
const MINUTE_MS = 60_000;

function policy(overrides: Partial<OrderSnapshot["policy"]> = {}): OrderSnapshot["policy"] {
  return {
    status: "active",
    unitsPaid: 3,
    unitsHeld: 1,
    unitsMax: 100,
    coverPerUnitYuan: 1000,
    effectiveOn: "2026-11-21",
    lastDayOn: "2027-11-20",
    collectingUntil: CLOSES_AT,
    ...overrides,
  };
}

const NOT_ISSUED = policy({
  status: "pending_payment",
  unitsPaid: 0,
  effectiveOn: null,
  lastDayOn: null,
  collectingUntil: null,
});

function gift(overrides: Partial<OrderSnapshot> = {}): OrderSnapshot {
  return {
    kind: "gift",
    state: "pending",
    amountFen: 100,
    currency: "CNY",
    payerOpenid: "oFriend",
    transactionId: null,
    createdAt: CREATED_AT,
    policy: policy(),
    ...overrides,
  };
}

const first = (overrides: Partial<OrderSnapshot> = {}) =>
  gift({ kind: "first", policy: NOT_ISSUED, ...overrides });

function proof(overrides: Partial<PaymentProof> = {}): PaymentProof {
  return {
    tradeState: "SUCCESS",
    transactionId: "4200001",
    amountFen: 100,
    currency: "CNY",
    appId: "wx1",
    mchId: "1900",
    openid: "oFriend",
    successAt: PAID_AT,
    ...overrides,
  };
}

const context = {
  plan: PLAN_2026_1,
  appId: "wx1",
  mchId: "1900",
  conflict: null,
  insured: INSURED,
};
const decide = (order: OrderSnapshot, paid: PaymentProof) => decideSettlement(order, paid, context);

describe("R21, R22: a payment in time is a unit with its dates", () => {
  test("a friend's: from the day after payment, waiting 90 days, ending with the policy", () => {
    expect(decide(gift(), proof())).toEqual({
      kind: "unit",
      terms: {
        coverYuan: 1000,
        effectiveOn: "2026-11-23",
        maturesOn: "2027-02-21",
        lastDayOn: "2027-11-20",
        issue: null,
      },
    });
  });

  test("the first: it starts the policy, its year and its 30 days of collecting", () => {
    expect(decide(first(), proof())).toEqual({
      kind: "unit",
      terms: {
        coverYuan: 1000,
        effectiveOn: "2026-11-23",
        maturesOn: "2027-02-21",
        lastDayOn: "2027-11-22",
        issue: {
          identityId: "idn_1",
          band: "A",
          ageAtIssue: 34,
          unitsMax: 100,
          collectingUntil: startOfShanghaiDay("2026-12-23"),
        },
      },
    });
  });
});

describe("R3, R4: the age counts on the day cover starts, whatever the application said", () => {
  const bornOn = (date: string) => ({ ...context, insured: { identityId: "idn_1", bornOn: date } });
  const decideFor = (date: string) => decideSettlement(first(), proof(), bornOn(date));

  test.each([
    ["39, and 40 the day after", "1986-11-24", "A", 39, 1000],
    ["40 on that day", "1986-11-23", "B", 40, 300],
    ["18 on that day", "2008-11-23", "A", 18, 1000],
    ["49, and 50 the day after", "1976-11-24", "B", 49, 300],
  ])("%s", (_label, born, band, ageAtIssue, coverYuan) => {
    expect(decideFor(born)).toMatchObject({
      kind: "unit",
      terms: { coverYuan, issue: { band, ageAtIssue, unitsMax: 100 } },
    });
  });

  test.each([
    ["50 on that day", "1976-11-23"],
    ["18 only the day after", "2008-11-24"],
  ])("%s: a refund", (_label, born) => {
    expect(decideFor(born)).toEqual({ kind: "refund", reason: "age_out_of_range" });
  });

  test("a person forgotten since: a refund, because who paid never gets an error", () => {
    expect(decideSettlement(first(), proof(), { ...context, insured: null })).toEqual({
      kind: "refund",
      reason: "policy_not_open",
    });
  });
});

describe("what a payment becomes", () => {
  const cases: [label: string, order: OrderSnapshot, paid: PaymentProof, expected: string][] = [
    ["not paid yet", gift(), proof({ tradeState: "NOTPAY" }), "not_paid"],
    ["closed unpaid", gift(), proof({ tradeState: "CLOSED" }), "not_paid"],
    ["a state WeChat may invent", gift(), proof({ tradeState: "SOMETHING" }), "not_paid"],
    ["another account's", gift(), proof({ appId: "wx2" }), "report foreign_app"],
    ["another merchant's", gift(), proof({ mchId: "1901" }), "report foreign_merchant"],
    [
      "told again",
      gift({ state: "settled", transactionId: "4200001" }),
      proof(),
      "already_settled",
    ],
    [
      "told again after its refund",
      gift({ state: "refunded", transactionId: "4200001" }),
      proof({ tradeState: "REFUND" }),
      "already_settled",
    ],
    [
      "a second payment of one order",
      gift({ state: "settled", transactionId: "4200000" }),
      proof(),
      "report second_transaction",
    ],
    [
      "given back at WeChat's console after it had become a unit",
      gift({ state: "settled", transactionId: "4200001" }),
      proof({ tradeState: "REFUND" }),
      "report refunded_elsewhere",
    ],
    [
      "given back at WeChat's console",
      gift(),
      proof({ tradeState: "REFUND" }),
      "report refunded_elsewhere",
    ],
    ["one fen too little", gift(), proof({ amountFen: 99 }), "refund amount_mismatch"],
    ["one fen too much", gift(), proof({ amountFen: 101 }), "refund amount_mismatch"],
    ["no amount at all", gift(), proof({ amountFen: null }), "report no_amount"],
    ["an amount of nothing", gift(), proof({ amountFen: 0 }), "report no_amount"],
    ["another currency", gift(), proof({ currency: "USD" }), "refund amount_mismatch"],
    ["another payer", gift(), proof({ openid: "oOther" }), "refund payer_mismatch"],
    ["the last free place, his own", gift({ policy: policy({ unitsPaid: 99 }) }), proof(), "unit"],
    [
      "the last free place, given back and free",
      gift({ state: "closed", policy: policy({ unitsPaid: 99, unitsHeld: 0 }) }),
      proof(),
      "unit",
    ],
    [
      "the last free place, promised to another",
      gift({ state: "closed", policy: policy({ unitsPaid: 99, unitsHeld: 1 }) }),
      proof(),
      "refund cap_reached",
    ],
    [
      "a full policy",
      gift({ state: "closed", policy: policy({ unitsPaid: 100, unitsHeld: 0 }) }),
      proof(),
      "refund cap_reached",
    ],
    [
      "an ended policy",
      gift({ policy: policy({ status: "ended" }) }),
      proof(),
      "refund policy_not_open",
    ],
    [
      "a policy without its first unit",
      gift({ policy: NOT_ISSUED }),
      proof(),
      "refund policy_not_open",
    ],
    ["a second first unit", first({ policy: policy() }), proof(), "refund already_insured"],
  ];
  test.each(cases)("%s", (_label, order, paid, expected) => {
    expect(summarize(decide(order, paid))).toBe(expected);
  });

  test.each(REFUND_REASONS)("the database says %s: a refund for that reason", (conflict) => {
    const decision = decideSettlement(gift(), proof(), { ...context, conflict });
    expect(decision).toEqual({ kind: "refund", reason: conflict });
  });

  test("without an amount there is nothing to refund, whatever the database says", () => {
    const decision = decideSettlement(gift(), proof({ amountFen: null }), {
      ...context,
      conflict: "cap_reached",
    });
    expect(summarize(decision)).toBe("report no_amount");
  });

  test("what an earlier round has ruled out stays ruled out, whatever the next proof says", () => {
    for (const paid of [proof(), proof({ amountFen: 99 }), proof({ openid: "oOther" })]) {
      const decision = decideSettlement(gift(), paid, {
        ...context,
        conflict: "amount_mismatch",
      });
      expect(decision).toEqual({ kind: "refund", reason: "amount_mismatch" });
    }
  });

  test("a finished payment without number or time is a bug of the reader's", () => {
    expect(() => decide(gift(), proof({ transactionId: null }))).toThrow("invariant");
    expect(() => decide(gift(), proof({ successAt: null }))).toThrow("invariant");
  });
});

describe("R17: the window counts when paid, with a quarter of an hour for what was ordered before", () => {
  const before = new Date(CLOSES_AT.getTime() - MINUTE_MS);
  const minutesAfter = (minutes: number) => new Date(CLOSES_AT.getTime() + minutes * MINUTE_MS);
  test.each([
    ["a second before", before, new Date(CLOSES_AT.getTime() - 1000), "unit"],
    ["at midnight", before, minutesAfter(0), "unit"],
    ["15 minutes after", before, minutesAfter(15), "unit"],
    ["16 minutes after", before, minutesAfter(16), "refund collecting_closed"],
    [
      "ordered at midnight and paid at once",
      CLOSES_AT,
      minutesAfter(0),
      "refund collecting_closed",
    ],
  ])("%s", (_label, createdAt, successAt, expected) => {
    expect(summarize(decide(gift({ createdAt }), proof({ successAt })))).toBe(expected);
  });
});

describe("laws", () => {
  const snapshots = fc.record({
    kind: fc.constantFrom("first" as const, "gift" as const),
    state: fc.constantFrom("pending" as const, "closed" as const),
    unitsPaid: fc.integer({ min: 0, max: 100 }),
    unitsHeld: fc.integer({ min: 0, max: 100 }),
    status: fc.constantFrom("pending_payment" as const, "active" as const, "ended" as const),
    minutes: fc.integer({ min: -40_000, max: 80_000 }),
    tradeState: fc.constantFrom("SUCCESS", "REFUND", "NOTPAY", "CLOSED", "USERPAYING"),
    amountFen: fc.constantFrom(100, 99, 101, null),
    openid: fc.constantFrom("oFriend", "oOther", null),
    transactionId: fc.constantFrom(null, "4200001", "4200002"),
    conflict: fc.constantFrom(null, ...REFUND_REASONS),
  });
  type Case = typeof snapshots extends fc.Arbitrary<infer T> ? T : never;

  function build(given: Case) {
    const issued = given.status !== "pending_payment";
    const base = issued ? policy() : NOT_ISSUED;
    const own = given.state === "pending" ? 1 : 0;
    const unitsPaid = issued ? given.unitsPaid : 0;
    const unitsHeld = Math.min(Math.max(own, given.unitsHeld), Math.max(own, 100 - unitsPaid));
    const order = gift({
      kind: given.kind,
      state: given.state,
      transactionId: given.transactionId,
      policy: { ...base, status: given.status, unitsPaid, unitsHeld },
    });
    const paid = proof({
      tradeState: given.tradeState,
      amountFen: given.amountFen,
      openid: given.openid,
      successAt: new Date(PAID_AT.getTime() + given.minutes * MINUTE_MS),
    });
    return { order, paid, conflict: given.conflict };
  }

  test("every proof has exactly one end, and a wrong or foreign one is never a unit", () => {
    fc.assert(
      fc.property(snapshots, (given) => {
        const { order, paid, conflict } = build(given);
        const decision = decideSettlement(order, paid, { ...context, conflict });
        expect(["not_paid", "already_settled", "report", "unit", "refund"]).toContain(
          decision.kind,
        );
        if (decision.kind !== "unit") return;
        expect(paid).toMatchObject({ tradeState: "SUCCESS", amountFen: 100, openid: "oFriend" });
        expect(order.transactionId).toBeNull();
        expect(conflict).toBeNull();
      }),
      { numRuns: 2_000 },
    );
  });

  test("a unit is never one over the cap, whoever holds what", () => {
    fc.assert(
      fc.property(snapshots, (given) => {
        const { order, paid, conflict } = build(given);
        const decision = decideSettlement(order, paid, { ...context, conflict });
        if (decision.kind !== "unit" || order.kind === "first") return;
        const own = order.state === "pending" ? 1 : 0;
        const { unitsPaid, unitsHeld, unitsMax } = order.policy;
        expect(unitsPaid + 1 + unitsHeld - own).toBeLessThanOrEqual(unitsMax);
      }),
      { numRuns: 2_000 },
    );
  });

  test("a unit never starts before its policy, matures after 90 days and ends with the policy", () => {
    fc.assert(
      fc.property(snapshots, (given) => {
        const { order, paid } = build({ ...given, conflict: null });
        const decision = decide(order, paid);
        if (decision.kind !== "unit") return;
        const { effectiveOn, maturesOn, lastDayOn } = decision.terms;
        if (order.policy.effectiveOn) expect(effectiveOn >= order.policy.effectiveOn).toBe(true);
        expect(Date.parse(maturesOn) - Date.parse(effectiveOn)).toBe(90 * 86_400_000);
        expect(maturesOn <= lastDayOn).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("when to ask WeChat again", () => {
  const now = CREATED_AT;
  const expiresAt = new Date(now.getTime() + 15 * MINUTE_MS);
  test.each([
    [0, 5],
    [1, 10],
    [2, 20],
    [3, 40],
    [4, 60],
    [5, 120],
    [6, 300],
    [7, 600],
    [500, 600],
  ])("after %i questions: in %i seconds", (checksCount, seconds) => {
    expect(nextCheckAt({ checksCount, expiresAt }, now).getTime() - now.getTime()).toBe(
      seconds * 1000,
    );
  });

  test("never later than a second after expiry, and after expiry every ten minutes", () => {
    const late = new Date(expiresAt.getTime() - 30_000);
    expect(nextCheckAt({ checksCount: 9, expiresAt }, late)).toEqual(
      new Date(expiresAt.getTime() + 1000),
    );
    expect(nextCheckAt({ checksCount: 9, expiresAt }, expiresAt)).toEqual(
      new Date(expiresAt.getTime() + 600_000),
    );
  });

  test("always later than now", () => {
    fc.assert(
      fc.property(fc.nat(50), fc.integer({ min: -1e7, max: 1e7 }), (checksCount, offsetMs) => {
        const order = { checksCount, expiresAt: new Date(now.getTime() + offsetMs) };
        expect(nextCheckAt(order, now).getTime()).toBeGreaterThan(now.getTime());
      }),
    );
  });
});

describe("an open order can be paid at the cashier", () => {
  test.each([
    ["with 90 s left", "pending", 90, true],
    ["with 89 s left", "pending", 89, false],
    ["after its hold", "pending", -1, false],
    ["settled", "settled", 900, false],
    ["closed", "closed", 900, false],
  ])("%s", (_label, state, secondsLeft, expected) => {
    const expiresAt = new Date(PAID_AT.getTime() + secondsLeft * 1000);
    expect(isPayable({ state, expiresAt }, PAID_AT)).toBe(expected);
  });
});

function summarize(decision: ReturnType<typeof decide>): string {
  if (decision.kind === "report") return `report ${decision.incident}`;
  if (decision.kind === "refund") return `refund ${decision.reason}`;
  return decision.kind;
}
