/** Serves the pages that are the same for everybody from the page cache; server.ts only. */
import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { LOCALE_COOKIE, type Locale } from "@/lib/i18n/locale";
import { ELDER_COOKIE, isElderRequest } from "./elder-mode";
import { createPageCache, type RenderedPage, withNonce } from "./page-cache";
import { requestLocale } from "./request-locale";
import { securityHeaders } from "./security-headers";

const compress = promisify(gzip);

/** The public page of a policy; with RSC headers it is Next's own client that asks for data. */
const SHARED_PAGE = /^\/p\/[0-9A-Za-z]{22}$/;
/** No route answers here; see `render`. */
const UNKNOWN_PATH = "/p";
/** A rendering asks Next through our own socket under this name, with a secret nobody else has. */
const RENDER_HEADER = "x-weihuzhu-render";

/** When not even a page can be made: what to do, in both languages, and a way to do it. */
const UNAVAILABLE_HTML = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>微互助</title><body style="margin:0;padding:30vh 24px 0;font:18px/1.6 sans-serif;background:#fbf6ee;color:#2b2320"><p>页面暂时打不开，请过几秒再试。付过的款不受影响。</p><p lang="en">This page cannot be shown right now. Please try again in a few seconds; payments are not affected.</p><p><a href="" style="color:inherit">再试一次 · Try again</a></p></body></html>`;
const UNAVAILABLE_HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "retry-after": "2",
};

/** All in which one viewer's rendering of a shared page differs from another's. */
interface Look {
  locale: Locale;
  isElder: boolean;
}

export interface PageServer {
  /** True when it has taken the request. */
  serve(request: IncomingMessage, response: ServerResponse): boolean;
}

export function createPageServer(options: {
  ownUrl: () => string;
  now: () => Date;
  refreshClock: () => Promise<void>;
  security: Omit<Parameters<typeof securityHeaders>[0], "nonce">;
  onError: (error: unknown) => void;
}): PageServer {
  const cache = createPageCache(options.now);
  const secret = randomBytes(16).toString("hex");

  async function render(path: string, look: Look): Promise<RenderedPage> {
    const page = await ask(path, look);
    // Next sends a page that finds nothing as an empty document that scripts fill; an address that
    // no route knows is sent whole, which a slow phone can read at once.
    return page.status === 404 ? ask(UNKNOWN_PATH, look) : page;
  }

  async function ask(path: string, { locale, isElder }: Look): Promise<RenderedPage> {
    const cookie = `${LOCALE_COOKIE}=${locale}; ${ELDER_COOKIE}=${isElder ? 1 : 0}`;
    const answer = await fetch(`${options.ownUrl()}${path}`, {
      headers: { cookie, [RENDER_HEADER]: secret },
      signal: AbortSignal.timeout(10_000),
    });
    const policy = answer.headers.get("content-security-policy") ?? "";
    return {
      status: answer.status,
      html: await answer.text(),
      nonce: /'nonce-([^']+)'/.exec(policy)?.[1] ?? "",
    };
  }

  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
  ): Promise<void> {
    await options.refreshClock();
    const locale = requestLocale({
      cookie: request.headers.cookie,
      acceptLanguage: request.headers["accept-language"],
    });
    const look = { locale, isElder: isElderRequest(request.headers.cookie) };
    const key = `${path}|${locale}|${look.isElder}`;
    const page = await cache.get(key, () => render(path, look));
    const nonce = randomBytes(16).toString("base64");
    const headers = {
      ...securityHeaders({ ...options.security, nonce }),
      "content-type": "text/html; charset=utf-8",
      "cache-control": "private, no-store",
      vary: "accept-encoding, accept-language, cookie",
    };
    const html = page.nonce ? withNonce(page, nonce) : page.html;
    if (/\bgzip\b/.test(`${request.headers["accept-encoding"] ?? ""}`)) {
      const body = await compress(html);
      response.writeHead(page.status, { ...headers, "content-encoding": "gzip" }).end(body);
    } else response.writeHead(page.status, headers).end(html);
  }

  return {
    serve(request, response) {
      const path = (request.url ?? "").split("?", 1)[0] ?? "";
      const isRendering = request.headers[RENDER_HEADER] === secret;
      if (request.method !== "GET" || request.headers.rsc || isRendering) return false;
      if (!SHARED_PAGE.test(path)) return false;
      answer(request, response, path).catch((error) => {
        options.onError(error);
        const headers = securityHeaders({ ...options.security, nonce: null });
        if (!response.headersSent) {
          response.writeHead(503, { ...headers, ...UNAVAILABLE_HEADERS });
        }
        response.end(UNAVAILABLE_HTML);
      });
      return true;
    },
  };
}
