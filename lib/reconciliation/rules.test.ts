/**
 * A day on which both sides agree is made up at random; then single facts are bent, each in a way of
 * which it is known what must be found. Nothing else may be found, and nothing may be missed.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  compareDay,
  type DayLine,
  type DifferenceKind,
  judgeRefundState,
  type OurOrder,
  type OurRefund,
} from "./rules";

const RATE_PPM = 6_000;
const feeOf = (fen: number) => Math.round((fen * RATE_PPM) / 1_000_000);

interface Trade {
  order: OurOrder;
  lines: DayLine[];
}

/** One order that both sides tell alike; `refunded` is money back on the same day. */
function createTrade(index: number, amountFen: number, refunded: boolean): Trade {
  const outTradeNo = `W${index}`;
  const transactionId = `42${index}`;
  const outRefundNo = `R${index}`;
  const common = { transactionId, outTradeNo, openid: null, feeRatePpm: null, attach: null };
  const lines: DayLine[] = [
    {
      ...common,
      kind: "trade",
      lineNo: index * 10,
      entry: "payment",
      outRefundNo: null,
      openid: `o${index}`,
      amountFen,
      feeFen: feeOf(amountFen),
      feeRatePpm: RATE_PPM,
      state: "SUCCESS",
    },
    fund("payment", amountFen, null, 1),
    ...(feeOf(amountFen) === 0 ? [] : [fund("fee", -feeOf(amountFen), null, 2)]),
  ];
  if (refunded) {
    lines.push(
      {
        ...common,
        kind: "trade",
        lineNo: index * 10 + 5,
        entry: "refund",
        outRefundNo,
        openid: `o${index}`,
        amountFen: -amountFen,
        feeFen: 0 - feeOf(amountFen),
        feeRatePpm: RATE_PPM,
        state: "SUCCESS",
      },
      fund("refund", feeOf(amountFen) - amountFen, outRefundNo, 6),
    );
  }
  const refunds: OurRefund[] = refunded
    ? [{ outRefundNo, amountFen, state: "succeeded", isDue: true }]
    : [];
  const order: OurOrder = {
    outTradeNo,
    state: refunded ? "refunded" : "settled",
    transactionId,
    paidFen: amountFen,
    payerOpenid: `o${index}`,
    isDue: true,
    ledgerPaidFen: amountFen,
    ledgerRefundedFen: refunded ? amountFen : 0,
    refunds,
  };
  return { order, lines };

  function fund(
    entry: DayLine["entry"],
    fen: number,
    refundNo: string | null,
    place: number,
  ): DayLine {
    return {
      ...common,
      kind: "fund_basic",
      lineNo: index * 10 + place,
      entry,
      outRefundNo: refundNo,
      amountFen: fen,
      feeFen: 0,
      state: null,
    };
  }
}

/** What a test compares: our order may be missing, lines may be wrong. */
interface Bent {
  order: OurOrder | null;
  lines: DayLine[];
}
type Bend = (trade: Trade) => Bent;

const isPayment = (line: DayLine) => line.kind === "trade" && line.entry === "payment";
const isRefund = (line: DayLine) => line.kind === "trade" && line.entry === "refund";
const isFund = (line: DayLine) => line.kind === "fund_basic";

const bendOrder =
  (change: (order: OurOrder) => Partial<OurOrder>): Bend =>
  ({ order, lines }) => ({ order: { ...order, ...change(order) }, lines });
const bendLine =
  (is: (line: DayLine) => boolean, change: (line: DayLine) => Partial<DayLine>): Bend =>
  ({ order, lines }) => ({
    order,
    lines: lines.map((line) => (is(line) ? { ...line, ...change(line) } : line)),
  });
const dropLines =
  (is: (line: DayLine) => boolean): Bend =>
  ({ order, lines }) => ({ order, lines: lines.filter((line) => !is(line)) });
const repeatLines =
  (is: (line: DayLine) => boolean): Bend =>
  ({ order, lines }) => ({
    order,
    lines: [
      ...lines,
      ...lines.filter(is).map((line) => ({ ...line, lineNo: line.lineNo + 1_000 })),
    ],
  });
const bendRefund = (change: (refund: OurRefund) => Partial<OurRefund>) =>
  bendOrder(({ refunds }) => ({ refunds: refunds.map((one) => ({ ...one, ...change(one) })) }));

const unpaid = (state: string) =>
  bendOrder(() => ({ state, transactionId: null, paidFen: null, isDue: false, ledgerPaidFen: 0 }));

