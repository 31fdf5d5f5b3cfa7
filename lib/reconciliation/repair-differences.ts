/**
 * Mends what may be mended, through the verbs that a notify and a poll use. The bill only says where
 * to look: what is booked is WeChat's own answer to our question.
 */
import { isDatabaseUnavailable } from "@/lib/db/errors";
import type { Deps } from "@/lib/deps";
import { parseAttach } from "@/lib/payments/attach";
import { applyRefundState } from "@/lib/payments/follow-refund";
import { type SettleResult, settlePayment } from "@/lib/payments/settle-payment";
import type { CalendarDate } from "@/lib/pricing/calendar";
import { WechatPayError } from "@/lib/wechat/pay/errors";
import {
  BEFORE_ALL,
  listOpenDifferences,
  resolveDifference,
  type StoredDifference,
} from "./differences";
import { rebuildOrder } from "./rebuild-order";
import { type DifferenceKind, judgeRefundState, type OurRefund } from "./rules";

interface Repair {
  state: "repaired" | "open";
  /** What was done, or why nothing could be. */
  resolution: string;
}

export interface RepairCount {
  repaired: number;
  /** WeChat gave no answer about these: they are tried again by the next run. */
  unanswered: number;
}

/** WeChat allows hundreds of queries a second (§1.15); eight at a time leave the pool to the shop. */
const CONCURRENCY = 8;

const REPAIRS: Partial<
  Record<DifferenceKind, (deps: Deps, difference: StoredDifference) => Promise<Repair | null>>
> = {
  payment_missed: repairMissedPayment,
  payment_unknown: repairUnknownPayment,
  refund_missed: repairMissedRefund,
};

export const REPAIRED_KINDS = Object.keys(REPAIRS) as DifferenceKind[];

/** Every open repairable difference of the day is tried once; none keeps the others from their turn. */
export async function repairDifferences(
  deps: Deps,
  billDate: CalendarDate,
  beforeChunk: () => Promise<void>,
): Promise<RepairCount> {
  const count: RepairCount = { repaired: 0, unanswered: 0 };
  let after = BEFORE_ALL;
  for (;;) {
    await beforeChunk();
    const page = await listOpenDifferences(deps, {
      billDate,
      kinds: REPAIRED_KINDS,
      after,
      limit: CONCURRENCY,
    });
    await Promise.all(page.map((one) => repair(deps, one, count)));
    const last = page.at(-1);
    if (!last) return count;
    after = last;
  }
}

async function repair(deps: Deps, difference: StoredDifference, count: RepairCount): Promise<void> {
  try {
    const result = await REPAIRS[difference.kind]?.(deps, difference);
    if (!result) return;
    const isMoved = await resolveDifference(deps, difference.id, result);
    if (isMoved && result.state === "repaired") count.repaired += 1;
  } catch (error) {
    if (isDatabaseUnavailable(error)) throw error;
    if (!(error instanceof WechatPayError)) return reportFault(deps, difference, error);
    count.unanswered += 1;
    deps.log.warn(
      { difference: difference.id, code: error.code ?? error.reason },
      "WeChat gave no answer about a difference",
    );
  }
}

/** A fault of ours concerns this difference alone: it stays open with the fault's name, for a person. */
async function reportFault(
  deps: Deps,
  difference: StoredDifference,
  error: unknown,
): Promise<void> {
  // The message may repeat what was read or written, people's data among it; name and code do not.
  const { name, code } = error instanceof Error ? (error as Error & { code?: unknown }) : {};
  const fault = [name ?? typeof error, code].filter((word) => typeof word === "string").join(" ");
  deps.log.error(
    { difference: difference.id, error: error instanceof Error ? error.stack : fault },
    "a difference could not be repaired",
  );
  const resolution = `a fault of ours: ${fault}`;
  await resolveDifference(deps, difference.id, { state: "open", resolution });
}

async function repairMissedPayment(deps: Deps, difference: StoredDifference): Promise<Repair> {
  const transaction = await deps.pay.findTransaction(difference.outTradeNo ?? "");
  if (!transaction) return { state: "open", resolution: "WeChat itself knows no such order" };
  return explainSettle(await settlePayment(deps, transaction, "query"));
}

/** Only what carries our mark is asked after; the rest is somebody else's, and a person's to judge. */
async function repairUnknownPayment(
  deps: Deps,
  difference: StoredDifference,
): Promise<Repair | null> {
  const { attach } = difference.theirs;
  if (typeof attach !== "string" || !parseAttach(attach)) return null;
  const transaction = await deps.pay.findTransaction(difference.outTradeNo ?? "");
  if (!transaction) return { state: "open", resolution: "WeChat itself knows no such order" };
  const obstacle = await rebuildOrder(deps, transaction);
  if (obstacle) return { state: "open", resolution: obstacle };
  const { state, resolution } = explainSettle(await settlePayment(deps, transaction, "query"));
  return { state, resolution: `the lost order was made again, ${resolution}` };
}

function explainSettle(result: SettleResult): Repair {
  switch (result.kind) {
    case "unit":
      return {
        state: "repaired",
        resolution: `became unit ${result.seq}, ${result.endorsementNo}`,
      };
    case "refund":
      return { state: "repaired", resolution: `is being refunded: ${result.reason}` };
    case "already_settled":
      return { state: "repaired", resolution: "had been settled meanwhile" };
    case "not_paid":
      return { state: "open", resolution: "WeChat itself says that it is not paid" };
    case "reported":
      return { state: "open", resolution: "it does not fit its order: see the incident" };
    case "unknown_order":
      return { state: "open", resolution: "the order is not on record" };
  }
}

const REFUND_STATE = {
  name: "refund_state",
  text: "SELECT state FROM refunds WHERE out_refund_no = $1",
};

async function repairMissedRefund(deps: Deps, difference: StoredDifference): Promise<Repair> {
  const outRefundNo = difference.outRefundNo ?? "";
  const refund = await deps.pay.findRefund(outRefundNo);
  if (!refund) return { state: "open", resolution: "WeChat itself knows no such refund" };
  await applyRefundState(deps, refund);
  const [row] = await deps.db.query<Pick<OurRefund, "state">>(REFUND_STATE, [outRefundNo]);
  const said = `WeChat says ${refund.status}, ours is ${row?.state}`;
  const isEqual = row && judgeRefundState(row.state, `${difference.theirs.state}`) === "agree";
  return { state: isEqual ? "repaired" : "open", resolution: said };
}
