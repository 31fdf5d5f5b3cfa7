/**
 * On what our books and WeChat's bill of one day disagree. Pure: rows in, differences out. Every rule
 * is about one order number, so a day may be compared in parts, and the parts' differences together
 * are the day's.
 */

export type DifferenceKind =
  | "payment_missed"
  | "payment_unknown"
  | "payment_absent"
  | "payment_repeated"
  | "payment_amount_differs"
  | "payment_transaction_differs"
  | "payment_payer_differs"
  | "payment_state_differs"
  | "refund_missed"
  | "refund_unknown"
  | "refund_absent"
  | "refund_repeated"
  | "refund_amount_differs"
  | "refund_state_differs"
  | "fee_differs"
  | "fund_absent"
  | "fund_unknown"
  | "fund_differs"
  | "ledger_differs"
  | "totals_differ";

export interface OurOrder {
  outTradeNo: string;
  state: string;
  /** Null until a payment is proven. */
  transactionId: string | null;
  paidFen: number | null;
  payerOpenid: string;
  /** True when this day's bill must have it: paid within the day's scope, and in no other bill. */
  isDue: boolean;
  /** What the ledger's entries say was paid in. */
  ledgerPaidFen: number;
  /** What the ledger's entries say went back. */
  ledgerRefundedFen: number;
  refunds: OurRefund[];
}

export interface OurRefund {
  outRefundNo: string;
  amountFen: number;
  state: OurRefundState;
  isDue: boolean;
}

type OurRefundState = "requested" | "processing" | "succeeded" | "abnormal" | "closed";

/** A line of a day's bill as it is stored (prisma/schema/reconciliation.prisma). */
export interface DayLine {
  kind: "trade" | "fund_basic";
  lineNo: number;
  entry: "payment" | "refund" | "fee" | "transfer" | "other";
  transactionId: string | null;
  outTradeNo: string;
  outRefundNo: string | null;
  openid: string | null;
  /** Money in is positive, money out negative. */
  amountFen: number;
  feeFen: number;
  feeRatePpm: number | null;
  state: string | null;
  attach: string | null;
}

export interface Difference {
  kind: DifferenceKind;
  /** Names it within its day and kind. */
  subject: string;
  outTradeNo: string | null;
  transactionId: string | null;
  outRefundNo: string | null;
  ours: Record<string, unknown>;
  theirs: Record<string, unknown>;
}

/** All lines of these order numbers, and our orders of them: numbers must not be split between calls. */
export function compareDay(ours: readonly OurOrder[], bill: readonly DayLine[]): Difference[] {
  const orders = new Map(ours.map((order) => [order.outTradeNo, order]));
  const linesByNumber = groupBy(bill, ({ outTradeNo }) => outTradeNo);
  const numbers = new Set([...orders.keys(), ...linesByNumber.keys()]);
  return [...numbers].flatMap((outTradeNo) =>
    compareOrder(outTradeNo, orders.get(outTradeNo), linesByNumber.get(outTradeNo) ?? []),
  );
}

function compareOrder(
  outTradeNo: string,
  order: OurOrder | undefined,
  lines: readonly DayLine[],
): Difference[] {
  const trade = lines.filter(({ kind }) => kind === "trade");
  const fund = lines.filter(({ kind }) => kind === "fund_basic");
  return [
    ...comparePayments(outTradeNo, order, trade),
    ...compareRefunds(outTradeNo, order, trade),
    ...compareFees(order, trade),
    ...compareFunds(outTradeNo, trade, fund),
    ...compareLedger(order),
  ];
}

function comparePayments(
  outTradeNo: string,
  order: OurOrder | undefined,
  trade: readonly DayLine[],
): Difference[] {
  const found: Difference[] = [];
  for (const line of trade.filter(({ entry }) => entry === "other")) {
    found.push(about("payment_state_differs", line, { state: order?.state ?? null }));
  }
  const payments = trade.filter(({ entry }) => entry === "payment");
  for (const [first, ...repeats] of groupBy(payments, (line) => line.transactionId).values()) {
    if (!first) continue;
    if (repeats.length > 0) found.push(repeated("payment_repeated", first, repeats));
    found.push(...comparePayment(order, first));
  }
  const isSeen = trade.some(({ entry }) => entry === "payment" || entry === "other");
  if (order?.isDue && order.transactionId !== null && !isSeen) {
    const { transactionId, paidFen, state } = order;
    found.push({
      kind: "payment_absent",
      subject: outTradeNo,
      outTradeNo,
      transactionId,
      outRefundNo: null,
      ours: { transactionId, paidFen, state },
      theirs: {},
    });
  }
  return found;
}

