/**
 * A path of our own to return to after signing in, or "/" for anything that could lead elsewhere:
 * other schemes and hosts, `//host`, backslashes, control characters (CWE-601).
 */
export function safeNextPath(next: string | null | undefined): string {
  if (!next || next.length > 512) return "/";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is being refused.
  if (!/^\/(?![/\\])[^\\\u0000-\u0020\u007f]*$/.test(next)) return "/";
  try {
    const url = new URL(next, "http://own.invalid");
    // "/..//host" is harmless until the dots are resolved, so what is returned is what is checked.
    if (url.origin !== "http://own.invalid" || url.pathname.startsWith("//")) return "/";
    return `${url.pathname}${url.search}${url.hash}`;
  } catch {
    return "/";
  }
}
