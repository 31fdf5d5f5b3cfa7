/** How to get to every screen that docs/screens shows. */
import { expect, type Page } from "@playwright/test";
import { apply } from "../../lib/i18n/messages/zh-CN/apply";
import { asking } from "../../lib/i18n/messages/zh-CN/asking";
import { endings } from "../../lib/i18n/messages/zh-CN/endings";
import { order } from "../../lib/i18n/messages/zh-CN/order";
import { yuan } from "../../lib/i18n/messages/zh-CN/yuan";
import { orderGift, readOrder, readSupporters } from "../../tests/support/e2e-api";
import {
  acceptDocument,
  answerNo,
  applyPayButton,
  cashierOf,
  fillWho,
  nextButton,
  payButton,
} from "../../tests/support/e2e-pages";
import {
  addFault,
  appUrl,
  createPerson,
  decideAtCashier,
  findPerson,
  type Person,
  sandboxUrl,
  signedInUrl,
} from "../../tests/support/e2e-sandbox";
import { staffLink } from "../../tests/support/e2e-staff";
import type { Device } from "./shoot";

interface Scene {
  device: Device;
  draw: (page: Page) => Promise<void>;
}

/** Policies of prisma/seed.ts. */
const COLLECTING = { code: "DemoXiaoyu000000000037", owner: "小雨" };
const FULL = { code: "DemoMinghui00000000100", owner: "明慧" };

/** An invented person with a number whose check digit is right. */
const APPLICANT = { name: "林小川", idNumber: "110105199503120025", phone: "13800138000" };

/** Clicking a button in the bar that stays may have moved the page behind it. */
const scrollToTop = (page: Page) => page.evaluate(() => window.scrollTo(0, 0));

/** A phone's screen of `path`, for a guest or for a signed-in person. */
function phone(path: string, act?: (page: Page) => Promise<unknown>, nickname?: string): Scene {
  return {
    device: "phone",
    draw: async (page) => {
      const url = nickname ? signedInUrl(await findPerson(nickname), path) : path;
      // Until the page has asked who is looking, and what comes late has come.
      await page.goto(url, { waitUntil: "networkidle" });
      await act?.(page);
    },
  };
}

/** The same for who asked for large print. */
function inLargePrint({ device, draw }: Scene): Scene {
  return {
    device,
    draw: async (page) => {
      await page.context().addCookies([{ name: "elder", value: "1", url: appUrl() }]);
      await draw(page);
    },
  };
}

const steps = {
  who: (page: Page) => fillWho(page, APPLICANT),
  health: async (page: Page) => {
    await steps.who(page);
    await nextButton(page).click();
    await expect(page.getByText(apply.health.lead)).toBeVisible();
    await page.getByRole("group").first().getByText(apply.health.no, { exact: true }).click();
    await scrollToTop(page);
  },
  documents: async (page: Page) => {
    await steps.health(page);
    await answerNo(page);
    await nextButton(page).click();
    const { tick } = apply.documents.terms;
    await expect(page.getByRole("checkbox", { name: tick })).toBeVisible();
  },
  confirm: async (page: Page) => {
    await steps.documents(page);
    for (const step of ["terms", "exemptions", "consent"] as const)
      await acceptDocument(page, step);
    await expect(applyPayButton(page)).toBeVisible();
  },
};

async function orderAsNewFriend(nickname: string) {
  const friend = await createPerson(nickname);
  const { order: made } = await orderGift(friend, COLLECTING.code);
  return { friend, made };
}

async function openOrder(page: Page, friend: Person, outTradeNo: string): Promise<void> {
  await page.goto(signedInUrl(friend, `/orders/${outTradeNo}`));
}

/** A friend of the demonstration who gave with a name and words. */
async function drawUnit(page: Page): Promise<void> {
  const supporters = await readSupporters(await findPerson(COLLECTING.owner), COLLECTING.code);
  const giver = supporters.find(({ nickname, message }) => nickname && message);
  const friend = await findPerson(giver?.nickname ?? "");
  await page.goto(signedInUrl(friend, "/me"));
  await page
    .getByRole("listitem")
    .filter({ hasText: COLLECTING.owner })
    .locator('a[href^="/orders/"]')
    .first()
    .click();
  await expect(page.getByText(order.lights.onPolicy)).toBeVisible();
}

/** WeChat tells of another amount than was ordered, so the yuan goes back. */
async function refundNewFriend() {
  const { friend, made } = await orderAsNewFriend("退款的朋友");
  const { outTradeNo } = made;
  await addFault({ endpoint: "notify", kind: "wrong_amount", outTradeNo });
  const prepayId = made.pay.package.replace(/^prepay_id=/, "");
  await decideAtCashier({ prepayId, openid: friend.openid }, "pay");
  await expect.poll(async () => (await readOrder(friend, outTradeNo)).outcome?.kind).toBe("refund");
  return { friend, outTradeNo };
}

async function drawRefund(page: Page): Promise<void> {
  const { friend, outTradeNo } = await refundNewFriend();
  await openOrder(page, friend, outTradeNo);
}

/** Every step of a yuan that is a cell now. */
async function drawStory(page: Page): Promise<void> {
  await drawUnit(page);
  await page.getByRole("link", { name: yuan.payer.link }).click();
  await expect(page.getByText(yuan.payer.now, { exact: true })).toBeVisible();
}