/** Bends of a paid order, and those that need one with a refund, with the kinds they must bring up. */
const PAYMENT_BENDS: [string, Bend, DifferenceKind[]][] = [
  ["our order is pending", unpaid("pending"), ["payment_missed"]],
  ["our order is closed", unpaid("closed"), ["payment_missed"]],
  ["no order of ours", ({ lines }) => ({ order: null, lines }), ["payment_unknown"]],
  ["no line", dropLines(() => true), ["payment_absent"]],
  [
    "the line twice in both bills",
    repeatLines((line) => isPayment(line) || isFund(line)),
    ["payment_repeated"],
  ],
  ["the line twice in the trade bill", repeatLines(isPayment), ["payment_repeated"]],
  [
    "we booked another amount",
    bendOrder(({ ledgerPaidFen }) => ({
      paidFen: ledgerPaidFen + 1,
      ledgerPaidFen: ledgerPaidFen + 1,
    })),
    ["payment_amount_differs"],
  ],
  [
    "we booked another transaction",
    bendOrder(() => ({ transactionId: "43" })),
    ["payment_transaction_differs"],
  ],
  ["we know another payer", bendOrder(() => ({ payerOpenid: "other" })), ["payment_payer_differs"]],
  [
    "a state nobody knows",
    bendLine(isPayment, () => ({ entry: "other", state: "REVOKED" })),
    ["payment_state_differs"],
  ],
  ["no movement in the account", dropLines(isFund), ["fund_absent"]],
  [
    "a movement of another amount",
    bendLine(
      (line) => isFund(line) && line.entry === "payment",
      ({ amountFen }) => ({ amountFen: amountFen + 1 }),
    ),
    ["fund_differs"],
  ],
  ["the ledger has nothing of it", bendOrder(() => ({ ledgerPaidFen: 0 })), ["ledger_differs"]],
  ["a movement without its line", dropLines(isPayment), ["fund_unknown", "payment_absent"]],
  [
    "a fee that is not the rate's",
    bendLine(isPayment, ({ feeFen }) => ({ feeFen: feeFen + 1 })),
    ["fee_differs", "fund_differs"],
  ],
  [
    "our order is of another day's bill",
    (trade) => dropLines(() => true)({ ...trade, order: { ...trade.order, isDue: false } }),
    [],
  ],
];
const REFUND_BENDS: [string, Bend, DifferenceKind[]][] = [
  [
    "we have only asked for it",
    bendRefund(() => ({ state: "requested" })),
    ["ledger_differs", "refund_missed"],
  ],
  [
    "no refund of ours",
    bendOrder(() => ({ refunds: [], ledgerRefundedFen: 0 })),
    ["refund_unknown"],
  ],
  [
    "no refund in the bills",
    dropLines(({ outRefundNo }) => outRefundNo !== null),
    ["refund_absent"],
  ],
  [
    "the refund twice in both bills",
    repeatLines(({ outRefundNo }) => outRefundNo !== null),
    ["refund_repeated"],
  ],
  [
    "WeChat calls it failed",
    bendLine(isRefund, () => ({ state: "FAIL" })),
    ["refund_state_differs"],
  ],
  [
    "we asked for less",
    bendOrder(({ refunds, ledgerRefundedFen }) => ({
      refunds: refunds.map((one) => ({ ...one, amountFen: one.amountFen - 1 })),
      ledgerRefundedFen: ledgerRefundedFen - 1,
    })),
    ["refund_amount_differs"],
  ],
  [
    "it is in another day's bill",
    (trade) =>
      dropLines(({ outRefundNo }) => outRefundNo !== null)({
        ...trade,
        order: {
          ...trade.order,
          refunds: trade.order.refunds.map((one) => ({ ...one, isDue: false })),
        },
      }),
    [],
  ],
];

const day = fc.array(
  fc.record({ amountFen: fc.integer({ min: 1, max: 100_000 }), refunded: fc.boolean() }),
  { maxLength: 30 },
);
const createDay = (facts: { amountFen: number; refunded: boolean }[]) =>
  facts.map(({ amountFen, refunded }, index) => createTrade(index + 1, amountFen, refunded));
const compare = (trades: Bent[]) =>
  compareDay(
    trades.flatMap(({ order }) => (order ? [order] : [])),
    trades.flatMap(({ lines }) => lines),
  );
const namesOf = (trades: Bent[]) =>
  compare(trades)
    .map(({ kind, outTradeNo }) => `${outTradeNo} ${kind}`)
    .sort();

test("two sides that tell the same have no difference", () => {
  fc.assert(fc.property(day, (facts) => compare(createDay(facts)).length === 0));
});

