/**
 * The browser tests' own `test`: phones that belong to a person, and a watch over every page. A
 * console error, an uncaught exception or a breach of the content policy fails the test it is in.
 */
import {
  type BrowserContext,
  type BrowserContextOptions,
  test as base,
  type ConsoleMessage,
  expect,
  type Page,
} from "@playwright/test";
import { becomeUrl, createPerson, type Person, signedInUrl } from "./e2e-sandbox";

export type { Page } from "@playwright/test";
export { expect };

export interface PhoneOptions extends BrowserContextOptions {
  /** Who holds the phone; a guest of WeChat without one. */
  person?: Person;
  /** Signed in to the app already; by default WeChat knows the person and the app does not. */
  isSignedIn?: boolean;
  /** Runs before the first page is loaded: routes that hold or refuse what the page asks for. */
  prepare?: (context: BrowserContext) => Promise<unknown>;
  /** How much of the first page to wait for; all of it by default. */
  waitUntil?: "load" | "commit";
}

interface Fixtures {
  /** Complaints of any page of this test; a test that provokes some names them. */
  expectComplaint: (pattern: RegExp) => void;
  watch: (context: BrowserContext) => void;
  /** Opens `path` on a phone of its own, with its own storage. */
  openPhone: (path: string, options?: PhoneOptions) => Promise<Page>;
}

/**
 * Chromium writes a line for each answer of 4xx. Refusals of our own API are answers like any other,
 * and what the page makes of them is what the tests look at.
 */
function isRefusalOfApi(message: ConsoleMessage): boolean {
  const isOfApi = /^https?:\/\/[^/]+\/(api|__sandbox)\//.test(message.location().url);
  return isOfApi && /the server responded with a status of 4\d\d/.test(message.text());
}

/** The same line for a page that is not there, which is what its test is about. */
function isMissingPage(message: ConsoleMessage, page: Page | null): boolean {
  return (
    page !== null &&
    message.location().url === page.url() &&
    /the server responded with a status of 404/.test(message.text())
  );
}

export const test = base.extend<Fixtures & { complaints: { found: string[]; known: RegExp[] } }>({
  complaints: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads fixtures' names from a pattern.
    async ({}, use) => {
      const complaints = { found: [] as string[], known: [] as RegExp[] };
      await use(complaints);
      const surprising = complaints.found.filter(
        (line) => !complaints.known.some((pattern) => pattern.test(line)),
      );
      expect(surprising, "console errors and uncaught exceptions").toEqual([]);
    },
    { auto: true },
  ],
  expectComplaint: async ({ complaints }, use) => {
    await use((pattern) => complaints.known.push(pattern));
  },
  watch: async ({ complaints }, use) => {
    await use((context) => {
      context.on("console", (message) => {
        if (message.type() !== "error" || isRefusalOfApi(message)) return;
        if (isMissingPage(message, message.page())) return;
        complaints.found.push(`${message.text()} (${message.location().url})`);
      });
      context.on("weberror", (error) => {
        complaints.found.push(`uncaught: ${error.error().stack ?? error.error().message}`);
      });
    });
  },
  // The page of a test that needs one phone and nobody in particular.
  context: async ({ context, watch }, use) => {
    watch(context);
    await use(context);
  },
  openPhone: async ({ browser, contextOptions, watch }, use) => {
    const contexts = new Set<BrowserContext>();
    await use(async (path, { person, isSignedIn, prepare, waitUntil, ...options } = {}) => {
      const context = await browser.newContext({ ...contextOptions, ...options });
      contexts.add(context);
      // A test may have ended the phone itself, as WeChat does.
      context.once("close", () => contexts.delete(context));
      watch(context);
      await prepare?.(context);
      const page = await context.newPage();
      const url = person ? (isSignedIn ? signedInUrl : becomeUrl)(person, path) : path;
      await page.goto(url, { waitUntil });
      return page;
    });
    for (const context of contexts) {
      // A request that a test still holds would keep the context from closing.
      for (const held of [context, ...context.pages()]) {
        await held.unrouteAll({ behavior: "ignoreErrors" });
      }
      await context.close();
    }
  },
});

/** Several people at once. */
export function createPeople<Names extends readonly string[]>(
  ...nicknames: Names
): Promise<{ [Index in keyof Names]: Person }> {
  return Promise.all(nicknames.map((nickname) => createPerson(nickname))) as never;
}
