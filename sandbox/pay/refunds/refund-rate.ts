import type { Sandbox } from "../../sandbox";
import { PayError, REQUEST_ID_CODE } from "../errors";

function assertBelow(limit: number | null, count: number): void {
  if (limit === null || count < limit) return;
  throw new PayError(429, "FREQUENCY_LIMITED", "频率超限，请降低请求频率后重试", {
    requestIdCode: REQUEST_ID_CODE.frequencyLimited,
  });
}

/**
 * Serves a refund request within WeChat's two limits (wechat.md §1.12: 150 a second, and 6 a second
 * of those that fail), in real time. A refusal by a limit does not itself count.
 */
export function limitRefundRate<Value>(sandbox: Sandbox, serve: () => Value): Value {
  const { served, failed } = sandbox.refundRates;
  const { refundRatePerSecond, refundErrorRatePerSecond } = sandbox.state.settings;
  assertBelow(refundRatePerSecond, served.countLastSecond());
  assertBelow(refundErrorRatePerSecond, failed.countLastSecond());
  served.add();
  try {
    return serve();
  } catch (error) {
    failed.add();
    throw error;
  }
}
