import { drawFault } from "./chaos";
import type { FaultEndpoint, FaultKind } from "./fault-kinds";
import type { Sandbox } from "./sandbox";

export {
  FAULT_ENDPOINTS,
  FAULT_KINDS,
  type FaultEndpoint,
  type FaultKind,
  isFaultPossible,
} from "./fault-kinds";

export interface Fault {
  id: string;
  endpoint: FaultEndpoint;
  kind: FaultKind;
  /** How many calls are still to be spoiled. */
  count: number;
  /** Real milliseconds for an answer, sandbox milliseconds for a notify or a wrong clock. */
  delayMs: number;
  /** For `duplicate`: how many times more the notify is sent. */
  copies: number;
  /** For `error`: the answer instead of 500 SYSTEM_ERROR, such as 403 NOT_ENOUGH. */
  status: number | null;
  code: string | null;
  message: string | null;
  /** Only calls about this order (a transfer's `out_bill_no` likewise); null = any. */
  outTradeNo: string | null;
}

/** What spoils one message. */
export type Spoil = Pick<Fault, "kind" | "delayMs" | "copies">;

/**
 * What goes wrong with this call: one count of the oldest matching fault, or, when nobody ordered
 * one, whatever the chaos draws (`chaos.ts`). Null: nothing.
 */
export function takeFault(
  sandbox: Sandbox,
  endpoint: FaultEndpoint,
  outTradeNo: string | null,
): Fault | null {
  const { faults } = sandbox.state;
  const fault = faults.find(
    (one) =>
      one.endpoint === endpoint && (one.outTradeNo === null || one.outTradeNo === outTradeNo),
  );
  if (!fault) return drawFault(sandbox, endpoint);
  fault.count -= 1;
  if (fault.count <= 0) faults.splice(faults.indexOf(fault), 1);
  sandbox.touch();
  return fault;
}
