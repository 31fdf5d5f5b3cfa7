/** The one file that reads the request's headers for pages; everything below gets plain values. */
import { cookies, headers } from "next/headers";
import { getDeps } from "@/lib/deps";
import { publicConfig } from "@/lib/env/public";
import { ELDER_COOKIE, isElderValue } from "@/lib/http/elder-mode";
import { sessionCookieName, type Viewer, viewerOfToken } from "@/lib/http/session";
import { isWechatUserAgent, knowsOpenTags } from "@/lib/http/user-agent";
import { decideLocale, LOCALE_COOKIE, type Locale } from "@/lib/i18n/locale";

/** Who is looking, or null for a guest. Also brings the sandbox's clock up to date. */
export async function findViewer(): Promise<Viewer | null> {
  const deps = getDeps();
  await deps.clock.refresh();
  const jar = await cookies();
  const token = jar.get(sessionCookieName(deps.config.isSecure))?.value ?? null;
  return viewerOfToken(token, { ...deps.config, now: deps.now() });
}

export async function readLocale(): Promise<Locale> {
  const [jar, list] = await Promise.all([cookies(), headers()]);
  return decideLocale({
    cookie: jar.get(LOCALE_COOKIE)?.value,
    acceptLanguage: list.get("accept-language"),
  });
}

/** Whether this browser asked for the large pages. */
export async function readIsElder(): Promise<boolean> {
  return isElderValue((await cookies()).get(ELDER_COOKIE)?.value);
}

/** The nonce of this response's Content-Security-Policy, made in proxy.ts. */
export async function readNonce(): Promise<string | undefined> {
  return (await headers()).get("x-nonce") ?? undefined;
}

/** True inside WeChat, where paying works. The sandbox makes every browser such a place. */
export async function isWechatBrowser(): Promise<boolean> {
  if (publicConfig().isSandbox) return true;
  return isWechatUserAgent((await headers()).get("user-agent"));
}

/** True where WeChat can ask for a message (订阅通知); the sandbox can in every browser. */
export async function canSubscribe(): Promise<boolean> {
  if (publicConfig().isSandbox) return true;
  return knowsOpenTags((await headers()).get("user-agent"));
}
