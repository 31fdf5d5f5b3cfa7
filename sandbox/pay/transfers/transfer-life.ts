import type { Sandbox } from "../../sandbox";
import { HOUR_MS, MINUTE_MS, SECOND_MS } from "../../time";
import { enqueueNotification } from "../notifications";
import { serializeTransferNotify } from "./serialize-transfer";
import { isTransferEnded, type Transfer, type TransferState } from "./transfer";

/** The payee's time to confirm, and how much later the expiry is noticed (wechat.md §1.14). */
const CONFIRM_MS = 24 * HOUR_MS;
const OVERDUE_LAG_MS = MINUTE_MS;

/** Queues the end of the present state; also used to go on after a restart. */
export function scheduleTransfer(sandbox: Sandbox, transfer: Transfer): void {
  sandbox.touch();
  const dueAtMs = transfer.nextStepAtMs;
  if (dueAtMs === null) return;
  sandbox.clock.schedule(dueAtMs, async () => {
    // A reset, the payee or the merchant may have made this event stale.
    const isKnown = sandbox.state.transfers.get(transfer.outBillNo) === transfer;
    if (isKnown && transfer.nextStepAtMs === dueAtMs) takeNextStep(sandbox, transfer);
  });
}

function enterState(
  sandbox: Sandbox,
  transfer: Transfer,
  state: TransferState,
  lastsMs: number | null,
): void {
  const nowMs = sandbox.clock.now();
  transfer.state = state;
  transfer.updatedAtMs = nowMs;
  transfer.nextStepAtMs = lastsMs === null ? null : nowMs + lastsMs;
  scheduleTransfer(sandbox, transfer);
  if (isTransferEnded(transfer)) notifyEnd(sandbox, transfer);
}

function notifyEnd(sandbox: Sandbox, transfer: Transfer): void {
  if (!transfer.notifyUrl) return;
  enqueueNotification(sandbox, {
    eventType: "MCHTRANSFER.BILL.FINISHED",
    summary: "商家转账单据终态通知",
    originalType: "mch_payment",
    url: transfer.notifyUrl,
    outTradeNo: transfer.outBillNo,
    outRefundNo: null,
    content: serializeTransferNotify(sandbox, transfer),
  });
}

/** ACCEPTED and PROCESSING share the waiting time; without one the payee may confirm at once. */
const halfAcceptMs = (sandbox: Sandbox) =>
  (sandbox.state.settings.transferAcceptSeconds * SECOND_MS) / 2;
const delayMs = (sandbox: Sandbox) => sandbox.state.settings.transferDelaySeconds * SECOND_MS;

export function startTransfer(sandbox: Sandbox, transfer: Transfer): void {
  if (halfAcceptMs(sandbox) > 0) {
    enterState(sandbox, transfer, "ACCEPTED", halfAcceptMs(sandbox));
  } else awaitPayee(sandbox, transfer);
}

function awaitPayee(sandbox: Sandbox, transfer: Transfer): void {
  transfer.confirmUntilMs = sandbox.clock.now() + CONFIRM_MS;
  enterState(sandbox, transfer, "WAIT_USER_CONFIRM", CONFIRM_MS + OVERDUE_LAG_MS);
}

/** What keeps the money from this payee, in WeChat's codes, or null. */
function findPayeeProblem(sandbox: Sandbox, transfer: Transfer): string | null {
  const persona = sandbox.state.personas.get(transfer.openid);
  if (!persona) return "ACCOUNT_NOT_EXIST";
  if (persona.isAccountAbnormal) return "PAYEE_ACCOUNT_ABNORMAL";
  const isOther = persona.realName && transfer.userName && persona.realName !== transfer.userName;
  return isOther ? "NAME_NOT_CORRECT" : null;
}

/** What happens when a state ends by itself. */
function takeNextStep(sandbox: Sandbox, transfer: Transfer): void {
  switch (transfer.state) {
    case "ACCEPTED":
      enterState(sandbox, transfer, "PROCESSING", halfAcceptMs(sandbox));
      return;
    case "PROCESSING":
      awaitPayee(sandbox, transfer);
      return;
    case "WAIT_USER_CONFIRM":
      failTransfer(sandbox, transfer, "OVERDUE_CLOSE");
      return;
    case "TRANSFERING":
      transfer.failReason ??= findPayeeProblem(sandbox, transfer);
      enterState(sandbox, transfer, transfer.failReason ? "FAIL" : "SUCCESS", null);
      return;
    case "CANCELING":
      enterState(sandbox, transfer, "CANCELLED", null);
  }
}

/** The payee takes the money; with `failReason` it will nevertheless fail for that reason. */
export function confirmTransfer(
  sandbox: Sandbox,
  transfer: Transfer,
  failReason: string | null,
): void {
  transfer.failReason = failReason;
  enterState(sandbox, transfer, "TRANSFERING", delayMs(sandbox));
}

export function failTransfer(sandbox: Sandbox, transfer: Transfer, failReason: string): void {
  transfer.failReason = failReason;
  enterState(sandbox, transfer, "FAIL", null);
}

/** The merchant takes it back before the payee has confirmed. */
export function startCancel(sandbox: Sandbox, transfer: Transfer): void {
  transfer.failReason = "MCH_CANCEL";
  enterState(sandbox, transfer, "CANCELING", delayMs(sandbox));
}
