/** From a complete draft to an order: the one request of the application (R9). */
import { callApi } from "@/components/payments/call-api";
import { forgetOrderKey, orderKeyFor } from "@/components/payments/order-key";
import { isErrorCode } from "@/lib/i18n/field-codes";
import type { PayableOrder } from "@/lib/payments/contract";
import type { CreateApplication } from "@/lib/policies/contract";
import { type ApplyDraft, type ApplyRules, normaliseField } from "./draft";
import type { ApplyProblem } from "./machine";

const KEY_SCOPE = "apply";

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
  const body = applicationOf(rules, draft);
  const answer = await callApi<{ policyCode: string; order: PayableOrder }>("/api/applications", {
    body,
    idempotencyKey: orderKeyFor(KEY_SCOPE, JSON.stringify(body)),
  });
  if (answer.ok) return { kind: "created", ...answer.body };
  if (answer.code === "not_authenticated") return { kind: "unauthenticated" };
  if (answer.code === "offline") {
    // Nobody knows whether it arrived: the same key will ask again for the same order.
    return { kind: "refused", problem: { code: "offline", fields: [] } };
  }
  forgetOrderKey(KEY_SCOPE);
  const code = isErrorCode(answer.code) ? answer.code : "internal";
  return { kind: "refused", problem: { code, fields: answer.fields } };
}

/** After payment, or when the order can no longer be paid. */
export function forgetSubmission(): void {
  forgetOrderKey(KEY_SCOPE);
}