function comparePayment(order: OurOrder | undefined, line: DayLine): Difference[] {
  if (!order) return [about("payment_unknown", line, {})];
  const { state, transactionId, paidFen, payerOpenid } = order;
  if (transactionId === null) return [about("payment_missed", line, { state })];
  const found: Difference[] = [];
  if (transactionId !== line.transactionId) {
    found.push(about("payment_transaction_differs", line, { transactionId, state }));
  }
  if (paidFen !== line.amountFen) {
    found.push(about("payment_amount_differs", line, { paidFen, state }));
  }
  if (payerOpenid !== line.openid) {
    found.push(about("payment_payer_differs", line, { payerOpenid, state }));
  }
  return found;
}

function compareRefunds(
  outTradeNo: string,
  order: OurOrder | undefined,
  trade: readonly DayLine[],
): Difference[] {
  const found: Difference[] = [];
  const ours = new Map(order?.refunds.map((refund) => [refund.outRefundNo, refund]));
  const lines = groupBy(
    trade.filter(({ entry }) => entry === "refund"),
    ({ outRefundNo }) => outRefundNo,
  );
  for (const [first, ...repeats] of lines.values()) {
    if (!first) continue;
    if (repeats.length > 0) found.push(repeated("refund_repeated", first, repeats));
    found.push(...compareRefund(ours.get(first.outRefundNo ?? ""), first));
  }
  for (const { outRefundNo, amountFen, state, isDue } of ours.values()) {
    if (!isDue || lines.has(outRefundNo)) continue;
    found.push({
      kind: "refund_absent",
      subject: outRefundNo,
      outTradeNo,
      transactionId: order?.transactionId ?? null,
      outRefundNo,
      ours: { amountFen, state },
      theirs: {},
    });
  }
  return found;
}

function compareRefund(refund: OurRefund | undefined, line: DayLine): Difference[] {
  if (!refund) return [about("refund_unknown", line, {})];
  const { amountFen, state } = refund;
  const found: Difference[] = [];
  if (amountFen !== -line.amountFen) {
    found.push(about("refund_amount_differs", line, { amountFen, state }));
  }
  const verdict = judgeRefundState(state, line.state);
  if (verdict !== "agree") {
    const kind = verdict === "behind" ? "refund_missed" : "refund_state_differs";
    found.push(about(kind, line, { state }));
  }
  return found;
}

/**
 * A bill's words are of the morning it was made and not updated (wechat.md §1.13), so ours may be
 * further on. `behind`: WeChat knew more of it than we do; asking WeChat can mend that.
 */
export function judgeRefundState(
  ours: OurRefundState,
  theirs: string | null,
): "agree" | "behind" | "contradict" {
  const isOpen = ours === "requested" || ours === "processing";
  switch (theirs) {
    case "SUCCESS":
      return ours === "succeeded" ? "agree" : "behind";
    case "PROCESSING":
      return ours === "requested" ? "behind" : "agree";
    case "CHANGE":
      return isOpen ? "behind" : "agree";
    case "FAIL":
      if (ours === "closed") return "agree";
      return ours === "succeeded" ? "contradict" : "behind";
    default:
      return "contradict";
  }
}

function compareFees(order: OurOrder | undefined, trade: readonly DayLine[]): Difference[] {
  return distinctLines(trade)
    .filter((line) => !isFeeRight(line, order?.paidFen ?? null))
    .map((line) => about("fee_differs", line, {}));
}

/**
 * WeChat keeps amount × rate, rounded half up to the fen, and returns it in proportion to what goes
 * back (§1.12). How a part's share is rounded is written nowhere, so a part must only stay within the
 * whole.
 */
function isFeeRight(line: DayLine, paidFen: number | null): boolean {
  if (line.feeRatePpm === null) return true;
  if (line.entry !== "refund") return line.feeFen === feeOf(line.amountFen, line.feeRatePpm);
  const returnedFen = -line.feeFen;
  const refundFen = -line.amountFen;
  if (paidFen === null) return returnedFen >= 0;
  const wholeFen = feeOf(paidFen, line.feeRatePpm);
  if (refundFen === paidFen) return returnedFen === wholeFen;
  return returnedFen >= 0 && returnedFen <= wholeFen;
}

