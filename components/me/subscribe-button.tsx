"use client";

import { useEffect, useRef, useState } from "react";
import { callApi } from "@/components/payments/call-api";
import { openSdk } from "@/components/share/js-sdk";
import { Notice } from "@/components/ui/notice";
import { readAccepted } from "./accepted-templates";
import { createOpenTag } from "./open-tag";

export interface SubscribeWords {
  button: string;
  accepted: string;
  declined: string;
  failed: string;
}

type Ending = "accepted" | "declined" | "failed";

/**
 * WeChat's own button for 订阅通知: it asks the person in WeChat's dialog, and what he accepts is
 * counted. Only for browsers that know the tag (`canSubscribe` in app/viewer.ts).
 */
export function SubscribeButton({
  templates,
  jsSdkUrl,
  words,
}: {
  /** WeChat's ids, separated by commas. */
  templates: string;
  jsSdkUrl: string;
  words: SubscribeWords;
}) {
  const place = useRef<HTMLDivElement>(null);
  const [ending, setEnding] = useState<Ending | null>(null);
  const label = words.button;
  useEffect(() => {
    const tag = createOpenTag(templates, label);
    const finish = async (event: Event) => {
      const accepted = readAccepted((event as CustomEvent).detail, templates.split(","));
      if (accepted.length === 0) return setEnding("declined");
      const body = { templates: accepted };
      const answer = await callApi("/api/me/message-consents", { body });
      setEnding(answer.ok ? "accepted" : "failed");
    };
    const fail = () => setEnding("failed");
    tag.addEventListener("success", finish);
    tag.addEventListener("error", fail);
    let isGone = false;
    void openSdk(jsSdkUrl).then((wx) => {
      if (isGone) return;
      if (wx) place.current?.append(tag);
      else fail();
    });
    return () => {
      isGone = true;
      tag.remove();
    };
  }, [templates, jsSdkUrl, label]);
  return (
    <>
      <div ref={place} hidden={ending !== null} className="min-h-13" />
      {ending && (
        <Notice tone={ending === "accepted" ? "good" : "plain"} isLive>
          {words[ending]}
        </Notice>
      )}
    </>
  );
}
