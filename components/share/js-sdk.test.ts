/** Our side of the JS-SDK against the sandbox's, which checks a signature as each client does. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createFakeBrowser, type FakeBrowser } from "@/sandbox/browser/fake-browser";
import { jweixinScript } from "@/sandbox/browser/jweixin";

const IPHONE = "iPhone; CPU iPhone OS 18_7; MicroMessenger/8.0.69";
const ANDROID = "Android 15; wv; MicroMessenger/8.0.64";
const ORIGIN = "http://localhost:3000";
const SDK = "http://localhost:4010/jweixin.js";
const CARD = {
  title: "t",
  description: "d",
  momentsTitle: "m",
  link: `${ORIGIN}/p/abc`,
  imageUrl: `${ORIGIN}/thumb.png`,
};

let browser: FakeBrowser;
let signed: string[];
/** How many signatures WeChat refuses although they fit, as with a ticket that was just renewed. */
let refusals: number;

/** A page of ours on such a phone, and a server of ours whose signature is the address itself. */
async function open(userAgent: string): Promise<typeof import("./js-sdk")> {
  const script = jweixinScript({ sandboxUrl: "http://localhost:4010" });
  browser = createFakeBrowser({
    script,
    pageUrl: `${ORIGIN}/me/policies/abc?from=chat#top`,
    userAgent,
    reply({ body }) {
      const { signature, url } = body as { signature: string; url: string };
      const isRight = signature === url && refusals-- <= 0;
      return { body: isRight ? { ok: true } : { ok: false, errMsg: "config:invalid signature" } };
    },
  });
  vi.stubGlobal("window", browser.page);
  vi.stubGlobal("document", browser.document);
  vi.stubGlobal("location", browser.page.location);
  vi.stubGlobal("navigator", browser.page.navigator);
  vi.stubGlobal("fetch", async (path: string) => {
    const url = new URL(path, ORIGIN).searchParams.get("url") ?? "";
    signed.push(url.replace(ORIGIN, ""));
    return Response.json({ appId: "wx", timestamp: 1, nonceStr: "n", signature: url });
  });
  vi.resetModules();
  return import("./js-sdk");
}

const push = (path: string) => {
  browser.page.location.href = `${ORIGIN}${path}`;
};

beforeEach(() => {
  signed = [];
  refusals = 0;
});
afterEach(() => vi.unstubAllGlobals());

async function set(sdk: Awaited<ReturnType<typeof open>>, title = "t"): Promise<void> {
  const done = sdk.setShareCard({ ...CARD, title }, SDK);
  await browser.settle();
  await done;
  await browser.settle();
}

test("the card is set for chats and for Moments, with one signature however often it changes", async () => {
  const sdk = await open(ANDROID);
  await set(sdk);
  await set(sdk, "another");
  const { link, imageUrl: imgUrl } = CARD;
  expect(browser.page.__weixinShareCard).toEqual({ title: "another", desc: "d", link, imgUrl });
  expect(browser.page.__weixinTimelineCard).toEqual({ title: "m", link, imgUrl });
  expect(signed).toEqual(["/me/policies/abc?from=chat"]);
});

test("Android after a push: the new address is signed anew", async () => {
  const sdk = await open(ANDROID);
  await set(sdk);
  push("/me/policies/abc?tone=playful");
  await set(sdk, "another");
  expect(browser.page.__weixinShareCard.title).toBe("another");
  expect(signed).toEqual(["/me/policies/abc?from=chat", "/me/policies/abc?tone=playful"]);
});

test("iOS after a push: the address of the load stays the signed one", async () => {
  const sdk = await open(IPHONE);
  push("/me/policies/abc?tone=playful");
  await set(sdk);
  expect(browser.page.__weixinShareCard.title).toBe("t");
  expect(signed).toEqual(["/me/policies/abc?from=chat"]);
});

test("a refused signature is made anew once, and then it is left", async () => {
  refusals = 1;
  await set(await open(ANDROID));
  expect(browser.page.__weixinShareCard.title).toBe("t");
  expect(signed).toHaveLength(2);

  signed = [];
  refusals = 9;
  await set(await open(ANDROID));
  expect(browser.page.__weixinShareCard).toBeUndefined();
  expect(signed).toHaveLength(2);
});

test("a client that checks the other address is met at the second try", async () => {
  // An iPhone by its name that behaves like Android, as clients of another kind may.
  const sdk = await open(ANDROID);
  vi.stubGlobal("navigator", { userAgent: IPHONE });
  push("/me/policies/abc?tone=playful");
  await set(sdk);
  expect(browser.page.__weixinShareCard.title).toBe("t");
  expect(signed).toEqual(["/me/policies/abc?from=chat", "/me/policies/abc?tone=playful"]);
});

test("back from the browser's cache the page introduces itself again", async () => {
  const sdk = await open(IPHONE);
  await set(sdk);
  sdk.forgetSdk();
  await set(sdk);
  expect(signed).toHaveLength(2);
});

test.each(["before", "after"])(
  "a private page cannot be passed on, unless it sets a card %s",
  async (when) => {
    const hide = async (sdk: Awaited<ReturnType<typeof open>>) => {
      const done = sdk.hideShareMenu(SDK);
      await browser.settle();
      await done;
      await browser.settle();
    };
    const hidden = () => browser.page.__wechatSandbox.hiddenMenuItems as Set<string>;
    await hide(await open(IPHONE));
    expect(hidden().has("menuItem:share:appMessage")).toBe(true);
    expect(hidden().has("menuItem:copyUrl")).toBe(true);

    const sdk = await open(IPHONE);
    if (when === "before") await set(sdk);
    await hide(sdk);
    if (when === "after") await set(sdk);
    expect([...hidden()]).toEqual([]);
  },
);