function feeOf(amountFen: number, ratePpm: number): number {
  return Math.floor((2 * amountFen * ratePpm + 1_000_000) / 2_000_000);
}

/**
 * What trade lines say must have moved in the account. Compared net, because WeChat books a
 * payment's fee as a movement of its own and a refund's returned fee within the refund's.
 */
function compareFunds(
  outTradeNo: string,
  trade: readonly DayLine[],
  fund: readonly DayLine[],
): Difference[] {
  const tradeBySubject = groupBy(trade, fundSubject);
  const fundBySubject = groupBy(fund, fundSubject);
  const subjects = new Set([...tradeBySubject.keys(), ...fundBySubject.keys()]);
  return [...subjects].flatMap((outRefundNo): Difference[] => {
    const traded = tradeBySubject.get(outRefundNo) ?? [];
    const moved = fundBySubject.get(outRefundNo) ?? [];
    const movedFen = netOf(moved);
    // A repeated line may be an error of the trade bill alone, or of both bills.
    const isEqual = movedFen === netOf(traded) || movedFen === netOf(distinctLines(traded));
    if (isEqual && (moved.length > 0 || traded.length === 0 || netOf(traded) === 0)) return [];
    return [
      {
        kind: fundKind(traded, moved),
        subject: outRefundNo ?? outTradeNo,
        outTradeNo,
        transactionId: (traded[0] ?? moved[0])?.transactionId ?? null,
        outRefundNo,
        ours: {},
        theirs: { tradedFen: netOf(traded), movedFen, lineNos: moved.map(({ lineNo }) => lineNo) },
      },
    ];
  });
}

function fundKind(traded: readonly DayLine[], moved: readonly DayLine[]): DifferenceKind {
  if (moved.length === 0) return "fund_absent";
  return traded.length === 0 ? "fund_unknown" : "fund_differs";
}

const fundSubject = ({ outRefundNo }: DayLine) => outRefundNo;

function netOf(lines: readonly DayLine[]): number {
  return lines.reduce((total, { amountFen, feeFen }) => total + amountFen - feeFen, 0);
}

function compareLedger(order: OurOrder | undefined): Difference[] {
  if (!order) return [];
  const { outTradeNo, transactionId, ledgerPaidFen, ledgerRefundedFen } = order;
  const paidFen = order.paidFen ?? 0;
  const refundedFen = order.refunds
    .filter(({ state }) => state === "succeeded")
    .reduce((total, { amountFen }) => total + amountFen, 0);
  if (ledgerPaidFen === paidFen && ledgerRefundedFen === refundedFen) return [];
  return [
    {
      kind: "ledger_differs",
      subject: outTradeNo,
      outTradeNo,
      transactionId,
      outRefundNo: null,
      ours: { paidFen, refundedFen, ledgerPaidFen, ledgerRefundedFen },
      theirs: {},
    },
  ];
}

/** A difference that a line of the trade bill brings up. */
function about(kind: DifferenceKind, line: DayLine, ours: Record<string, unknown>): Difference {
  const { lineNo, transactionId, outTradeNo, outRefundNo, openid, state, attach } = line;
  const { amountFen, feeFen, feeRatePpm } = line;
  return {
    kind,
    subject: outRefundNo ?? transactionId ?? outTradeNo,
    outTradeNo,
    transactionId,
    outRefundNo,
    ours,
    theirs: { lineNo, openid, amountFen, feeFen, feeRatePpm, state, attach },
  };
}

function repeated(kind: DifferenceKind, first: DayLine, repeats: readonly DayLine[]): Difference {
  const difference = about(kind, first, {});
  const lineNos = [first, ...repeats].map(({ lineNo }) => lineNo);
  return { ...difference, theirs: { ...difference.theirs, lineNos } };
}

/** The first line of every payment and every refund. */
function distinctLines(lines: readonly DayLine[]): DayLine[] {
  const byNumber = groupBy(
    lines,
    (line) => `${line.entry} ${line.outRefundNo ?? line.transactionId}`,
  );
  return [...byNumber.values()].flatMap(([first]) => (first ? [first] : []));
}

function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
