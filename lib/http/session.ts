import { cookieLine, readCookie } from "./cookies";
import { readToken, signToken } from "./signed-token";

/** A month: a policy is collected for 30 days, and signing in again is silent in WeChat. */
const SESSION_SECONDS = 30 * 24 * 3600;

export interface Viewer {
  userId: string;
}

export interface SessionOptions {
  sessionSecret: string;
  isSecure: boolean;
  now: Date;
}

/** `__Host-` needs Secure, which plain-http development does not have. */
export function sessionCookieName(isSecure: boolean): string {
  return isSecure ? "__Host-sid" : "sid";
}

export function sessionCookie(userId: string, options: SessionOptions): string {
  const expiresAt = new Date(options.now.getTime() + SESSION_SECONDS * 1000);
  const token = signToken(options.sessionSecret, "session", userId, expiresAt);
  return cookieLine(sessionCookieName(options.isSecure), token, {
    maxAgeSeconds: SESSION_SECONDS,
    isSecure: options.isSecure,
  });
}

export function endedSessionCookie(isSecure: boolean): string {
  return cookieLine(sessionCookieName(isSecure), "", { maxAgeSeconds: 0, isSecure });
}

/** Who sends this session token; null for guests and for forged or expired sessions. */
export function viewerOfToken(token: string | null, options: SessionOptions): Viewer | null {
  if (!token) return null;
  const userId = readToken(options.sessionSecret, "session", token, options.now);
  return userId ? { userId } : null;
}

export function viewerOf(request: Request, options: SessionOptions): Viewer | null {
  return viewerOfToken(readCookie(request, sessionCookieName(options.isSecure)), options);
}
