/**
 * Runs before every page and route under Next: one nonce a response, and the security headers. It
 * decides nothing about who may see what; that is in the handlers (CVE-2025-29927 and its kin).
 */
import { type NextRequest, NextResponse } from "next/server";
import { environment } from "@/lib/env/env";
import { securityHeaders } from "@/lib/http/security-headers";

export function proxy(request: NextRequest): NextResponse {
  const env = environment();
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const headers = securityHeaders({
    nonce,
    jsSdkUrl: env.WECHAT_JS_SDK_URL,
    sandboxUrl: env.WECHAT_SANDBOX_URL ?? null,
    isSecure: env.PUBLIC_URL.startsWith("https://"),
  });
  const forwarded = new Headers(request.headers);
  forwarded.set("x-nonce", nonce);
  // Next reads the nonce for its own scripts from the policy of the request.
  forwarded.set("content-security-policy", headers["content-security-policy"] ?? "");
  const response = NextResponse.next({ request: { headers: forwarded } });
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

export const config = {
  matcher: [{ source: "/((?!_next/static/|favicon.ico$|icon.svg$|apple-icon.png$).*)" }],
};
