import { randomAlphanumeric, randomDigits } from "../../random";
import type { Sandbox } from "../../sandbox";
import { formatCompact } from "../../time";
import { createBookIndex } from "../book-index";
import { PayError } from "../errors";
import type { PayCall } from "../route";
import { decryptFields } from "../sensitive-fields";
import { assertFields, canonicalize } from "../validate";
import { TRANSFER_FIELDS, type TransferBody } from "./fields";
import {
  serializeCancelledTransfer,
  serializeNewTransfer,
  serializeTransfer,
} from "./serialize-transfer";
import type { Transfer, TransferState } from "./transfer";
import { startCancel, startTransfer } from "./transfer-life";
import { assertOperationFunds, assertTransferRequest } from "./transfer-rules";

const transfersByBillNo = createBookIndex<Transfer>((transfer) => transfer.transferBillNo);

/** The body with its name opened; a cipher text is another one every time. */
function openBody(sandbox: Sandbox, call: PayCall): TransferBody {
  const parsed = call.parseBody();
  assertFields(parsed, TRANSFER_FIELDS);
  const body = parsed as TransferBody;
  if (!body.user_name) return body;
  const { user_name } = body;
  return { ...body, ...decryptFields(sandbox, call.serialHeader, { user_name }) };
}

function acceptTransfer(sandbox: Sandbox, body: TransferBody): Transfer {
  const nowMs = sandbox.clock.now();
  return {
    outBillNo: body.out_bill_no,
    transferBillNo: `1330000${randomDigits(11)}${formatCompact(nowMs).slice(0, 8)}${randomDigits(14)}`,
    appId: body.appid,
    openid: body.openid,
    amountFen: body.transfer_amount,
    remark: body.transfer_remark,
    sceneId: body.transfer_scene_id,
    userName: body.user_name ?? null,
    notifyUrl: body.notify_url ?? null,
    parameters: canonicalize(body),
    state: "ACCEPTED",
    failReason: null,
    packageInfo: `${randomAlphanumeric(86)}==`,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
    confirmUntilMs: null,
    nextStepAtMs: null,
  };
}

/**
 * Accepts a transfer (wechat.md §1.14). The same number with the same parameters is the same
 * transfer and answers its present state; a refused request leaves no trace, so it may be repeated.
 */
export function createTransfer(sandbox: Sandbox, call: PayCall): Record<string, unknown> {
  const body = openBody(sandbox, call);
  const { transfers } = sandbox.state;
  const known = transfers.get(body.out_bill_no);
  if (known) {
    if (known.parameters === canonicalize(body)) return serializeNewTransfer(known);
    throw new PayError(400, "INVALID_REQUEST", "单号已存在但信息不一致，请查单后比较确认");
  }
  assertTransferRequest(sandbox, body);
  assertOperationFunds(sandbox, body.transfer_amount);
  const transfer = acceptTransfer(sandbox, body);
  transfers.set(transfer.outBillNo, transfer);
  transfersByBillNo.add(transfers, transfer);
  startTransfer(sandbox, transfer);
  return serializeNewTransfer(transfer);
}

function assertFound(transfer: Transfer | null | undefined): Transfer {
  if (transfer) return transfer;
  throw new PayError(404, "NOT_FOUND", "记录不存在");
}

/** Query by our own number. 404 NOT_FOUND when never accepted. */
export function getTransfer(sandbox: Sandbox, outBillNo: string): Record<string, unknown> {
  return serializeTransfer(sandbox, assertFound(sandbox.state.transfers.get(outBillNo)));
}

export function findTransferByBillNo(sandbox: Sandbox, transferBillNo: string): Transfer | null {
  return transfersByBillNo.find(sandbox.state.transfers, transferBillNo);
}

/** Query by WeChat's number. */
export function getTransferByBillNo(
  sandbox: Sandbox,
  transferBillNo: string,
): Record<string, unknown> {
  return serializeTransfer(sandbox, assertFound(findTransferByBillNo(sandbox, transferBillNo)));
}

const CANCELLABLE: readonly TransferState[] = ["ACCEPTED", "PROCESSING", "WAIT_USER_CONFIRM"];

/** Takes a transfer back before its payee confirmed; again is welcome, later is not. */
export function cancelTransfer(sandbox: Sandbox, outBillNo: string): Record<string, unknown> {
  const transfer = assertFound(sandbox.state.transfers.get(outBillNo));
  if (CANCELLABLE.includes(transfer.state)) startCancel(sandbox, transfer);
  else if (transfer.state !== "CANCELING" && transfer.state !== "CANCELLED") {
    throw new PayError(400, "INVALID_REQUEST", "当前单据状态不支持撤销，请查单确认");
  }
  return serializeCancelledTransfer(transfer);
}
