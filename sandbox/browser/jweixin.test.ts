import { describe, expect, test } from "vitest";
import { avatarColour } from "./avatar";
import { createFakeBrowser, type FakeBrowser, FakeElement } from "./fake-browser";
import { jweixinScript } from "./jweixin";

const sandboxUrl = "http://localhost:4010";
const pageUrl = "http://localhost:3000/p/abc?from=share#pay";
const payParams = {
  appId: "wx0000000000000001",
  timeStamp: "1554208460",
  nonceStr: "593BEC0C930BF1AFEB40B4A08C8FB242",
  package: "prepay_id=wx201410272009395522657a690389285100",
  signType: "RSA",
  paySign: "c2lnbg==",
};
const jsConfig = {
  appId: payParams.appId,
  timestamp: 1554208460,
  nonceStr: "n",
  signature: "s",
  jsApiList: ["chooseWXPay", "updateAppMessageShareData"],
};

async function openPage(reply?: Parameters<typeof createFakeBrowser>[0]["reply"]) {
  const browser = createFakeBrowser({ script: jweixinScript({ sandboxUrl }), pageUrl, reply });
  await browser.settle();
  return browser;
}

async function openConfiguredPage() {
  const browser = await openPage(() => ({ body: { ok: true } }));
  browser.page.wx.config(jsConfig);
  await browser.settle();
  return browser;
}

function pay(browser: FakeBrowser, params: Record<string, unknown>): unknown[] {
  const answers: unknown[] = [];
  browser.page.WeixinJSBridge.invoke("getBrandWCPayRequest", params, (answer: unknown) =>
    answers.push(answer),
  );
  return answers;
}

function answerCashier(browser: FakeBrowser, data: object, origin = sandboxUrl): void {
  const [frame] = browser.listFrames();
  if (!frame) throw new Error("No cashier is open.");
  browser.postFrom(frame, origin, { source: "wechat-sandbox-cashier", ...data });
}

/** Calls an SDK function and returns which callbacks ran, in order, with their errMsg. */
function callSdk(browser: FakeBrowser, name: string, options: object): [string, string][] {
  const heard: [string, string][] = [];
  const listen = (outcome: string) => (answer: { errMsg: string }) => {
    heard.push([outcome, answer.errMsg]);
  };
  const callbacks = Object.fromEntries(
    ["success", "cancel", "fail", "complete"].map((outcome) => [outcome, listen(outcome)]),
  );
  browser.page.wx[name]({ ...options, ...callbacks });
  return heard;
}

describe("WeixinJSBridge", () => {
  test("arrives after the script has run, and says so on the document", async () => {
    const script = jweixinScript({ sandboxUrl });
    const browser = createFakeBrowser({ script, pageUrl });
    let readyCount = 0;
    browser.document.addEventListener("WeixinJSBridgeReady", () => {
      readyCount += 1;
    });
    expect(browser.page.WeixinJSBridge).toBeUndefined();
    await browser.settle();
    expect(browser.page.WeixinJSBridge).toBeDefined();
    expect(readyCount).toBe(1);
  });

  test("loading the script twice keeps the first bridge and announces nothing", async () => {
    const browser = await openPage();
    const { WeixinJSBridge: bridge, wx } = browser.page;
    browser.load();
    await browser.settle();
    expect(browser.page.WeixinJSBridge).toBe(bridge);
    expect(browser.page.wx).toBe(wx);
  });

  test("an unknown function answers instead of breaking the page", async () => {
    const browser = await openPage();
    const answers: unknown[] = [];
    browser.page.WeixinJSBridge.invoke("toString", {}, (answer: unknown) => answers.push(answer));
    await browser.settle();
    expect(answers).toEqual([{ err_msg: "system:function_not_exist" }]);
  });
});

