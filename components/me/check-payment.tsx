"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { syncOrder } from "@/components/payments/pay-order";
import { Spinner } from "@/components/ui/spinner";

/** Asks WeChat what became of an order, through our server, and redraws the list. */
export function CheckPayment({
  outTradeNo,
  words,
}: {
  outTradeNo: string;
  words: { check: string; checking: string; checkFailed: string };
}) {
  const router = useRouter();
  const [isAsking, setAsking] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const [isRedrawing, startRedraw] = useTransition();
  const isBusy = isAsking || isRedrawing;

  const check = async () => {
    if (isBusy) return;
    setFailed(false);
    setAsking(true);
    const order = await syncOrder(outTradeNo);
    setAsking(false);
    if (order) startRedraw(() => router.refresh());
    else setFailed(true);
  };
  return (
    <div>
      <button
        type="button"
        onClick={check}
        aria-disabled={isBusy || undefined}
        className="inline-flex min-h-11 items-center gap-2 text-small font-semibold text-accent-text underline underline-offset-4"
      >
        {isBusy && <Spinner className="size-4" />}
        {isBusy ? words.checking : words.check}
      </button>
      <p aria-live="polite" className="text-small text-bad">
        {hasFailed && words.checkFailed}
      </p>
    </div>
  );
}
