import { createHash } from "node:crypto";
import type { Sandbox } from "./sandbox";

/** The names of this machine are one host: a person may open either. */
const LOOPBACK_HOSTS = new Set(["localhost", "127.0.0.1", "[::1]"]);

function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

function isSameHost(one: string, other: string): boolean {
  return one === other || (LOOPBACK_HOSTS.has(one) && LOOPBACK_HOSTS.has(other));
}

/** Domain lists of the 公众号 console hold host names without scheme or port (wechat.md §5). */
function isDomainListed(sandbox: Sandbox, domains: string[] | null, url: URL): boolean {
  const appHost = parseUrl(sandbox.state.settings.appUrl)?.hostname;
  const allowed = domains ?? (appHost ? [appHost] : []);
  return allowed.some((domain) => isSameHost(domain, url.hostname));
}

/** Whether a redirect_uri is on a 网页授权域名. */
export function isOAuthRedirectAllowed(sandbox: Sandbox, redirectUri: string): boolean {
  const url = parseUrl(redirectUri);
  if (!url || !/^https?:$/.test(url.protocol)) return false;
  return isDomainListed(sandbox, sandbox.state.settings.oauthDomains, url);
}

/** Whether a page is on a JS接口安全域名. */
export function isJsPageAllowed(sandbox: Sandbox, pageUrl: string): boolean {
  const url = parseUrl(pageUrl);
  return url !== null && isDomainListed(sandbox, sandbox.state.settings.jsDomains, url);
}

/** Whether `origin` is the app's own, under any name of this machine. */
export function isAppOrigin(sandbox: Sandbox, origin: string): boolean {
  const app = parseUrl(sandbox.state.settings.appUrl);
  const url = parseUrl(origin);
  if (!app || !url) return false;
  return (
    app.protocol === url.protocol && app.port === url.port && isSameHost(app.hostname, url.hostname)
  );
}

/**
 * 支付授权目录 (wechat.md §1.7): an entry that is only a domain checks scheme and host, one with a
 * path must equal the page's own directory.
 */
export function isPaymentPageAllowed(sandbox: Sandbox, pageUrl: string): boolean {
  const page = parseUrl(pageUrl);
  if (!page) return false;
  const directories = sandbox.state.settings.paymentDirectories;
  if (!directories) return isAppOrigin(sandbox, page.origin);
  const pageDirectory = page.pathname.slice(0, page.pathname.lastIndexOf("/") + 1);
  return directories.some((directory) => {
    const entry = parseUrl(directory);
    if (!entry || entry.origin !== page.origin) return false;
    return entry.pathname === "/" || entry.pathname === pageDirectory;
  });
}

/** The JS-SDK signature: keys sorted, values raw, SHA-1 in hex (wechat.md §3.2). */
export function signJsConfig(values: {
  ticket: string;
  nonceStr: string;
  timestamp: string;
  url: string;
}): string {
  const { ticket, nonceStr, timestamp, url } = values;
  return createHash("sha1")
    .update(`jsapi_ticket=${ticket}&noncestr=${nonceStr}&timestamp=${timestamp}&url=${url}`)
    .digest("hex");
}
