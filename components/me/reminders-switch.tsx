"use client";

import { useState } from "react";
import { callApi } from "@/components/payments/call-api";
import { Switch } from "@/components/ui/switch";
import type { RemindersOut } from "@/lib/messages/contract";

/** One tap stops all messages through WeChat, one lets them go on (R47). */
export function RemindersSwitch({
  isStopped: wasStopped,
  words,
}: {
  isStopped: boolean;
  words: { label: string; onNote: string; offNote: string; failed: string };
}) {
  const [isStopped, setIsStopped] = useState(wasStopped);
  const [isBusy, setIsBusy] = useState(false);
  const [hasFailed, setHasFailed] = useState(false);
  const turn = async () => {
    if (isBusy) return;
    setIsBusy(true);
    const answer = await callApi<RemindersOut>("/api/me/reminders", {
      body: { stopped: !isStopped },
    });
    if (answer.ok) setIsStopped(answer.body.stopped);
    setHasFailed(!answer.ok);
    setIsBusy(false);
  };
  return (
    <>
      <Switch
        type="button"
        isOn={!isStopped}
        label={words.label}
        note={isStopped ? words.offNote : words.onNote}
        aria-busy={isBusy || undefined}
        onClick={turn}
      />
      <p role="alert" className="text-small text-bad empty:hidden not-empty:pb-3">
        {hasFailed ? words.failed : ""}
      </p>
    </>
  );
}
