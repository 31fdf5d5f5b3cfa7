/**
 * What WeChat is told of a page. The sandbox's client checks a signature as the real ones do: an
 * iPhone against the address that was loaded, Android against the present one.
 */
import type { Page } from "@playwright/test";
import { asking } from "@/lib/i18n/messages/zh-CN/asking";
import { order } from "@/lib/i18n/messages/zh-CN/order";
import { share } from "@/lib/i18n/messages/zh-CN/share";
import { give, insure } from "@/tests/support/e2e-api";
import { payButton, settleShare } from "@/tests/support/e2e-pages";
import { appUrl } from "@/tests/support/e2e-sandbox";
import { createPeople, expect, test } from "@/tests/support/e2e-test";
import { WECHAT_IPHONE_USER_AGENT, WECHAT_USER_AGENT } from "@/tests/support/e2e-user-agent";

interface Card {
  title: string;
  desc?: string;
  link: string;
  imgUrl: string;
}

interface WechatWindow {
  __weixinShareCard?: Card;
  __weixinTimelineCard?: Card;
  __wechatSandbox: { hiddenMenuItems: Set<string> };
}

const readCards = (page: Page) =>
  page.evaluate(() => {
    const { __weixinShareCard: chat, __weixinTimelineCard: moments } =
      window as unknown as WechatWindow;
    return { chat, moments };
  });
const readHidden = (page: Page) =>
  page.evaluate(() => [...(window as unknown as WechatWindow).__wechatSandbox.hiddenMenuItems]);

/** The addresses for which this page's signatures were asked for, oldest first. */
function watchSignatures(page: Page): string[] {
  const signed: string[] = [];
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.pathname !== "/api/wechat/js-config") return;
    signed.push((url.searchParams.get("url") ?? "").replace(appUrl(), ""));
  });
  return signed;
}

/** As iOS does with a page that it kept while the person was elsewhere. */
const returnFromCache = (page: Page) =>
  page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));

for (const [system, userAgent] of [
  ["an iPhone", WECHAT_IPHONE_USER_AGENT],
  ["Android", WECHAT_USER_AGENT],
] as const) {
  test(`on ${system} every page that may be passed on sets its card`, async ({ openPhone }) => {
    const [insured] = await createPeople("求助的人");
    const code = await insure(insured);
    const phone = await openPhone(`/p/${code}?from=singlemessage`, { userAgent });
    await expect
      .poll(() => readCards(phone))
      .toMatchObject({
        chat: {
          title: asking.tones.plain.title("小川", "¥1,000", 100),
          desc: expect.stringMatching(/^广告 · 保险产品，等待期90天，详见条款/),
          link: `${appUrl()}/p/${code}`,
          imgUrl: expect.stringContaining(`/api/policies/${code}/thumb`),
        },
        moments: { title: expect.stringContaining("广告 · 保险产品，等待期90天") },
      });
    const picture = await phone.request.get((await readCards(phone)).chat?.imgUrl ?? "");
    expect([picture.status(), picture.headers()["content-type"]]).toEqual([200, "image/png"]);

    const own = await openPhone(`/me/policies/${code}`, {
      person: insured,
      isSignedIn: true,
      userAgent,
    });
    for (const path of [`/me/policies/${code}`, `/me/policies/${code}/ask`]) {
      await own.goto(path);
      await expect
        .poll(async () => (await readCards(own)).chat?.link)
        .toBe(`${appUrl()}/p/${code}`);
      expect(await readHidden(own), path).toEqual([]);
    }
  });

  test(`on ${system} a card set after the address has changed is accepted`, async ({
    openPhone,
  }) => {
    const [insured] = await createPeople("求助的人");
    const code = await insure(insured);
    const path = `/me/policies/${code}/ask`;
    const phone = await openPhone("/disclosure", { person: insured, isSignedIn: true, userAgent });
    const signed = watchSignatures(phone);
    await phone.goto(path);
    await expect.poll(async () => (await readCards(phone)).chat?.title).toContain("添一块钱");
    await phone.evaluate(() => history.pushState(null, "", `${location.pathname}?step=2`));
    await phone.getByRole("radio", { name: asking.tones.playful.name }).check();
    await expect
      .poll(async () => (await readCards(phone)).chat?.title)
      .toBe(asking.tones.playful.title("小川", "¥1,000", 100));
    // The iPhone's client has not noticed the push; Android's has, and wants a signature for it.
    expect(signed).toEqual(system === "Android" ? [path, `${path}?step=2`] : [path]);
  });

  test(`on ${system} a refused signature is asked for once more`, async ({ openPhone }) => {
    const [insured] = await createPeople("求助的人");
    const code = await insure(insured);
    let answers = 0;
    const phone = await openPhone(`/p/${code}`, {
      userAgent,
      prepare: (context) =>
        context.route("**/api/wechat/js-config?*", async (route) => {
          const response = await route.fetch();
          const config = await response.json();
          answers += 1;
          // As if the ticket had been renewed between our signature and WeChat's check.
          const signature = answers === 1 ? "0".repeat(40) : config.signature;
          await route.fulfill({ response, json: { ...config, signature } });
        }),
    });
    await expect
      .poll(async () => (await readCards(phone)).chat?.link)
      .toBe(`${appUrl()}/p/${code}`);
    expect(answers).toBe(2);
  });
}

test("what is one person's alone cannot be passed on from the menu", async ({ openPhone }) => {
  const [insured, friend] = await createPeople("求助的人", "朋友");
  const code = await insure(insured);
  const { outTradeNo } = await give(friend, code);
  const phone = await openPhone("/me", { person: friend, isSignedIn: true });
  for (const path of ["/me", "/me/friends", "/me/settings", `/orders/${outTradeNo}`]) {
    await phone.goto(path);
    await expect.poll(() => readHidden(phone), path).toContain("menuItem:share:appMessage");
    expect(await readHidden(phone), path).toContain("menuItem:share:timeline");
    expect((await readCards(phone)).chat, path).toBeUndefined();
  }
});

test("a page that iOS kept asks for the truth when it comes back", async ({ openPhone }) => {
  const [insured, friend] = await createPeople("求助的人", "朋友");
  const code = await insure(insured);
  const phone = await openPhone(`/p/${code}`, { person: friend, isSignedIn: true });
  await settleShare(phone);
  await expect(payButton(phone)).toBeVisible();
  // Elsewhere, in another tab of the same person.
  const { outTradeNo } = await give(friend, code);
  await returnFromCache(phone);
  await expect(phone.getByText(share.closed.already_supported.title)).toBeVisible();

  await phone.goto(`/orders/${outTradeNo}`);
  await expect(phone.getByText(order.unit.giftTitle(2))).toBeVisible();
  const withdrawn = await phone.request.post(`/api/orders/${outTradeNo}/withdrawal`, {
    data: {},
    headers: { origin: new URL(appUrl()).origin },
  });
  expect(withdrawn.status()).toBe(200);
  await returnFromCache(phone);
  await expect(phone.getByText(order.unit.giftTitle(2))).toBeHidden();
});
