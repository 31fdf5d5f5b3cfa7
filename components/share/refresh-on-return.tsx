"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/**
 * iOS brings a page back as it was left (wechat.md §4). What happened meanwhile – a payment, a gift
 * taken back, another cell – is read from the server again. Draws nothing.
 */
export function RefreshOnReturn() {
  const router = useRouter();
  useEffect(() => {
    const onPageShow = (event: PageTransitionEvent) => event.persisted && router.refresh();
    addEventListener("pageshow", onPageShow);
    return () => removeEventListener("pageshow", onPageShow);
  }, [router]);
  return null;
}
