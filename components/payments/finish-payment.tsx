"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { PayableOrder } from "@/lib/payments/contract";
import { callApi } from "./call-api";
import { type PayStep, payOrder } from "./pay-order";

/** Continues an order that was made but not paid: fresh cashier parameters, then as always. */
export function FinishPayment({
  outTradeNo,
  words,
}: {
  outTradeNo: string;
  words: {
    label: string;
    busy: Record<"order" | PayStep, string>;
    result: Readonly<Record<string, string>>;
  };
}) {
  const [step, setStep] = useState<"order" | PayStep | null>(null);
  const [ending, setEnding] = useState<string | null>(null);

  async function pay() {
    if (step === "order" || step === "confirm") return;
    setEnding(null);
    setStep("order");
    const answer = await callApi<{ order: PayableOrder }>(`/api/orders/${outTradeNo}/cashier`, {
      body: {},
    });
    const ended = answer.ok ? await payOrder(answer.body.order, setStep) : answer.code;
    if (ended === "leaving") return;
    setStep(null);
    setEnding(ended);
  }

  return (
    <>
      <p role="status" className="mb-3 text-center text-small empty:hidden">
        {ending && (words.result[ending] ?? words.result.other)}
      </p>
      <Button variant="pay" isBusy={step !== null} onClick={() => void pay()}>
        {step ? words.busy[step] : words.label}
      </Button>
    </>
  );
}
