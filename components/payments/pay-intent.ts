/**
 * A tap on "pay" that had to go through WeChat's login first. The intent is recorded in the tab
 * before leaving and taken once on return, so that the payment goes on by itself; a shared link
 * with `?pay=1` and no recorded tap never opens a cashier.
 */
export interface PayIntent {
  message: string;
  anonymous: boolean;
  atMs: number;
}

/** The silent login takes a second or two; an older tap is no longer a wish. */
const INTENT_LIFE_MS = 10 * 60 * 1000;

const PREFIX = "pay-intent:";

export function recordIntent(code: string, intent: Omit<PayIntent, "atMs">): void {
  try {
    sessionStorage.setItem(PREFIX + code, JSON.stringify({ ...intent, atMs: Date.now() }));
  } catch {
    // Without storage the person taps once more after the login.
  }
}

/** The recorded tap, if there was one just now; it is gone after this call. */
export function takeIntent(code: string): PayIntent | null {
  try {
    const intent = JSON.parse(sessionStorage.getItem(PREFIX + code) ?? "null") as PayIntent | null;
    sessionStorage.removeItem(PREFIX + code);
    return intent && Date.now() - intent.atMs < INTENT_LIFE_MS ? intent : null;
  } catch {
    return null;
  }
}

/**
 * The same as `recordIntent`, for a tap before the page's scripts have arrived: the form then
 * submits itself to the login. Written small, because it travels inside the HTML; fields have no
 * `name`, so that a private word never gets into an address.
 */
export const EARLY_INTENT_SCRIPT = `addEventListener("submit",function(e){var f=e.target,c=f.dataset.payIntent;if(c&&!e.defaultPrevented)try{sessionStorage.setItem("${PREFIX}"+c,JSON.stringify({message:(f.querySelector("textarea")||{}).value||"",anonymous:!!(f.querySelector("[type=checkbox]")||{}).checked,atMs:Date.now()}))}catch(_){}})`;
