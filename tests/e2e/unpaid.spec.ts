import { apply } from "@/lib/i18n/messages/zh-CN/apply";
import { me } from "@/lib/i18n/messages/zh-CN/me";
import { order } from "@/lib/i18n/messages/zh-CN/order";
import { owner } from "@/lib/i18n/messages/zh-CN/owner";
import { share } from "@/lib/i18n/messages/zh-CN/share";
import { apply as applyThroughApi, createApplication } from "@/tests/support/e2e-api";
import { idNumberAround } from "@/tests/support/e2e-identity";
import {
  applyPayButton,
  cashierOf,
  expectThreeLights,
  fillApplication,
} from "@/tests/support/e2e-pages";
import { advanceSeconds, listTransactions, readNow } from "@/tests/support/e2e-sandbox";
import { createPeople, expect, test } from "@/tests/support/e2e-test";

/** A place is held for 15 minutes (R19); then it is asked for once more and given back. */
const HOLD_SECONDS = 15 * 60;

test("cancelling the own first payment keeps the application", async ({ openPhone }) => {
  const [person] = await createPeople("犹豫的人");
  const phone = await openPhone("/apply", { person, isSignedIn: true });
  await fillApplication(phone, {
    name: "林小川",
    idNumber: idNumberAround(30, await readNow()),
    phone: "13800138000",
  });
  await applyPayButton(phone).click();
  await cashierOf(phone).cancel.click();
  await expect(phone.getByText(apply.confirm.cancelled)).toBeVisible();
  await applyPayButton(phone).click();
  await cashierOf(phone).pay.click();
  await expectThreeLights(phone);
  expect(await listTransactions(person)).toHaveLength(1);
});

test("an unpaid policy is finished from the owner's page", async ({ openPhone }) => {
  const [person] = await createPeople("回来付款的人");
  await applyThroughApi(person, await createApplication());
  const phone = await openPhone("/me", { person, isSignedIn: true });
  await phone.getByRole("link", { name: me.policies.finish }).click();
  await expect(
    phone.getByRole("heading", { name: owner.states.pending_payment.title }),
  ).toBeVisible();
  const finish = phone.getByRole("button", { name: owner.states.pending_payment.finish });
  await finish.click();
  await cashierOf(phone).cancel.click();
  await expect(phone.getByText(share.result.cancelled)).toBeVisible();
  await finish.click();
  await cashierOf(phone).pay.click();
  await expectThreeLights(phone);
  expect(await listTransactions(person)).toMatchObject([{ tradeState: "SUCCESS" }]);
});

test("an order nobody paid closes, says so, and leaves the way open", async ({ openPhone }) => {
  const [person] = await createPeople("没有付款的人");
  const applied = await applyThroughApi(person, await createApplication());
  await advanceSeconds(HOLD_SECONDS + 60);
  const phone = await openPhone(`/orders/${applied.order.outTradeNo}`, {
    person,
    isSignedIn: true,
  });
  await expect(phone.getByRole("heading", { name: order.closed.title })).toBeVisible();
  await phone.goto(`/me/policies/${applied.policyCode}`);
  await phone.getByRole("link", { name: owner.states.pending_payment.startAgain }).click();
  await expect(phone.getByRole("heading", { name: apply.who.heading })).toBeVisible();
});
