import { createContext, runInContext } from "node:vm";

/**
 * The little of a browser that the phone's script touches, for unit tests. Timers run only when the
 * test says so; the network is a function. What a real browser does with it is for the browser tests.
 */
export class FakeElement extends EventTarget {
  readonly style: Record<string, string> = {};
  readonly attributes = new Map<string, string>();
  readonly dataset: Record<string, string> = {};
  readonly contentWindow = {};
  children: unknown[] = [];
  isConnected = true;
  textContent = "";
  innerHTML = "";

  constructor(readonly tag: string) {
    super();
  }
  setAttribute(name: string, value: string): void {
    this.attributes.set(name, value);
  }
  getAttribute(name: string): string | null {
    return this.attributes.get(name) ?? null;
  }
  get tagName(): string {
    return this.tag.toUpperCase();
  }
  attachShadow(): FakeElement {
    const shadow = new FakeElement("shadow");
    this.children.push(shadow);
    return shadow;
  }
  append(...nodes: unknown[]): void {
    this.children.push(...nodes);
    for (const node of nodes) if (node instanceof FakeElement) node.isConnected = true;
  }
  remove(): void {
    this.isConnected = false;
  }
  focus(): void {}
}

type Reply = { status?: number; body: unknown };
type Call = { url: string; body: unknown };
// biome-ignore lint/suspicious/noExplicitAny: the page's own globals have no types.
type PageGlobals = Record<string, any>;

export type FakeBrowser = ReturnType<typeof createFakeBrowser>;

/** Runs `script` as if a page at `pageUrl` had loaded it; `reply` answers its requests. */
export function createFakeBrowser(options: {
  script: string;
  pageUrl: string;
  userAgent?: string | undefined;
  reply?: (call: Call) => Reply;
}) {
  const pageUrl = new URL(options.pageUrl);
  const body = new FakeElement("body");
  const calls: Call[] = [];
  let timers: { id: number; run: () => void; delayMs: number }[] = [];
  let timersMade = 0;
  const tags = new Map<string, new () => FakeElement>();

  const fetchReply = async (url: string, init: { body?: string }) => {
    const call = { url, body: init.body === undefined ? undefined : JSON.parse(init.body) };
    calls.push(call);
    const { status = 200, body: answer } = options.reply?.(call) ?? { body: {} };
    return { ok: status < 400, status, json: async () => answer };
  };

  const document = Object.assign(new EventTarget(), {
    body,
    documentElement: new FakeElement("html"),
    activeElement: null,
    readyState: "loading",
    title: "",
    createElement: (tag: string) => new FakeElement(tag),
  });
  const page: PageGlobals = Object.assign(new EventTarget(), {
    document,
    location: pageUrl,
    // An automated browser: the phone's chrome stays away.
    navigator: { webdriver: true, userAgent: options.userAgent ?? "" },
    performance: { getEntriesByType: () => [{ name: options.pageUrl }] },
    matchMedia: () => ({ matches: false }),
    fetch: fetchReply,
    setTimeout: (run: () => void, delayMs: number) => {
      timersMade += 1;
      timers.push({ id: timersMade, run, delayMs });
      return timersMade;
    },
    clearTimeout: (id: number) => {
      timers = timers.filter((timer) => timer.id !== id);
    },
    MutationObserver: class {
      observe(): void {}
    },
    // WeChat's own elements (open tags).
    HTMLElement: class extends FakeElement {
      constructor() {
        super("open-tag");
      }
    },
    customElements: { define: (name: string, made: new () => FakeElement) => tags.set(name, made) },
    CustomEvent,
    Event,
    URL,
    URLSearchParams,
  });
  page.window = page;
  const context = createContext(page);
  const load = () => runInContext(options.script, context);
  load();

  /** Lets promises and timers without delay run until nothing is left of them. */
  const settle = async () => {
    // The longest chain of the script (request, JSON, callback timer) is far below this bound.
    for (let turn = 0; turn < 20; turn += 1) {
      await new Promise(setImmediate);
      const due = timers.filter((timer) => timer.delayMs === 0);
      timers = timers.filter((timer) => timer.delayMs !== 0);
      for (const timer of due) timer.run();
    }
  };

  /** The frames of the cashiers that are open now. */
  const listFrames = (): FakeElement[] =>
    body.children.flatMap((overlay) =>
      overlay instanceof FakeElement && overlay.isConnected
        ? (overlay.children as FakeElement[])
        : [],
    );

  /** A message as it would come from a frame. */
  const postFrom = (frame: FakeElement, origin: string, data: unknown) => {
    page.dispatchEvent(
      Object.assign(new Event("message"), { origin, data, source: frame.contentWindow }),
    );
  };

  /** An open tag with these children, as a page puts it into its document. */
  const insertTag = (name: string, children: FakeElement[], template: string) => {
    const Tag = tags.get(name);
    if (!Tag) throw new Error(`no tag ${name}`);
    const tag = new Tag() as FakeElement & { connectedCallback(): void };
    tag.setAttribute("template", template);
    tag.append(...children);
    tag.connectedCallback();
    return tag;
  };

  return { page, document, calls, settle, listFrames, postFrom, insertTag, load };
}