describe.each([
  ["a payment", PAYMENT_BENDS, false],
  ["a refund", REFUND_BENDS, true],
] as const)("%s, bent in one place", (_label, bends, refunded) => {
  test.each(bends)("%s", (_bend, bend, kinds) => {
    const trade = bend(createTrade(1, 10_000, refunded));
    expect(
      compare([trade])
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(kinds);
  });
});

test("of a whole day with bends at random, exactly the bent are found", () => {
  const bent = fc.array(
    fc.record({
      amountFen: fc.integer({ min: 1_000, max: 100_000 }),
      refunded: fc.boolean(),
      bend: fc.option(fc.nat(), { freq: 3 }),
    }),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(bent, (facts) => {
      const expected: string[] = [];
      const trades = facts.map(({ amountFen, refunded, bend }, index) => {
        const trade = createTrade(index + 1, amountFen, refunded);
        if (bend === null) return trade;
        const bends = refunded ? REFUND_BENDS : PAYMENT_BENDS;
        const [, apply, kinds] = bends[bend % bends.length] as (typeof bends)[number];
        expected.push(...kinds.map((kind) => `${trade.order.outTradeNo} ${kind}`));
        return apply(trade);
      });
      expect(namesOf(trades)).toEqual(expected.sort());
    }),
  );
});

test("a day compared in parts, in any order, has the differences of the whole", () => {
  fc.assert(
    fc.property(day, fc.nat(), fc.nat(), (facts, cut, bend) => {
      const trades = createDay(facts).map((trade, index) => {
        const [, apply] = PAYMENT_BENDS[
          (index + bend) % PAYMENT_BENDS.length
        ] as (typeof PAYMENT_BENDS)[number];
        return apply(trade);
      });
      const at = trades.length === 0 ? 0 : cut % trades.length;
      const parts = [...namesOf(trades.slice(at).reverse()), ...namesOf(trades.slice(0, at))];
      expect(parts.sort()).toEqual(namesOf(trades));
    }),
  );
});

test("subjects name a difference once within its kind", () => {
  fc.assert(
    fc.property(day, fc.nat(), (facts, bend) => {
      const trades = createDay(facts).map((trade, index) => {
        const [, apply] = PAYMENT_BENDS[
          (index + bend) % PAYMENT_BENDS.length
        ] as (typeof PAYMENT_BENDS)[number];
        return apply(trade);
      });
      const keys = compare(trades).map(({ kind, subject }) => `${kind} ${subject}`);
      expect(new Set(keys).size).toBe(keys.length);
    }),
  );
});

test("a part of a refund may return any share of the fee, the whole must return all of it", () => {
  const { order, lines } = createTrade(1, 10_000, true);
  const returning = (refundFen: number, feeFen: number) =>
    compareDay(
      [
        {
          ...order,
          ledgerRefundedFen: refundFen,
          refunds: [{ outRefundNo: "R1", amountFen: refundFen, state: "succeeded", isDue: true }],
        },
      ],
      lines.map((line) => {
        if (isRefund(line)) return { ...line, amountFen: -refundFen, feeFen: 0 - feeFen };
        return isFund(line) && line.outRefundNo ? { ...line, amountFen: feeFen - refundFen } : line;
      }),
    ).map(({ kind }) => kind);
  // 10,000 fen at 0.60 % cost 60 fen.
  expect(returning(10_000, 60)).toEqual([]);
  expect(returning(10_000, 59)).toEqual(["fee_differs"]);
  expect(returning(5_000, 30)).toEqual([]);
  expect(returning(5_000, 0)).toEqual([]);
  expect(returning(5_000, 61)).toEqual(["fee_differs"]);
  expect(returning(5_000, -1)).toEqual(["fee_differs"]);
});

test.each([
  ["requested", "PROCESSING", "behind"],
  ["processing", "PROCESSING", "agree"],
  ["succeeded", "PROCESSING", "agree"],
  ["closed", "PROCESSING", "agree"],
  ["processing", "SUCCESS", "behind"],
  ["abnormal", "SUCCESS", "behind"],
  ["closed", "SUCCESS", "behind"],
  ["succeeded", "SUCCESS", "agree"],
  ["processing", "CHANGE", "behind"],
  ["abnormal", "CHANGE", "agree"],
  ["succeeded", "CHANGE", "agree"],
  ["processing", "FAIL", "behind"],
  ["abnormal", "FAIL", "behind"],
  ["closed", "FAIL", "agree"],
  ["succeeded", "FAIL", "contradict"],
  ["succeeded", "WHATEVER", "contradict"],
  ["succeeded", null, "contradict"],
] as const)("our refund is %s and the bill says %s: %s", (ours, theirs, verdict) => {
  expect(judgeRefundState(ours, theirs)).toBe(verdict);
});
