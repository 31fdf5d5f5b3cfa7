import type { Notice } from "@/lib/notices/contract";

/**
 * Which sentence tells a notice, and with which values: a kind says more or less by what is known.
 * Pure.
 */
export function decideSentence({ kind, values }: Pick<Notice, "kind" | "values">): {
  kind: string;
  values: Notice["values"];
} {
  switch (kind) {
    case "unit_settled":
      return { kind: values.askerName ? kind : "unit_settled_own", values };
    case "unit_received":
      return { kind: values.nickname ? kind : "unit_received_anonymous", values };
    case "thanked":
      return { kind: values.thanks ? "thanked_with_words" : kind, values };
    case "cover_matured":
      return { kind: values.units === 1 ? "cover_matured_one" : kind, values };
    case "anniversary":
      return { kind: values.friends ? kind : "anniversary_alone", values };
    case "refund_succeeded":
      return { kind: values.receivedBy ? "refund_succeeded_to" : kind, values };
    case "unit_ended":
      return { kind, values: { ...values, lessYuan: Math.abs(Number(values.coverDeltaYuan)) } };
    case "policy_ended":
      return { kind, values: { ...values, endReason: values.reason ?? "" } };
    default:
      return { kind, values };
  }
}
