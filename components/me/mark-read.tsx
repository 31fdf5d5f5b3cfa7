"use client";

import { useEffect, useRef } from "react";
import { callApi } from "@/components/payments/call-api";

/**
 * Tells the server that these notices have been shown: at once, or when the fold around them opens.
 * Should that get lost, they are new once more, which harms nobody.
 */
export function MarkRead({ ids }: { ids: readonly string[] }) {
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const fold = place.current?.closest("details");
    const mark = () => void callApi("/api/me/notices/read", { body: { ids } });
    if (!fold || fold.open) return mark();
    fold.addEventListener("toggle", mark, { once: true });
    return () => fold.removeEventListener("toggle", mark);
  }, [ids]);
  return <span ref={place} hidden />;
}
