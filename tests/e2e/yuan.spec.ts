import { AxeBuilder } from "@axe-core/playwright";
import { pages } from "@/lib/i18n/messages/zh-CN/pages";
import { yuan } from "@/lib/i18n/messages/zh-CN/yuan";
import { give, insure, orderGift, readOrder } from "@/tests/support/e2e-api";
import { isWiderThanScreen } from "@/tests/support/e2e-pages";
import { advanceSeconds, appUrl, leaveMidnight, signedInUrl } from "@/tests/support/e2e-sandbox";
import { staffLink } from "@/tests/support/e2e-staff";
import { createPeople, expect, type Page, test } from "@/tests/support/e2e-test";

const { payer, staff } = yuan;
const DESK = { viewport: { width: 1280, height: 860 }, isMobile: false, hasTouch: false } as const;
const storyOf = (outTradeNo: string) => `/orders/${outTradeNo}/story`;
const HOUR_SECONDS = 3_600;

/** A friend's yuan that is unit 2 of a new policy. */
async function giveOne() {
  const [insured, friend] = await createPeople("求助的人", "给的人");
  const code = await insure(insured);
  const { outTradeNo } = await give(friend, code);
  return { insured, friend, code, outTradeNo };
}

async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const axe = new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]);
    const { violations } = await axe.analyze();
    expect(
      violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`),
      colorScheme,
    ).toEqual([]);
  }
}

test("the payer follows his yuan from the order to where it is now", async ({ openPhone }) => {
  await leaveMidnight();
  const { friend, outTradeNo } = await giveOne();
  const phone = await openPhone(`/orders/${outTradeNo}`, { person: friend, isSignedIn: true });
  await phone.getByRole("link", { name: payer.link }).click();
  await expect(phone.getByRole("heading", { level: 1, name: payer.title })).toBeVisible();
  const steps = phone.getByRole("listitem").filter({ hasText: /\d{2}:\d{2}:\d{2}/ });
  await expect(steps).toHaveCount(5);
  await expect(steps.first()).toContainText(outTradeNo);
  await expect(steps.nth(2)).toContainText("你在微信付了 ¥1");
  await expect(steps.last()).toContainText(/批单号 WH\d{4}-\d{6}-002/);
  const now = phone.getByRole("region", { name: /的保单里，是第 2 格/ });
  await expect(now).toContainText(payer.ahead);
  await expect(now.getByRole("listitem")).toHaveCount(3);

  await phone.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await phone.getByRole("button", { name: `${payer.copy} ${yuan.numbers.orderNo}` }).click();
  await expect(phone.getByText(payer.copied)).toBeVisible();
  expect(await phone.evaluate(() => navigator.clipboard.readText())).toBe(outTradeNo);

  await expectAccessible(phone);
  await phone.getByRole("link", { name: payer.back }).click();
  await expect(phone).toHaveURL(new RegExp(`/orders/${outTradeNo}$`));
});

test("the story needs no scripts and no wide screen, and grows with the text", async ({
  openPhone,
}) => {
  const { friend, outTradeNo } = await giveOne();
  const phone = await openPhone(storyOf(outTradeNo), {
    person: friend,
    isSignedIn: true,
    javaScriptEnabled: false,
    viewport: { width: 320, height: 640 },
  });
  await expect(phone.getByText(outTradeNo)).toBeVisible();
  await expect(phone.getByText(payer.now, { exact: true })).toBeVisible();
  await expect(phone.getByRole("button")).toHaveCount(0);
  const large = await openPhone(storyOf(outTradeNo), {
    person: friend,
    isSignedIn: true,
    viewport: { width: 320, height: 640 },
  });
  await large.addStyleTag({ content: "html { font-size: 140% }" });
  expect(await isWiderThanScreen(large)).toBe(false);
});

test("an unpaid yuan waits, then was never charged", async ({ openPhone }) => {
  const [insured, friend] = await createPeople("求助的人", "没付的人");
  const { order } = await orderGift(friend, await insure(insured));
  const phone = await openPhone(storyOf(order.outTradeNo), { person: friend, isSignedIn: true });
  await expect(phone.getByRole("region", { name: payer.ending.waiting.title })).toBeVisible();
  await advanceSeconds(16 * 60);
  await expect.poll(async () => (await readOrder(friend, order.outTradeNo)).state).toBe("closed");
  await phone.reload();
  await expect(phone.getByRole("region", { name: payer.ending.closed_unpaid.title })).toBeVisible();
});

test("a guest says who he is and comes back; anybody else finds nothing", async ({ openPhone }) => {
  const { insured, friend, outTradeNo } = await giveOne();
  const guest = await openPhone(storyOf(outTradeNo), { person: friend });
  await expect(guest.getByRole("heading", { level: 1, name: payer.title })).toBeVisible();
  for (const other of [insured, (await createPeople("陌生人"))[0]]) {
    const phone = await openPhone("/", { person: other });
    const response = await phone.goto(signedInUrl(other, storyOf(outTradeNo)));
    expect(response?.status()).toBe(404);
    await expect(phone.getByRole("heading", { name: pages.notFound.heading })).toBeVisible();
    await expect(phone.getByText(outTradeNo)).toHaveCount(0);
  }
});

test.describe("the staff's page", () => {
  test("shows every row and the ledger, leaves nothing behind", async ({ openPhone }) => {
    const { outTradeNo } = await giveOne();
    const desk = await openPhone(await staffLink(outTradeNo), DESK);
    await expect(desk.getByRole("heading", { level: 1, name: outTradeNo })).toBeVisible();
    await expect(desk.getByText(staff.endings.unit, { exact: true })).toBeVisible();
    const ledger = desk.getByRole("row", { name: `${staff.names.account.premium} ¥1` });
    await expect(ledger.first()).toBeVisible();
    for (const table of ["orders", "units", "refunds", "order_events", "bill_lines"]) {
      await expect(desk.getByRole("heading", { name: new RegExp(`^${table}`) })).toBeVisible();
    }
    await expect(desk.locator('meta[name="robots"]')).toHaveAttribute("content", /noindex/);
    await expect(desk.locator('meta[name="referrer"]')).toHaveAttribute("content", "no-referrer");
    expect(await desk.context().cookies(appUrl())).toEqual([]);
    await expectAccessible(desk);
    await desk.setViewportSize({ width: 390, height: 844 });
    expect(await isWiderThanScreen(desk)).toBe(false);
  });

  test("is not there for a link that is wrong, over, or another order's", async ({ openPhone }) => {
    const { friend, code, outTradeNo } = await giveOne();
    const [second] = await createPeople("另一位朋友");
    const other = await give(second, code);
    const good = new URL(await staffLink(outTradeNo));
    const token = good.searchParams.get("link") ?? "";
    const foreign = new URL(await staffLink(other.outTradeNo)).search;
    const tampered = `${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`;

    const phone = await openPhone("/", { person: friend, isSignedIn: true });
    expect((await phone.goto("/admin/nothing-here"))?.status()).toBe(404);
    const unknown = { title: await phone.title(), text: await phone.locator("main").textContent() };
    const expectNothing = async (address: string) => {
      const response = await phone.goto(address);
      expect(response?.status(), address).toBe(404);
      expect(await phone.title()).toBe(unknown.title);
      expect(await phone.locator("main").textContent()).toBe(unknown.text);
    };
    const queries = ["", "?link=", foreign, `?link=${tampered}`, `?link=${token}&link=${token}`];
    for (const query of queries) await expectNothing(`${good.pathname}${query}`);
    await expectNothing(new URL(await staffLink("W261122unknown")).href);

    expect((await phone.goto(good.href))?.status()).toBe(200);
    await advanceSeconds(HOUR_SECONDS);
    await expectNothing(good.href);
  });
});
