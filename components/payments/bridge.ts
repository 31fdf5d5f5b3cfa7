/**
 * WeChat's cashier as the page sees it (wechat.md §1.7). Its answer proves nothing: whoever calls
 * this asks our server next.
 */
import type { PayableOrder } from "@/lib/payments/contract";

interface Bridge {
  invoke(name: string, parameters: unknown, answer: (result: { err_msg?: string }) => void): void;
}

declare global {
  interface Window {
    WeixinJSBridge?: Bridge;
  }
}

export type CashierAnswer = "ok" | "cancel" | "fail" | "unavailable";

/** The bridge arrives within a second even on slow phones; after this we are not inside WeChat. */
const BRIDGE_TIMEOUT_MS = 6_000;

function findBridge(): Promise<Bridge | null> {
  if (window.WeixinJSBridge) return Promise.resolve(window.WeixinJSBridge);
  return new Promise((resolve) => {
    const settle = () => {
      clearTimeout(timer);
      document.removeEventListener("WeixinJSBridgeReady", settle);
      resolve(window.WeixinJSBridge ?? null);
    };
    const timer = setTimeout(settle, BRIDGE_TIMEOUT_MS);
    document.addEventListener("WeixinJSBridgeReady", settle);
  });
}

/** Opens the cashier. The promise may never settle: WeChat can kill the page while it is open. */
export async function openCashier(pay: PayableOrder["pay"]): Promise<CashierAnswer> {
  const bridge = await findBridge();
  if (!bridge) return "unavailable";
  return new Promise((resolve) => {
    bridge.invoke("getBrandWCPayRequest", pay, (result) => {
      const end = /:(ok|cancel)/.exec(result?.err_msg ?? "")?.[1];
      resolve(end === "ok" || end === "cancel" ? end : "fail");
    });
  });
}
