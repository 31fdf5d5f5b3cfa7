import type { Sandbox } from "../../sandbox";
import type { RefundOutcome } from "../../state";

/** Uses up one count of the oldest outcome decided for this order or for any; null: success. */
export function takeRefundOutcome(sandbox: Sandbox, outTradeNo: string): RefundOutcome | null {
  const { refundOutcomes } = sandbox.state;
  const outcome = refundOutcomes.find(
    (one) => one.outTradeNo === null || one.outTradeNo === outTradeNo,
  );
  if (!outcome) return null;
  outcome.count -= 1;
  if (outcome.count <= 0) refundOutcomes.splice(refundOutcomes.indexOf(outcome), 1);
  sandbox.touch();
  return outcome;
}
