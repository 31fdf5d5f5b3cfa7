import type { Request } from "@playwright/test";
import { me } from "@/lib/i18n/messages/zh-CN/me";
import { insure, orderGift, readOrder, readPolicy } from "@/tests/support/e2e-api";
import { killApp, startApp, stopApp } from "@/tests/support/e2e-app-process";
import { cashierOf, expectThreeLights, payButton } from "@/tests/support/e2e-pages";
import {
  advanceSeconds,
  decideAtCashier,
  listNotifyStatuses,
  listTransactions,
  type Person,
  type Transaction,
} from "@/tests/support/e2e-sandbox";
import { createPeople, expect, type Page, test } from "@/tests/support/e2e-test";

/** Past WeChat's first repeats of a notification, 15 s each (wechat.md §1.4), and our own polls. */
const REPEATS_SECONDS = 60;

test("the app dies between WeChat's success and our settle: the yuan arrives", async ({
  openPhone,
  expectComplaint,
}) => {
  const [insured, friend] = await createPeople("求助的人", "付款时断电的朋友");
  const code = await insure(insured);
  const phone = await openPhone(`/p/${code}`, { person: friend, isSignedIn: true });
  await payButton(phone).click();
  await expect(cashierOf(phone).pay).toBeVisible();

  expectComplaint(/ERR_CONNECTION_REFUSED/);
  await killApp();
  const [paid] = await payWhileDown(phone, friend).finally(startApp);
  expect(paid).toMatchObject({ tradeState: "SUCCESS" });
  await advanceSeconds(REPEATS_SECONDS);
  await expect
    .poll(async () => (await readOrder(friend, paid?.outTradeNo ?? "")).outcome)
    .toMatchObject({ kind: "unit", seq: 2 });
  expect(await readPolicy(code)).toMatchObject({ units: 2 });

  await phone.goto(`/orders/${paid?.outTradeNo}`);
  await expectThreeLights(phone);
  await phone.goto("/me");
  await expect(phone.getByText(me.payments.unit(2))).toBeVisible();
  expect(await listTransactions(friend)).toMatchObject([{ refundedFen: 0 }]);
});

test("F53 a deployment in the middle of payments: what was taken is finished, the rest arrives after", async () => {
  const [insured, ...friends] = await createPeople(
    "求助的人",
    ...Array.from({ length: 12 }, (_, index) => `一起付款的朋友${index}`),
  );
  const code = await insure(insured);
  const ordered = await Promise.all(friends.map((friend) => orderGift(friend, code)));
  const outTradeNos = ordered.map(({ order }) => order.outTradeNo);

  // WeChat notifies of each payment at once; the signal comes while they arrive.
  const paying = friends.map((friend, index) => {
    const prepayId = `${ordered[index]?.order.pay.package}`.replace(/^prepay_id=/, "");
    return decideAtCashier({ prepayId, openid: friend.openid }, "pay");
  });
  await Promise.race(paying);
  expect(await stopApp().finally(() => Promise.all(paying))).toBe("app ended with exit code 0");
  await startApp();

  await advanceSeconds(REPEATS_SECONDS);
  await expect.poll(async () => (await readPolicy(code)).units).toBe(1 + friends.length);
  const statuses = await listNotifyStatuses(outTradeNos);
  expect(statuses.length).toBeGreaterThanOrEqual(friends.length);
  expect(statuses.filter((status) => status !== 204 && status !== null)).toEqual([]);
});

/** Nobody answers the page's question, so it goes to the page of this yuan, which is not there. */
async function payWhileDown(phone: Page, friend: Person): Promise<Transaction[]> {
  const isOrderPage = (request: Request) =>
    request.isNavigationRequest() && request.url().includes("/orders/");
  const missed = phone.waitForEvent("requestfailed", isOrderPage);
  await cashierOf(phone).pay.click();
  await missed;
  return listTransactions(friend);
}
