"use client";

/** The friend's two taps: order, cashier, confirmation, and every way in which they can end. */
import { useState } from "react";
import { forgetOrderKey } from "@/components/payments/order-key";
import { recordIntent } from "@/components/payments/pay-intent";
import { payOrder } from "@/components/payments/pay-order";
import { postOrder } from "@/components/payments/post-order";
import type { PayableOrder } from "@/lib/payments/contract";
import { findRefusalState, type ShareState } from "./share-state";

export type SupportStep = "order" | "cashier" | "confirm";

export interface Gift {
  message: string;
  anonymous: boolean;
}

export function useSupport(code: string, onState: (state: ShareState) => void) {
  const [step, setStep] = useState<SupportStep | null>(null);
  /** Key of the sentence that says how the last attempt ended. */
  const [ending, setEnding] = useState<string | null>(null);

  function end(key: string | null) {
    setStep(null);
    setEnding(key);
  }

  /** `isReturn`: we come back from the login, so another "not signed in" would go round forever. */
  async function support(gift: Gift, isReturn = false): Promise<void> {
    setEnding(null);
    setStep("order");
    const message = gift.message.trim();
    const body = { ...(message && { message }), ...(gift.anonymous && { anonymous: true }) };
    const path = `/api/policies/${code}/contributions`;
    const answer = await postOrder<{ order: PayableOrder }>(path, body);
    if (answer.ok) {
      const ended = await payOrder(answer.body.order, setStep);
      if (ended === "leaving") forgetOrderKey(path);
      else end(ended);
      return;
    }
    if (answer.code === "not_authenticated" && !isReturn) {
      recordIntent(code, gift);
      location.assign(`/api/auth/wechat?next=${encodeURIComponent(`/p/${code}?pay=1`)}`);
      return;
    }
    const state = findRefusalState(answer.code);
    if (state) onState(state);
    end(state ? null : answer.code);
  }

  return { step, ending, support, reset: () => end(null) };
}
