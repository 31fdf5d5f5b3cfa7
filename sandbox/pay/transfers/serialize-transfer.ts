import type { Sandbox } from "../../sandbox";
import { formatRfc3339 } from "../../time";
import type { Transfer } from "./transfer";

const serializeFailReason = ({ state, failReason }: Transfer) =>
  failReason && (state === "FAIL" || state === "CANCELLED") ? { fail_reason: failReason } : {};

/** The answer of `transfer-bills`: the payee's page needs `package_info`, and only there it is. */
export function serializeNewTransfer(transfer: Transfer): Record<string, unknown> {
  return {
    out_bill_no: transfer.outBillNo,
    transfer_bill_no: transfer.transferBillNo,
    create_time: formatRfc3339(transfer.createdAtMs),
    state: transfer.state,
    ...serializeFailReason(transfer),
    ...(transfer.state === "WAIT_USER_CONFIRM" ? { package_info: transfer.packageInfo } : {}),
  };
}

export function serializeCancelledTransfer(transfer: Transfer): Record<string, unknown> {
  return {
    out_bill_no: transfer.outBillNo,
    transfer_bill_no: transfer.transferBillNo,
    state: transfer.state,
    update_time: formatRfc3339(transfer.updatedAtMs),
  };
}

/** The answer of both queries. */
export function serializeTransfer(sandbox: Sandbox, transfer: Transfer): Record<string, unknown> {
  return {
    mch_id: sandbox.keys.mchId,
    out_bill_no: transfer.outBillNo,
    transfer_bill_no: transfer.transferBillNo,
    appid: transfer.appId,
    state: transfer.state,
    transfer_amount: transfer.amountFen,
    transfer_remark: transfer.remark,
    ...serializeFailReason(transfer),
    openid: transfer.openid,
    create_time: formatRfc3339(transfer.createdAtMs),
    update_time: formatRfc3339(transfer.updatedAtMs),
  };
}

/** The plain text of the notify. */
export function serializeTransferNotify(
  sandbox: Sandbox,
  transfer: Transfer,
): Record<string, unknown> {
  const { appid, transfer_remark, ...content } = serializeTransfer(sandbox, transfer);
  return content;
}
