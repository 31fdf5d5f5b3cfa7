/** wechat.md §1.14; TRANSFERING has one R. The last three never change again. */
export type TransferState =
  | "ACCEPTED"
  | "PROCESSING"
  | "WAIT_USER_CONFIRM"
  | "TRANSFERING"
  | "CANCELING"
  | "SUCCESS"
  | "FAIL"
  | "CANCELLED";

/** Money from the merchant's 运营账户 to a user, such as a claim paid out. */
export interface Transfer {
  outBillNo: string;
  transferBillNo: string;
  appId: string;
  openid: string;
  amountFen: number;
  remark: string;
  sceneId: string;
  /** Decrypted; null when the request named nobody. */
  userName: string | null;
  notifyUrl: string | null;
  /** The request as first sent, decrypted and in canonical form: a repeat must equal it. */
  parameters: string;
  state: TransferState;
  /** Why it failed or will fail, one of WeChat's codes. */
  failReason: string | null;
  packageInfo: string;
  createdAtMs: number;
  updatedAtMs: number;
  /** The payee's last moment to confirm; null before they may. */
  confirmUntilMs: number | null;
  /** When the present state ends by itself; null when it does not. */
  nextStepAtMs: number | null;
}

const END_STATES: readonly TransferState[] = ["SUCCESS", "FAIL", "CANCELLED"];

export function isTransferEnded(transfer: Transfer): boolean {
  return END_STATES.includes(transfer.state);
}