describe("getBrandWCPayRequest", () => {
  test("opens the cashier with the six values and the page's address without its hash", async () => {
    const browser = await openPage();
    pay(browser, payParams);
    const url = new URL(browser.listFrames()[0]?.attributes.get("src") ?? "");
    expect(url.origin + url.pathname).toBe(`${sandboxUrl}/__sandbox/cashier`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      ...payParams,
      pageUrl: "http://localhost:3000/p/abc?from=share",
    });
  });

  test.each([
    [{ result: "ok" }, { err_msg: "get_brand_wcpay_request:ok" }],
    [{ result: "cancel" }, { err_msg: "get_brand_wcpay_request:cancel" }],
    [
      { result: "fail", message: "支付验证签名失败" },
      { err_msg: "get_brand_wcpay_request:fail", err_desc: "支付验证签名失败" },
    ],
  ])("the cashier's %j closes it and reaches the page once", async (message, expected) => {
    const browser = await openPage();
    const answers = pay(browser, payParams);
    answerCashier(browser, message);
    await browser.settle();
    expect(answers).toEqual([expected]);
    expect(browser.listFrames()).toEqual([]);
  });

  test("paid and closed without a word: the callback never fires, the next payment may open", async () => {
    const browser = await openPage();
    const answers = pay(browser, payParams);
    answerCashier(browser, { result: "closed" });
    await browser.settle();
    expect(answers).toEqual([]);
    pay(browser, payParams);
    expect(browser.listFrames()).toHaveLength(1);
  });

  test("a second call while the cashier is open is dropped without an answer", async () => {
    const browser = await openPage();
    const first = pay(browser, payParams);
    const second = pay(browser, payParams);
    expect(browser.listFrames()).toHaveLength(1);
    answerCashier(browser, { result: "ok" });
    await browser.settle();
    expect([first.length, second.length]).toEqual([1, 0]);
  });

  test("messages from elsewhere, or of another kind, pay nothing", async () => {
    const browser = await openPage();
    const answers = pay(browser, payParams);
    answerCashier(browser, { result: "ok" }, "http://evil.example");
    answerCashier(browser, { result: "ok", source: "something-else" });
    answerCashier(browser, { result: "maybe" });
    await browser.settle();
    expect(answers).toEqual([]);
    expect(browser.listFrames()).toHaveLength(1);
  });

  test.each(Object.keys(payParams))("a %s that is not a string is refused", async (name) => {
    const browser = await openPage();
    const answers = pay(browser, { ...payParams, [name]: 1554208460 });
    await browser.settle();
    expect(answers).toEqual([
      { err_msg: "get_brand_wcpay_request:fail", err_desc: `调用支付JSAPI缺少参数：${name}` },
    ]);
    expect(browser.listFrames()).toEqual([]);
  });
});

describe("wx.config", () => {
  test("sends the signed values and the page's address without its hash, then is ready", async () => {
    const browser = await openPage(() => ({ body: { ok: true } }));
    const heard: string[] = [];
    browser.page.wx.config(jsConfig);
    browser.page.wx.ready(() => heard.push("ready"));
    browser.page.wx.error(() => heard.push("error"));
    await browser.settle();
    expect(heard).toEqual(["ready"]);
    const { jsApiList: _, ...signed } = jsConfig;
    expect(browser.calls).toEqual([
      {
        url: `${sandboxUrl}/__sandbox/js-config/check`,
        body: { ...signed, url: "http://localhost:3000/p/abc?from=share" },
      },
    ]);
  });

  test.each([
    { body: { ok: false } },
    { body: { errMsg: "config:invalid signature" } },
    { status: 400, body: {} },
  ])("the refusal %j is an error and never ready, also for late listeners", async (reply) => {
    const browser = await openPage(() => reply);
    const heard: unknown[] = [];
    browser.page.wx.ready(() => heard.push("ready"));
    browser.page.wx.config(jsConfig);
    await browser.settle();
    browser.page.wx.error((answer: unknown) => heard.push(answer));
    expect(heard).toEqual([{ errMsg: "config:invalid signature" }]);
  });

  test.each([
    ["Android checks the address that it has now", "Android 15; wv", "/p/abc?step=2"],
    ["iOS checks the address that was loaded", "iPhone; CPU iPhone OS 18_7", "/p/abc?from=share"],
  ])("after a push, %s", async (_label, userAgent, expected) => {
    const script = jweixinScript({ sandboxUrl });
    const reply = () => ({ body: { ok: true } });
    const browser = createFakeBrowser({ script, pageUrl, userAgent, reply });
    browser.page.location.href = "http://localhost:3000/p/abc?step=2#x";
    browser.page.wx.config(jsConfig);
    await browser.settle();
    expect(browser.calls[0]?.body).toMatchObject({ url: `http://localhost:3000${expected}` });
  });

  test("functions outside jsApiList, or before config, are refused", async () => {
    const before = await openPage();
    const early = callSdk(before, "chooseWXPay", {});
    await before.settle();
    const reason = "chooseWXPay:fail, the permission value is offline verifying";
    expect(early).toEqual([
      ["fail", reason],
      ["complete", reason],
    ]);
    const configured = await openConfiguredPage();
    const unlisted = callSdk(configured, "updateTimelineShareData", {});
    await configured.settle();
    expect(unlisted[0]).toEqual(["fail", "updateTimelineShareData:fail, permission denied"]);
  });
});

