/** What people do on our pages, by the names that they see. */
import { expect, type Locator, type Page } from "@playwright/test";
import { apply } from "@/lib/i18n/messages/zh-CN/apply";
import { order } from "@/lib/i18n/messages/zh-CN/order";
import { share } from "@/lib/i18n/messages/zh-CN/share";

export interface Applicant {
  name: string;
  idNumber: string;
  phone: string;
}

/** The sandbox's cashier over the page, in the words of WeChat's own. */
export function cashierOf(page: Page): { dialog: Locator; pay: Locator; cancel: Locator } {
  const frame = page.getByTitle("微信支付（沙箱）").contentFrame();
  return {
    dialog: page.getByRole("dialog", { name: "微信支付（沙箱）" }),
    pay: frame.getByRole("button", { name: "立即支付" }),
    cancel: frame.getByRole("button", { name: "取消支付" }),
  };
}

/** An entry of the cashier's "沙箱选项". */
export async function chooseSandboxOption(page: Page, name: string | RegExp): Promise<void> {
  const frame = page.getByTitle("微信支付（沙箱）").contentFrame();
  await frame.getByText("沙箱选项").click();
  await frame.getByRole("group").getByRole("button", { name }).click();
}

export const payButton = (page: Page) => page.getByRole("button", { name: share.pay });
export const nextButton = (page: Page) => page.getByRole("button", { name: apply.next });
export const applyHeading = (page: Page, heading: string) =>
  page.getByRole("heading", { level: 1, name: heading.replace("{amount}", "¥1") });
export const applyPayButton = (page: Page) =>
  page.getByRole("button", { name: apply.confirm.pay.replace("{amount}", "¥1") });

export async function fillWho(page: Page, applicant: Applicant): Promise<void> {
  await page.getByLabel(apply.who.name).fill(applicant.name);
  await page.getByLabel(apply.who.idNumber).fill(applicant.idNumber);
  await page.getByLabel(apply.who.phone).fill(applicant.phone);
}

/** Answers every health question with "no". */
export async function answerNo(page: Page): Promise<void> {
  for (const question of await page.getByRole("group").all()) {
    await question.getByText(apply.health.no, { exact: true }).click();
  }
}

/** Ticks what the present document asks for, and goes on. */
export async function acceptDocument(page: Page, step: "terms" | "exemptions" | "consent") {
  const words = apply.documents[step];
  await expect(applyHeading(page, words.heading)).toBeVisible();
  await page.getByRole("checkbox", { name: words.tick }).check();
  await nextButton(page).click();
}

/** From the first screen of the application to the last, without a mistake. */
export async function fillApplication(page: Page, applicant: Applicant): Promise<void> {
  await fillWho(page, applicant);
  await nextButton(page).click();
  await expect(applyHeading(page, apply.health.heading)).toBeVisible();
  await answerNo(page);
  await nextButton(page).click();
  await acceptDocument(page, "terms");
  await acceptDocument(page, "exemptions");
  await acceptDocument(page, "consent");
  await expect(applyHeading(page, apply.confirm.heading)).toBeVisible();
}

/** Waits for the three lights of a yuan that is on its policy. */
export async function expectThreeLights(page: Page): Promise<void> {
  await expect(page).toHaveURL(/\/orders\//);
  const { paid, counted, onPolicy } = order.lights;
  for (const light of [paid, counted, onPolicy]) {
    const item = page.getByRole("listitem").filter({ hasText: light });
    await expect(item).toContainText(order.states.done);
    await expect(item).toContainText(/\d{2}:\d{2}/);
  }
}

/** Waits until the friend's page has heard who is looking: what happens afterwards is news to it. */
export async function settleShare(page: Page): Promise<void> {
  // The browser lists a request when its answer is complete.
  await page.waitForFunction(() =>
    performance
      .getEntriesByType("resource")
      .some(({ name }) => /\/api\/policies\/[0-9A-Za-z]{22}$/.test(name)),
  );
}

/** The share code in the address of a policy's page. */
export function codeOf(page: Page): string {
  const code = /\/p(?:olicies)?\/([0-9A-Za-z]{22})/.exec(new URL(page.url()).pathname)?.[1];
  if (!code) throw new Error(`no policy's code in ${page.url()}`);
  return code;
}

/** True when the page can be scrolled sideways. */
export function isWiderThanScreen(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth;
  });
}
