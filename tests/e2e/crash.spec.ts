import type { Request } from "@playwright/test";
import { me } from "@/lib/i18n/messages/zh-CN/me";
import { insure, readOrder, readPolicy } from "@/tests/support/e2e-api";
import { killApp, startApp } from "@/tests/support/e2e-app-process";
import { cashierOf, expectThreeLights, payButton } from "@/tests/support/e2e-pages";
import {
  advanceSeconds,
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

/** Nobody answers the page's question, so it goes to the page of this yuan, which is not there. */
async function payWhileDown(phone: Page, friend: Person): Promise<Transaction[]> {
  const isOrderPage = (request: Request) =>
    request.isNavigationRequest() && request.url().includes("/orders/");
  const missed = phone.waitForEvent("requestfailed", isOrderPage);
  await cashierOf(phone).pay.click();
  await missed;
  return listTransactions(friend);
}
