"use client";

import { useRouter } from "next/navigation";
import { useRef, useState, useTransition } from "react";
import { callApi } from "@/components/payments/call-api";
import { Button } from "@/components/ui/button";
import { fill } from "@/lib/i18n/fill";
import type { Thanked } from "@/lib/words/contract";

/** One tap for everybody not thanked yet; those thanked before hear nothing twice. */
export function ThankAll({
  code,
  words,
}: {
  code: string;
  words: {
    label: string;
    busy: string;
    done: string;
    failures: Readonly<Record<string, string>>;
  };
}) {
  const router = useRouter();
  const [isRedrawing, startRedraw] = useTransition();
  const [isBusy, setBusy] = useState(false);
  const [told, setTold] = useState<string | null>(null);
  const isActing = useRef(false);

  async function thank() {
    if (isActing.current) return;
    isActing.current = true;
    setBusy(true);
    const answer = await callApi<Thanked>(`/api/policies/${code}/thanks`, { body: { all: true } });
    isActing.current = false;
    setBusy(false);
    if (!answer.ok) return setTold(words.failures[answer.code] ?? words.failures.other ?? "");
    setTold(fill(words.done, { count: answer.body.thanked }));
    startRedraw(() => router.refresh());
  }

  return (
    <>
      <Button variant="quiet" isBusy={isBusy || isRedrawing} onClick={() => void thank()}>
        {isBusy ? words.busy : words.label}
      </Button>
      <p role="status" className="mt-2 text-center text-fine text-soft empty:hidden">
        {told}
      </p>
    </>
  );
}
