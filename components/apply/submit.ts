/** From a complete draft to an order: the one request of the application (R9). */
import { forgetOrderKey } from "@/components/payments/order-key";
import { postOrder } from "@/components/payments/post-order";
import { isErrorCode } from "@/lib/i18n/field-codes";
import type { PayableOrder } from "@/lib/payments/contract";
import type { CreateApplication } from "@/lib/policies/contract";
import { type ApplyDraft, type ApplyRules, normaliseField } from "./draft";
import type { ApplyProblem } from "./machine";

const PATH = "/api/applications";

export type SubmitEnd =
  | { kind: "created"; policyCode: string; order: PayableOrder }
  | { kind: "unauthenticated" }
  | { kind: "refused"; problem: ApplyProblem };

/** What is sent: only what the plan asks, in the contract's shape. */
function applicationOf(rules: ApplyRules, draft: ApplyDraft): CreateApplication {
  return {
    name: normaliseField("name", draft.who.name),
    idNumber: normaliseField("idNumber", draft.who.idNumber),
    phone: normaliseField("phone", draft.who.phone),
    planVersion: rules.planVersion,
    healthAnswers: Object.fromEntries(
      rules.questionIds.map((id) => [id, draft.answers[id] ?? true]),
    ),
    documents: {
      terms: draft.accepted.terms ?? "",
      exemptions: draft.accepted.exemptions ?? "",
      sensitive_data: draft.accepted.sensitive_data ?? "",
    },
    consents: { sensitiveData: true },
  };
}

export async function submitApplication(rules: ApplyRules, draft: ApplyDraft): Promise<SubmitEnd> {
  const answer = await postOrder<{ policyCode: string; order: PayableOrder }>(
    PATH,
    applicationOf(rules, draft),
  );
  if (answer.ok) return { kind: "created", ...answer.body };
  if (answer.code === "not_authenticated") return { kind: "unauthenticated" };
  // Nobody knows whether it arrived: the same key will ask again for the same order.
  if (answer.code === "offline") {
    return { kind: "refused", problem: { code: "offline", fields: [] } };
  }
  const code = isErrorCode(answer.code) ? answer.code : "internal";
  return { kind: "refused", problem: { code, fields: answer.fields } };
}

/** After payment, or when the order can no longer be paid. */
export function forgetSubmission(): void {
  forgetOrderKey(PATH);
}
