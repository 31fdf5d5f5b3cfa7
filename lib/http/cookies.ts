/** Reads one cookie of this request; null when absent. */
export function readCookie(request: Request, name: string): string | null {
  return findCookie(request.headers.get("cookie"), name);
}

/** One cookie of a `Cookie` header; null when absent. */
export function findCookie(header: string | null | undefined, name: string): string | null {
  if (!header) return null;
  for (const part of header.split(";")) {
    const separator = part.indexOf("=");
    if (separator > 0 && part.slice(0, separator).trim() === name) {
      return part.slice(separator + 1).trim();
    }
  }
  return null;
}

/** A `Set-Cookie` line: HttpOnly, Lax (the return from WeChat's OAuth is a cross-site GET). */
export function cookieLine(
  name: string,
  value: string,
  options: { maxAgeSeconds: number; isSecure: boolean },
): string {
  const secure = options.isSecure ? "; Secure" : "";
  return `${name}=${value}; Path=/; Max-Age=${options.maxAgeSeconds}; HttpOnly; SameSite=Lax${secure}`;
}