/** The same for staff, of a yuan that went back, to its end. */
async function drawStaffYuan(page: Page): Promise<void> {
  const { friend, outTradeNo } = await refundNewFriend();
  const readState = async () => (await readOrder(friend, outTradeNo)).state;
  await expect.poll(readState, { timeout: 15_000 }).toBe("refunded");
  await page.goto(await staffLink(outTradeNo));
  await expect(page.getByText(yuan.staff.endings.refunded)).toBeVisible();
}

/** Our question to WeChat is on its way and stays there while the picture is taken. */
async function drawPending(page: Page): Promise<void> {
  const { friend, made } = await orderAsNewFriend("等结果的朋友");
  await page.route("**/sync", () => undefined);
  await openOrder(page, friend, made.outTradeNo);
  await expect(page.getByText(order.pending.stillAsking)).toBeVisible();
}

/** News stays unread, so that the light and the dark picture show the same. */
async function drawNews(page: Page, path: string): Promise<void> {
  await page.route("**/api/me/notices/read", (route) => route.fulfill({ status: 204 }));
  await page.goto(signedInUrl(await findPerson(COLLECTING.owner), path), {
    waitUntil: "networkidle",
  });
}

/** A day in the waiting period, and what would follow. */
async function drawDiagnosis(page: Page): Promise<void> {
  const today = await page.getByLabel(endings.diagnosis.form.date).getAttribute("max");
  await page.getByLabel(endings.diagnosis.form.date).fill(today ?? "");
  await page.getByRole("button", { name: endings.diagnosis.form.look }).click();
  await expect(page.getByRole("heading", { name: endings.diagnosis.form.inWaiting })).toBeVisible();
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
}

async function drawCashier(page: Page): Promise<void> {
  const friend = await createPerson("来付款的朋友");
  await page.goto(signedInUrl(friend, `/p/${COLLECTING.code}`));
  await payButton(page).click();
  await expect(cashierOf(page).pay).toBeVisible();
  await scrollToTop(page);
}

export const scenes: Record<string, Scene> = {
  landing: phone("/"),
  "apply-who": phone("/apply", async (page) => {
    await steps.who(page);
    await page.getByLabel(apply.who.phone).blur();
  }),
  "apply-health": phone("/apply", steps.health),
  "apply-documents": phone("/apply", steps.documents),
  "apply-confirm": phone("/apply", steps.confirm),
  share: phone(`/p/${COLLECTING.code}`),
  "share-full": phone(`/p/${FULL.code}`),
  "order-unit": { device: "phone", draw: drawUnit },
  "order-refund": { device: "phone", draw: drawRefund },
  "order-story": { device: "phone", draw: drawStory },
  "staff-yuan": { device: "desktop", draw: drawStaffYuan },
  "order-pending": { device: "phone", draw: drawPending },
  "owner-collecting": phone(`/me/policies/${COLLECTING.code}`, undefined, COLLECTING.owner),
  "owner-matured": phone(`/me/policies/${FULL.code}`, undefined, FULL.owner),
  "share-guide": phone(
    `/me/policies/${COLLECTING.code}/ask`,
    async (page) => {
      await page.getByRole("button", { name: asking.share.toFriend }).click();
      await scrollToTop(page);
    },
    COLLECTING.owner,
  ),
  "policy-service": phone(`/me/policies/${COLLECTING.code}/service`, undefined, COLLECTING.owner),
  diagnosis: phone(`/me/policies/${COLLECTING.code}/diagnosis`, drawDiagnosis, COLLECTING.owner),
  me: { device: "phone", draw: (page) => drawNews(page, "/me") },
  notices: { device: "phone", draw: (page) => drawNews(page, "/me/notices") },
  ask: phone(`/me/policies/${COLLECTING.code}/ask`, undefined, COLLECTING.owner),
  wall: phone(`/me/policies/${COLLECTING.code}/wall`, undefined, COLLECTING.owner),
  full: phone(`/me/policies/${FULL.code}/full`, undefined, FULL.owner),
  friends: phone("/me/friends", undefined, COLLECTING.owner),
  boards: phone("/boards/all", undefined, COLLECTING.owner),
  "boards-friends": phone("/boards/friends", undefined, COLLECTING.owner),
  appraisal: phone("/me/appraisal", undefined, COLLECTING.owner),
  "appraisal-shared": phone(`/p/${COLLECTING.code}/appraisal`),
  settings: phone("/me/settings", undefined, COLLECTING.owner),
  "short-code": phone("/c"),
  "share-elder": inLargePrint(phone(`/p/${COLLECTING.code}`)),
  "me-elder": inLargePrint({ device: "phone", draw: (page) => drawNews(page, "/me") }),
  disclosure: phone("/disclosure"),
  document: phone("/documents/exemptions"),
  "not-found": phone("/nothing-here"),
  "open-in-wechat": phone(`/open-in-wechat?next=/p/${COLLECTING.code}`),
  cashier: { device: "phone", draw: drawCashier },
  "sandbox-panel": {
    device: "desktop",
    draw: async (page) => {
      await page.goto(`${sandboxUrl()}/`);
      await expect(page.getByText(COLLECTING.owner).first()).toBeVisible();
    },
  },
};
