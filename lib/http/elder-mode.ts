import { findCookie } from "./cookies";

/** The cookie that `POST /api/elder-mode` sets: larger type, one act a screen. */
export const ELDER_COOKIE = "elder";

/** Whether a cookie's value asks for the large pages; anything but `1` does not. */
export function isElderValue(value: string | null | undefined): boolean {
  return value === "1";
}

/** Whether a request asks for the large pages. */
export function isElderRequest(cookieHeader: string | null | undefined): boolean {
  return isElderValue(findCookie(cookieHeader, ELDER_COOKIE));
}
