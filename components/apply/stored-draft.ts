/**
 * The draft in the tab's own storage, so that a reload, a call coming in or WeChat's login loses
 * nothing. It includes the identity number: typing 18 digits twice on a phone is how people give
 * up. `sessionStorage` ends with the tab, is readable by this site alone, and is cleared the moment
 * the payment is on its way; nothing is sent before the person presses pay.
 */
import { type ApplyDraft, type ApplyStep, EMPTY_DRAFT, STEPS } from "./draft";

const DRAFT_KEY = "apply:draft";
const SUBMIT_KEY = "apply:submit";

/** The silent login takes a second or two; an older tap is no longer a wish to pay. */
const SUBMIT_LIFE_MS = 10 * 60 * 1000;

export function loadDraft(): ApplyDraft {
  try {
    const stored = JSON.parse(sessionStorage.getItem(DRAFT_KEY) ?? "null") as ApplyDraft | null;
    return stored ? { ...EMPTY_DRAFT, ...stored } : EMPTY_DRAFT;
  } catch {
    return EMPTY_DRAFT;
  }
}

export function saveDraft(draft: ApplyDraft): void {
  try {
    sessionStorage.setItem(DRAFT_KEY, JSON.stringify(draft));
  } catch {
    // Storage can be full or switched off; the form still works until a reload.
  }
}

export function clearDraft(): void {
  try {
    sessionStorage.removeItem(DRAFT_KEY);
    sessionStorage.removeItem(SUBMIT_KEY);
  } catch {
    // Nothing was stored then.
  }
}

/** Notes that "pay" was pressed just before leaving for WeChat's login. */
export function recordSubmit(): void {
  try {
    sessionStorage.setItem(SUBMIT_KEY, String(Date.now()));
  } catch {
    // Without storage the person presses once more after the login.
  }
}

/** True once after such a tap: the application then goes on by itself. */
export function takeSubmit(): boolean {
  try {
    const atMs = Number(sessionStorage.getItem(SUBMIT_KEY));
    sessionStorage.removeItem(SUBMIT_KEY);
    return Date.now() - atMs < SUBMIT_LIFE_MS;
  } catch {
    return false;
  }
}

/** The screen named by `?step=`; the machine decides whether it may be shown. */
export function stepOfAddress(search: string): ApplyStep {
  const wanted = new URLSearchParams(search).get("step");
  return STEPS.find((step) => step === wanted) ?? "who";
}
