"use client";

import { useEffect } from "react";
import { callApi } from "@/components/payments/call-api";

export interface ShareCardProps {
  title: string;
  description: string;
  /** Absolute, on a JS-SDK domain. */
  link: string;
  /** Absolute; WeChat fetches it itself. */
  imageUrl: string;
  jsSdkUrl: string;
}

interface JsSdkGlobal {
  config(parameters: Record<string, unknown>): void;
  ready(callback: () => void): void;
  updateAppMessageShareData(data: Record<string, string>): void;
  updateTimelineShareData(data: Record<string, string>): void;
}

declare global {
  interface Window {
    wx?: JsSdkGlobal;
  }
}

interface JsSdkConfig {
  appId: string;
  timestamp: number;
  nonceStr: string;
  signature: string;
}

/** Configured once a page, however often the card changes. */
let sdk: Promise<JsSdkGlobal | null> | undefined;

/** The layout's own script element; resolves at once when it has already run. */
function findSdk(jsSdkUrl: string): Promise<JsSdkGlobal | null> {
  if (window.wx) return Promise.resolve(window.wx);
  return new Promise((resolve) => {
    const script = document.querySelector(`script[src="${jsSdkUrl}"]`);
    script?.addEventListener("load", () => resolve(window.wx ?? null));
  });
}

/**
 * iOS signs the address the app was landed on, Android the current one (wechat.md §3.2). Pages are
 * entered by real navigations and never push state, so both are the address at load.
 */
async function configureSdk(jsSdkUrl: string): Promise<JsSdkGlobal | null> {
  const pageUrl = location.href.split("#")[0] ?? location.href;
  const [wx, answer] = await Promise.all([
    findSdk(jsSdkUrl),
    callApi<JsSdkConfig>(`/api/wechat/js-config?url=${encodeURIComponent(pageUrl)}`),
  ]);
  if (!wx || !answer.ok) return null;
  const { appId, timestamp, nonceStr, signature } = answer.body;
  const jsApiList = ["updateAppMessageShareData", "updateTimelineShareData"];
  wx.config({ appId, timestamp, nonceStr, signature, jsApiList });
  return new Promise((resolve) => wx.ready(() => resolve(wx)));
}

/**
 * Sets what a friend sees when this page is sent on. Draws nothing, asks nothing, and a page whose
 * card could not be set is still a page: WeChat then shows its title and address.
 */
export function ShareCard({ title, description, link, imageUrl, jsSdkUrl }: ShareCardProps) {
  useEffect(() => {
    sdk ??= configureSdk(jsSdkUrl);
    void sdk.then((wx) => {
      wx?.updateAppMessageShareData({ title, desc: description, link, imgUrl: imageUrl });
      wx?.updateTimelineShareData({ title, link, imgUrl: imageUrl });
    });
  }, [title, description, link, imageUrl, jsSdkUrl]);
  return null;
}
