"use client";

import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { callApi } from "@/components/payments/call-api";
import { Switch } from "@/components/ui/switch";

/** May the insured read one's name: the giver's own choice, at any time. */
export function AnonymitySwitch({
  outTradeNo,
  initial,
  words,
}: {
  outTradeNo: string;
  initial: boolean;
  words: { label: string; note: string; failures: Readonly<Record<string, string>> };
}) {
  const router = useRouter();
  const [isOn, setOn] = useState(initial);
  const [failure, setFailure] = useState<string | null>(null);
  const isActing = useRef(false);

  async function toggle() {
    if (isActing.current) return;
    isActing.current = true;
    setFailure(null);
    const path = `/api/orders/${outTradeNo}/anonymity`;
    const answer = await callApi<{ anonymous: boolean }>(path, { body: { anonymous: !isOn } });
    isActing.current = false;
    if (!answer.ok) return setFailure(words.failures[answer.code] ?? words.failures.other ?? "");
    setOn(answer.body.anonymous);
    // What the page says of the name beside it.
    router.refresh();
  }

  return (
    <>
      <Switch
        type="button"
        isOn={isOn}
        label={words.label}
        note={words.note}
        onClick={() => void toggle()}
      />
      <p role="alert" className="text-fine text-bad empty:hidden">
        {failure}
      </p>
    </>
  );
}
