import { useCallback, useRef, useState } from "react";
import { payOrder } from "@/components/payments/pay-order";
import type { PayableOrder } from "@/lib/payments/contract";
import type { ApplyDraft, ApplyRules } from "./draft";
import type { ApplyProblem } from "./machine";
import { clearDraft, recordSubmit } from "./stored-draft";
import { forgetSubmission, submitApplication } from "./submit";

/** A cashier that opens with less time left than this would close on the person. */
const ORDER_MARGIN_MS = 30_000;

export type PaymentPhase = "idle" | "working" | "cashier" | "checking" | "leaving";
export type PaymentNote = "cancelled" | "failed" | "unavailable" | null;

/** Application → order → cashier. Where it stays on the page, nothing was charged. */
export function usePayment(rules: ApplyRules, onRefused: (problem: ApplyProblem) => void) {
  const [phase, setPhase] = useState<PaymentPhase>("idle");
  const [note, setNote] = useState<PaymentNote>(null);
  /** The order of exactly this draft; after a cancelled cashier it is simply opened again. */
  const open = useRef<{ draft: ApplyDraft; order: PayableOrder } | null>(null);
  const isRunning = useRef(false);

  const findOpenOrder = useCallback((draft: ApplyDraft): PayableOrder | null => {
    const known = open.current;
    if (!known || known.draft !== draft) return null;
    if (Date.parse(known.order.expiresAt) > Date.now() + ORDER_MARGIN_MS) return known.order;
    forgetSubmission();
    open.current = null;
    return null;
  }, []);

  const createOrder = useCallback(
    async (draft: ApplyDraft): Promise<PayableOrder | null> => {
      const end = await submitApplication(rules, draft);
      if (end.kind === "created") {
        open.current = { draft, order: end.order };
        return end.order;
      }
      if (end.kind === "refused") onRefused(end.problem);
      else {
        recordSubmit();
        location.assign(`/api/auth/wechat?next=${encodeURIComponent("/apply?step=confirm")}`);
      }
      setPhase(end.kind === "refused" ? "idle" : "leaving");
      return null;
    },
    [rules, onRefused],
  );

  const pay = useCallback(
    async (draft: ApplyDraft) => {
      // A second tap while the first is on its way must not open a second cashier.
      if (isRunning.current) return;
      isRunning.current = true;
      setNote(null);
      setPhase("working");
      try {
        const order = findOpenOrder(draft) ?? (await createOrder(draft));
        if (!order) return;
        const end = await payOrder(order, (step) =>
          setPhase(step === "cashier" ? "cashier" : "checking"),
        );
        if (end === "leaving") {
          clearDraft();
          forgetSubmission();
          setPhase("leaving");
        } else {
          setNote(end);
          setPhase("idle");
        }
      } finally {
        isRunning.current = false;
      }
    },
    [findOpenOrder, createOrder],
  );

  /** The page came back from the browser's cache (wechat.md §4): nothing is under way any more. */
  const reset = useCallback(() => {
    isRunning.current = false;
    setPhase("idle");
  }, []);

  return { phase, note, pay, reset };
}
