/**
 * The shared page is the same for everybody, and a link that goes round a city is opened a thousand
 * times a second: each page is rendered once every two seconds at most, however many ask. Its live
 * part is a small JSON of its own. The nonce is replaced on the way out, so that every answer still
 * has one nobody could know.
 */
export interface RenderedPage {
  status: number;
  html: string;
  /** The nonce this rendering was made with. */
  nonce: string;
}

export interface PageCache {
  get(key: string, render: () => Promise<RenderedPage>): Promise<RenderedPage>;
}

/** As fresh as the boards (design §6); the live JSON corrects the rest. */
const FRESH_MS = 2_000;
/** About 60 kB a page: 60 MB at the most. */
const PAGES_MAX = 1_000;

export function createPageCache(now: () => Date): PageCache {
  const pages = new Map<string, { at: number; page: Promise<RenderedPage> }>();
  return {
    get(key, render) {
      const at = now().getTime();
      const known = pages.get(key);
      // A clock that was set back (the sandbox's can be) makes everything stale, never eternal.
      if (known && at >= known.at && at - known.at < FRESH_MS) return known.page;
      const page = render();
      pages.delete(key);
      pages.set(key, { at, page });
      const oldest = pages.keys().next();
      if (pages.size > PAGES_MAX && !oldest.done) pages.delete(oldest.value);
      // A page that could not be made, or must not be kept, is not remembered.
      const forget = () => {
        if (pages.get(key)?.page === page) pages.delete(key);
      };
      page.then((made) => made.status !== 200 && forget(), forget);
      return page;
    },
  };
}

/** The page under a new nonce. Nonces are random, so the old one stands nowhere but in its places. */
export function withNonce(page: RenderedPage, nonce: string): string {
  return page.html.replaceAll(page.nonce, nonce);
}
