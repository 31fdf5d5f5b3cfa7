/**
 * WeChat's JS-SDK on our pages: configured once for an address, signed anew once when WeChat refuses
 * the signature. A page on which it does not work is still a page: WeChat then shows its own menu
 * and, as a card, the title and the address.
 */
import { callApi } from "@/components/payments/call-api";
import { addressesToSign } from "./signed-address";

interface Answers {
  fail?: (answer: { errMsg?: string }) => void;
}

export interface ShareCardData {
  title: string;
  description: string;
  /** Moments shows no description. */
  momentsTitle: string;
  /** Absolute, on a JS-SDK domain. */
  link: string;
  /** Absolute; WeChat fetches it itself. */
  imageUrl: string;
}

interface CardTarget {
  link: string;
  imgUrl: string;
}

interface JsSdkGlobal {
  config(parameters: Record<string, unknown>): void;
  ready(callback: () => void): void;
  error(callback: (answer: { errMsg?: string }) => void): void;
  updateAppMessageShareData(data: { title: string; desc: string } & CardTarget & Answers): void;
  updateTimelineShareData(data: { title: string } & CardTarget & Answers): void;
  hideMenuItems(data: { menuList: readonly string[] } & Answers): void;
  showMenuItems(data: { menuList: readonly string[] } & Answers): void;
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

const FUNCTIONS = [
  "updateAppMessageShareData",
  "updateTimelineShareData",
  "hideMenuItems",
  "showMenuItems",
] as const;

/** Elements of WeChat's own that pages may use: the button that asks for a message (components/me). */
const OPEN_TAGS = ["wx-open-subscribe"] as const;

/** What passes a page on; the rest of the menu (text size, complaint) stays the person's. */
const WAYS_ON = [
  "menuItem:share:appMessage",
  "menuItem:share:timeline",
  "menuItem:share:qq",
  "menuItem:share:QZone",
  "menuItem:copyUrl",
];

/** Its scripts run before any of the page's own, so before anything pushes another address. */
const landedOn = typeof location === "undefined" ? "" : location.href;

let configured: { address: string; sdk: Promise<JsSdkGlobal | null> } | null = null;
/** A page that sets a card may be passed on, wherever it stands. */
let hasCard = false;
let isMenuHidden = false;

/** Sets what friends see when this page is passed on. May be called again with other words. */
export async function setShareCard(card: ShareCardData, jsSdkUrl: string): Promise<void> {
  hasCard = true;
  const wx = await openSdk(jsSdkUrl);
  if (!wx) return;
  const { title, description, momentsTitle, link, imageUrl: imgUrl } = card;
  if (isMenuHidden) call((answers) => wx.showMenuItems({ menuList: WAYS_ON, ...answers }));
  isMenuHidden = false;
  call((answers) =>
    wx.updateAppMessageShareData({ title, desc: description, link, imgUrl, ...answers }),
  );
  call((answers) => wx.updateTimelineShareData({ title: momentsTitle, link, imgUrl, ...answers }));
}

/** Takes the ways of passing this page on out of WeChat's menu, unless the page sets a card. */
export async function hideShareMenu(jsSdkUrl: string): Promise<void> {
  const wx = hasCard ? null : await openSdk(jsSdkUrl);
  if (!wx || hasCard) return;
  isMenuHidden = true;
  call((answers) => wx.hideMenuItems({ menuList: WAYS_ON, ...answers }));
}

/** Back from the browser's cache: WeChat's client has been elsewhere and no longer knows us. */
export function forgetSdk(): void {
  configured = null;
}

/** After a push on Android the old signature no longer fits, so a new address is configured anew. */
export function openSdk(jsSdkUrl: string): Promise<JsSdkGlobal | null> {
  const { userAgent } = navigator;
  const addresses = addressesToSign({ userAgent, landedOn, current: location.href });
  const [address] = addresses;
  if (configured?.address !== address) {
    configured = { address, sdk: configureSdk(jsSdkUrl, addresses) };
  }
  return configured.sdk;
}

async function configureSdk(
  jsSdkUrl: string,
  addresses: readonly string[],
): Promise<JsSdkGlobal | null> {
  const wx = await findSdk(jsSdkUrl);
  if (!wx) return null;
  for (const address of addresses) {
    const path = `/api/wechat/js-config?url=${encodeURIComponent(address)}`;
    const answer = await callApi<JsSdkConfig>(path);
    if (!answer.ok) return null;
    const error = await verify(wx, answer.body);
    if (error === null) return wx;
    if (!/invalid signature/i.test(error)) return null;
  }
  return null;
}

/** The layout's own script element; resolves at once when it has already run. */
function findSdk(jsSdkUrl: string): Promise<JsSdkGlobal | null> {
  if (window.wx) return Promise.resolve(window.wx);
  return new Promise((resolve) => {
    const script = document.querySelector(`script[src="${jsSdkUrl}"]`);
    script?.addEventListener("load", () => resolve(window.wx ?? null));
  });
}

let onRefusal: ((errMsg: string) => void) | null = null;

/** Null when WeChat accepts the page, else why not. `ready` also runs after a failure, but later. */
function verify(wx: JsSdkGlobal, config: JsSdkConfig): Promise<string | null> {
  const { appId, timestamp, nonceStr, signature } = config;
  return new Promise((resolve) => {
    // Told once: a second `error` would be answered with the refusal before this try.
    if (!onRefusal) wx.error((answer) => onRefusal?.(answer.errMsg ?? "config:fail"));
    onRefusal = resolve;
    wx.config({
      appId,
      timestamp,
      nonceStr,
      signature,
      jsApiList: FUNCTIONS,
      openTagList: OPEN_TAGS,
    });
    wx.ready(() => resolve(null));
  });
}

/** A second `config` calls `ready` before WeChat has answered it; then a function is refused so. */
const VERIFYING_RETRIES_MAX = 5;
const VERIFYING_WAIT_MS = 400;

function call(run: (answers: Answers) => void, retry = 0): void {
  run({
    fail({ errMsg = "" }) {
      if (!/verifying/.test(errMsg) || retry === VERIFYING_RETRIES_MAX) return;
      setTimeout(() => call(run, retry + 1), VERIFYING_WAIT_MS);
    },
  });
}
