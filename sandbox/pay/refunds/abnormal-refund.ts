import { createHash } from "node:crypto";
import type { Sandbox } from "../../sandbox";
import type { Refund } from "../../state";
import { SECOND_MS } from "../../time";
import { PayError } from "../errors";
import type { PayCall } from "../route";
import { decryptFields } from "../sensitive-fields";
import { assertFields, canonicalize, createParamError } from "../validate";
import { ABNORMAL_REFUND_FIELDS, type AbnormalRefundBody } from "./fields";
import { scheduleRefund } from "./refund-life";
import { serializeRefund } from "./serialize-refund";

/** Debit cards that WeChat can send an abnormal refund to; other banks are refused. */
const BANKS: Record<string, string> = {
  CMB_DEBIT: "招商银行",
  COMM_DEBIT: "交通银行",
  ABC_DEBIT: "农业银行",
  CCB_DEBIT: "建设银行",
  ICBC_DEBIT: "工商银行",
  BOC_DEBIT: "中国银行",
  PAB_DEBIT: "平安银行",
  SPDB_DEBIT: "浦发银行",
  CITIC_DEBIT: "中信银行",
  CEB_DEBIT: "光大银行",
  CMBC_DEBIT: "民生银行",
  CIB_DEBIT: "兴业银行",
  GDB_DEBIT: "广发银行",
  PSBC_DEBIT: "邮储银行",
  NBCB_DEBIT: "宁波银行",
};

interface Card {
  bankType: string;
  account: string;
  realName: string;
}

function requireField(name: keyof AbnormalRefundBody, value: string | undefined): string {
  if (value) return value;
  throw createParamError(`/${name}`, undefined, "退款至用户银行卡时，此字段为必填项");
}

/** The user's card, decrypted and checked. */
function openCard(sandbox: Sandbox, call: PayCall, body: AbnormalRefundBody): Card {
  const bankType = requireField("bank_type", body.bank_type);
  const { bank_account, real_name } = decryptFields(sandbox, call.serialHeader, {
    bank_account: requireField("bank_account", body.bank_account),
    real_name: requireField("real_name", body.real_name),
  });
  if (!BANKS[bankType]) throw createParamError("/bank_type", bankType, "不支持的开户银行");
  if (!/^\d{8,32}$/.test(bank_account)) {
    throw createParamError("/bank_account", undefined, "收款银行卡号格式错误");
  }
  if (!real_name.trim()) throw createParamError("/real_name", undefined, "收款用户姓名不能为空");
  return { bankType, account: bank_account, realName: real_name };
}

function getNamedRefund(sandbox: Sandbox, refundId: string, outRefundNo: string): Refund {
  const refund = sandbox.state.refunds.get(outRefundNo);
  if (refund?.refundId === refundId) return refund;
  throw new PayError(404, "RESOURCE_NOT_EXISTS", "退款单不存在");
}

/**
 * Sends an ABNORMAL refund another way: to a card of the user's, or to the merchant's bank account
 * (wechat.md §1.12). It is PROCESSING again and will succeed. A repeat with equal parameters (the
 * cipher text always differs) answers the refund as it is now.
 */
export function applyAbnormalRefund(sandbox: Sandbox, call: PayCall): Record<string, unknown> {
  const parsed = call.parseBody();
  assertFields(parsed, ABNORMAL_REFUND_FIELDS);
  const body = parsed as AbnormalRefundBody;
  const card = body.type === "USER_BANK_CARD" ? openCard(sandbox, call, body) : null;
  const refund = getNamedRefund(sandbox, call.key, body.out_refund_no);
  const opened = canonicalize({ type: body.type, card });
  // Only a digest: card numbers do not belong into a file of books.
  const parameters = createHash("sha256").update(opened).digest("hex");
  if (refund.abnormalParameters === parameters && refund.status !== "ABNORMAL") {
    return serializeRefund(sandbox, refund);
  }
  if (refund.status !== "ABNORMAL") {
    throw new PayError(400, "INVALID_REQUEST", "退款单状态不是退款异常，不能发起异常退款");
  }
  refund.status = "PROCESSING";
  refund.outcome = "SUCCESS";
  refund.finishAtMs = sandbox.clock.now() + sandbox.state.settings.refundDelaySeconds * SECOND_MS;
  refund.channel = "OTHER_BANKCARD";
  refund.userReceivedAccount = card
    ? `${BANKS[card.bankType]}借记卡${card.account.slice(-4)}`
    : "商户银行账户";
  refund.abnormalParameters = parameters;
  scheduleRefund(sandbox, refund);
  return serializeRefund(sandbox, refund);
}
