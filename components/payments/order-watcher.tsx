"use client";

/**
 * Keeps asking where a yuan is, politely: at once, then ever more slowly, never while the page is
 * hidden, and not for ever. A change redraws the page from the server.
 */
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Button, LinkButton } from "@/components/ui/button";
import type { OrderOut } from "@/lib/payments/contract";
import { callApi } from "./call-api";

/** Waits before each question: about three minutes in all, inside the server's limit for a viewer. */
const DELAYS_SECONDS = [0, 2, 2, 3, 5, 8, 10, 15, 20, 30, 40, 45];
/** One "not paid" may be a payment still on its way; after the second we say so. */
const UNPAID_ANSWERS_MIN = 2;

export interface OrderWatcherProps {
  outTradeNo: string;
  state: OrderOut["state"];
  /** Refunds are followed by the server itself: then reading is enough. */
  mode: "sync" | "read";
  words: {
    asking: string;
    unpaid: string;
    noAnswer: string;
    offline: string;
    askAgain: string;
    toPay: string;
  };
  payHref: string;
}

export function OrderWatcher({ outTradeNo, state, mode, words, payHref }: OrderWatcherProps) {
  const router = useRouter();
  const [round, setRound] = useState(0);
  const [saying, setSaying] = useState<"asking" | "unpaid" | "offline" | "noAnswer">("asking");

  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` starts a new series.
  useEffect(() => {
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let unpaidAnswers = 0;

    async function ask(question: number) {
      if (document.hidden) return wait(question);
      const answer =
        mode === "sync"
          ? await callApi<OrderOut>(`/api/orders/${outTradeNo}/sync`, { body: {} })
          : await callApi<OrderOut>(`/api/orders/${outTradeNo}`);
      if (isOver) return;
      if (answer.ok && (answer.body.state !== state || answer.body.outcome?.kind === "unit")) {
        return router.refresh();
      }
      if (answer.ok && answer.body.paidAt === null) unpaidAnswers += 1;
      if (!answer.ok) setSaying("offline");
      else if (mode === "sync" && unpaidAnswers >= UNPAID_ANSWERS_MIN) setSaying("unpaid");
      else setSaying("asking");
      wait(question + 1);
    }
    function wait(question: number) {
      const seconds = DELAYS_SECONDS[question];
      if (seconds !== undefined) timer = setTimeout(() => void ask(question), seconds * 1000);
      else setSaying((last) => (last === "unpaid" ? last : "noAnswer"));
    }
    // Back from WeChat: iOS restores the page with its timers frozen, so start over.
    function onPageShow(event: PageTransitionEvent) {
      if (event.persisted) setRound((last) => last + 1);
    }
    window.addEventListener("pageshow", onPageShow);
    wait(0);
    return () => {
      isOver = true;
      clearTimeout(timer);
      window.removeEventListener("pageshow", onPageShow);
    };
  }, [outTradeNo, state, mode, router, round]);

  return (
    <div className="mt-5">
      {/* The lights show that it is being asked; only a reader of the page needs it in words. */}
      <p role="status" className={saying === "asking" ? "sr-only" : "text-small text-soft"}>
        {words[saying]}
      </p>
      {saying === "unpaid" && (
        <LinkButton href={payHref} className="mt-5">
          {words.toPay}
        </LinkButton>
      )}
      {saying === "noAnswer" && (
        <Button
          variant="quiet"
          className="mt-5"
          onClick={() => {
            setSaying("asking");
            setRound((last) => last + 1);
          }}
        >
          {words.askAgain}
        </Button>
      )}
    </div>
  );
}
