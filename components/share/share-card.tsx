"use client";

import { useEffect } from "react";
import { forgetSdk, type ShareCardData, setShareCard } from "./js-sdk";

export interface ShareCardProps extends ShareCardData {
  jsSdkUrl: string;
}

/**
 * Sets what a friend sees when this page is sent on; draws nothing and asks nothing. Set again when
 * the words change, and when the page or its address comes back.
 */
export function ShareCard({ jsSdkUrl, ...card }: ShareCardProps) {
  const { title, description, momentsTitle, link, imageUrl } = card;
  useEffect(() => {
    const set = () =>
      void setShareCard({ title, description, momentsTitle, link, imageUrl }, jsSdkUrl);
    const onPageShow = (event: PageTransitionEvent) => {
      if (!event.persisted) return;
      forgetSdk();
      set();
    };
    set();
    addEventListener("pageshow", onPageShow);
    addEventListener("popstate", set);
    return () => {
      removeEventListener("pageshow", onPageShow);
      removeEventListener("popstate", set);
    };
  }, [title, description, momentsTitle, link, imageUrl, jsSdkUrl]);
  return null;
}