describe("wx.chooseWXPay", () => {
  const { appId: _appId, timeStamp, ...rest } = payParams;
  const options = { ...rest, timestamp: timeStamp };

  test.each([
    ["ok", "success"],
    ["cancel", "cancel"],
    ["fail", "fail"],
  ])("%s reaches %s, then complete", async (result, outcome) => {
    const browser = await openConfiguredPage();
    const heard = callSdk(browser, "chooseWXPay", options);
    answerCashier(browser, { result });
    await browser.settle();
    const errMsg = `chooseWXPay:${result}`;
    expect(heard).toEqual([
      [outcome, errMsg],
      ["complete", errMsg],
    ]);
  });

  test("pays with the appId of wx.config", async () => {
    const browser = await openConfiguredPage();
    callSdk(browser, "chooseWXPay", options);
    const url = new URL(browser.listFrames()[0]?.attributes.get("src") ?? "");
    expect(url.searchParams.get("appId")).toBe(jsConfig.appId);
    expect(url.searchParams.get("timeStamp")).toBe(timeStamp);
  });
});

describe("wx-open-subscribe", () => {
  const template = (text: string, slot?: string) => {
    const script = new FakeElement("script");
    script.textContent = text;
    if (slot) script.setAttribute("slot", slot);
    return script;
  };
  async function openTag(openTagList: string[] = ["wx-open-subscribe"]) {
    const browser = await openPage(() => ({ body: { ok: true } }));
    const children = [template("<style>.b{}</style>", "style"), template("<button>b</button>")];
    const tag = browser.insertTag("wx-open-subscribe", children, "id1,id2");
    const heard: [string, unknown][] = [];
    for (const name of ["success", "error"]) {
      tag.addEventListener(name, (event) => heard.push([name, (event as CustomEvent).detail]));
    }
    const shadow = () => tag.children.find((child) => (child as FakeElement).tag === "shadow");
    expect(shadow()).toBeUndefined();
    browser.page.wx.config({ ...jsConfig, openTagList });
    await browser.settle();
    return { browser, heard, shadow: shadow() as FakeElement | undefined };
  }
  const frameOf = ({ document }: FakeBrowser) =>
    document.body.children.filter((child) => (child as FakeElement).tag === "iframe").at(-1) as
      | FakeElement
      | undefined;

  test("is drawn from its templates once wx.config has allowed it, and never otherwise", async () => {
    expect((await openTag()).shadow?.innerHTML).toBe("<style>.b{}</style><button>b</button>");
    expect((await openTag([])).shadow).toBeUndefined();
  });

  test("asks in WeChat's dialog and tells each template's answer as JSON in JSON", async () => {
    const { browser, heard, shadow } = await openTag();
    shadow?.dispatchEvent(new Event("click"));
    const frame = frameOf(browser) as FakeElement;
    const url = new URL(frame.getAttribute("src") ?? "");
    expect(url.origin + url.pathname).toBe(`${sandboxUrl}/__sandbox/subscribe`);
    expect(url.searchParams.get("template")).toBe("id1,id2");
    const statuses = { id1: "accept", id2: "reject" };
    const answer = { source: "wechat-sandbox-subscribe", result: "ok", statuses };
    browser.postFrom(frame, "http://evil.example", answer);
    expect(heard).toEqual([]);
    browser.postFrom(frame, sandboxUrl, answer);
    expect(frame.isConnected).toBe(false);
    const subscribeDetails =
      '{"id1":"{\\"status\\":\\"accept\\"}","id2":"{\\"status\\":\\"reject\\"}"}';
    expect(heard).toEqual([["success", { errMsg: "subscribe:ok", subscribeDetails }]]);
  });

  test("a template that is not the account's is an error; one dialog at a time", async () => {
    const { browser, heard, shadow } = await openTag();
    shadow?.dispatchEvent(new Event("click"));
    const frame = frameOf(browser) as FakeElement;
    shadow?.dispatchEvent(new Event("click"));
    expect(frameOf(browser)).toBe(frame);
    const answer = { source: "wechat-sandbox-subscribe", result: "fail", statuses: {} };
    browser.postFrom(frame, sandboxUrl, answer);
    expect(heard).toMatchObject([["error", { errCode: 10003 }]]);
  });
});

test("a share card is remembered as the page set it; success only means that it is set", async () => {
  const browser = await openConfiguredPage();
  const card = { title: "t", desc: "d", link: "http://localhost:3000/p/abc", imgUrl: "" };
  const heard = callSdk(browser, "updateAppMessageShareData", card);
  await browser.settle();
  expect(heard[0]).toEqual(["success", "updateAppMessageShareData:ok"]);
  expect(browser.page.__weixinShareCard).toEqual(card);
});

test("the browser and the server give a person the same colour", async () => {
  const browser = await openPage();
  for (const openid of ["o1", "oB2kkds9f3jd", "小雨", ""]) {
    expect(browser.page.__wechatSandbox.avatarColour(openid)).toBe(avatarColour(openid));
  }
});

test("the address of the sandbox cannot leave the script", () => {
  expect(jweixinScript({ sandboxUrl: `http://x/"</script>` })).not.toContain("</script>");
});
