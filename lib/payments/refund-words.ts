import type { RefundReason } from "./contract";
import { reasonForPayer } from "./reason-for-payer";

/** The insured's health and age have no words here: WeChat and its bills are not his to tell it to. */
const WORDS: Partial<Record<RefundReason, string>> = {
  gift_withdrawn: "您撤回了这份互助，原路退回",
  cancelled_before_effective: "保障生效前取消，原路退回",
  cooling_off: "犹豫期内退保，原路退回",
  surrender: "退保，按剩余天数原路退回",
  policy_ended: "保单已终止，原路退回",
};
const WORDS_OTHERWISE = "未能计入保单，原路退回";

/**
 * What the payer reads in WeChat beside the money (≤ 80 characters, wechat.md §1.12; R42). It depends
 * on nothing that changes, because WeChat compares it when the same refund is asked for again.
 */
export function refundWords(reason: RefundReason, kind: "first" | "gift"): string {
  const asFriend = reasonForPayer(reason, "gift");
  return WORDS[reasonForPayer(reason, kind)] ?? WORDS[asFriend] ?? WORDS_OTHERWISE;
}
