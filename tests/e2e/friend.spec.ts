import { me } from "@/lib/i18n/messages/zh-CN/me";
import { order } from "@/lib/i18n/messages/zh-CN/order";
import { owner } from "@/lib/i18n/messages/zh-CN/owner";
import { share } from "@/lib/i18n/messages/zh-CN/share";
import { words } from "@/lib/i18n/messages/zh-CN/words";
import { insure, readPolicy } from "@/tests/support/e2e-api";
import {
  cashierOf,
  chooseSandboxOption,
  expectThreeLights,
  payButton,
} from "@/tests/support/e2e-pages";
import { listTransactions, type Person } from "@/tests/support/e2e-sandbox";
import { createPeople, expect, test } from "@/tests/support/e2e-test";

let insured: Person;
let friend: Person;
let code: string;

test.beforeEach(async () => {
  [insured, friend] = await createPeople("求助的人", "来帮忙的人");
  code = await insure(insured);
});

test("who is signed in pays with two taps, and the page knows next time", async ({ openPhone }) => {
  const phone = await openPhone(`/p/${code}`, { person: friend, isSignedIn: true });
  await payButton(phone).click();
  await cashierOf(phone).pay.click();
  await expectThreeLights(phone);
  await phone.getByRole("link", { name: order.toSharePage("小川") }).click();
  await expect(phone.getByText(share.closed.already_supported.title)).toBeVisible();
  await expect(payButton(phone)).toBeHidden();
});

test("a double tap makes one order", async ({ openPhone }) => {
  const phone = await openPhone(`/p/${code}`, { person: friend, isSignedIn: true });
  await payButton(phone).dblclick();
  await cashierOf(phone).pay.click();
  await expectThreeLights(phone);
  expect(await listTransactions(friend)).toHaveLength(1);
  expect(await readPolicy(code)).toMatchObject({ units: 2 });
});

test("closing the cashier charges nothing, and the next tap pays the same order", async ({
  openPhone,
}) => {
  const phone = await openPhone(`/p/${code}`, { person: friend, isSignedIn: true });
  await payButton(phone).click();
  await cashierOf(phone).cancel.click();
  await expect(phone.getByText(share.result.cancelled)).toBeVisible();
  await expect(cashierOf(phone).dialog).toBeHidden();
  const [before] = await listTransactions(friend);
  expect(before).toMatchObject({ tradeState: "NOTPAY" });

  await payButton(phone).click();
  await cashierOf(phone).pay.click();
  await expectThreeLights(phone);
  const after = await listTransactions(friend);
  expect(after).toMatchObject([{ outTradeNo: before?.outTradeNo, tradeState: "SUCCESS" }]);
});

test("after a reload the same order is paid, not a second one", async ({ openPhone }) => {
  const phone = await openPhone(`/p/${code}`, { person: friend, isSignedIn: true });
  await payButton(phone).click();
  await expect(cashierOf(phone).pay).toBeVisible();
  await phone.reload();
  await payButton(phone).click();
  await cashierOf(phone).pay.click();
  await expectThreeLights(phone);
  expect(await listTransactions(friend)).toHaveLength(1);
});

test("paid, and the page was never told: a reload finds the yuan", async ({ openPhone }) => {
  const phone = await openPhone(`/p/${code}`, { person: friend, isSignedIn: true });
  await payButton(phone).click();
  await chooseSandboxOption(phone, /付款后关闭/);
  await phone
    .getByTitle("微信支付（沙箱）")
    .contentFrame()
    .getByRole("button", { name: "返回页面" })
    .click();
  await expect(cashierOf(phone).dialog).toBeHidden();
  await phone.reload();
  await expect(phone.getByText(share.closed.already_supported.title)).toBeVisible();
  await phone.getByRole("link", { name: share.toMyPayments }).click();
  await expect(phone.getByText(me.payments.unit(2))).toBeVisible();
});

test("paid while the page was killed: my payments show the yuan", async ({ openPhone }) => {
  const phone = await openPhone(`/p/${code}`, { person: friend, isSignedIn: true });
  await payButton(phone).click();
  await chooseSandboxOption(phone, /付款后关闭/);
  await expect(
    phone
      .getByTitle("微信支付（沙箱）")
      .contentFrame()
      .getByRole("heading", { name: "钱已付，页面不知道" }),
  ).toBeVisible();
  await phone.context().close();

  const again = await openPhone("/me", { person: friend, isSignedIn: true });
  await expect(again.getByText(me.payments.gift("小川"))).toBeVisible();
  await expect(again.getByText(me.payments.unit(2))).toBeVisible();
  expect(await listTransactions(friend)).toMatchObject([{ tradeState: "SUCCESS" }]);
});

test("a cashier that lies about success changes nothing", async ({ openPhone }) => {
  const phone = await openPhone(`/p/${code}`, { person: friend, isSignedIn: true });
  await payButton(phone).click();
  await chooseSandboxOption(phone, /没付款，却回调成功/);
  await expect(phone).toHaveURL(/\/orders\//);
  await expect(phone.getByText(order.coming.paid)).toBeVisible();
  expect(await readPolicy(code)).toMatchObject({ units: 1 });
  // The page says so by itself and leads back to paying.
  await phone.getByRole("link", { name: order.pending.toPay }).click();
  await payButton(phone).click();
  await cashierOf(phone).pay.click();
  await expectThreeLights(phone);
  expect(await listTransactions(friend)).toHaveLength(1);
});

test("anonymous stays anonymous to the owner", async ({ openPhone }) => {
  const phone = await openPhone(`/p/${code}`, { person: friend, isSignedIn: true });
  await phone.getByText(share.message.summary).click();
  await phone.getByRole("checkbox", { name: share.message.anonymous }).check();
  await payButton(phone).click();
  await cashierOf(phone).pay.click();
  await expectThreeLights(phone);
  const isHidden = words.gift.anonymous("小川");
  await expect(phone.getByRole("switch", { name: isHidden })).toBeChecked();
});

test("a nickname is shown to the owner after a tap, and only then", async ({ openPhone }) => {
  const phone = await openPhone(`/p/${code}`, { person: friend, isSignedIn: true });
  await payButton(phone).click();
  await cashierOf(phone).pay.click();
  await expectThreeLights(phone);
  const owners = await openPhone(`/me/policies/${code}`, { person: insured, isSignedIn: true });
  await expect(owners.getByText(owner.supporters.anonymous)).toBeVisible();

  const show = phone.getByRole("link", { name: order.unit.showWhoIAm("小川") });
  await show.click();
  await expectThreeLights(phone);
  await expect(show).toBeHidden();
  await owners.reload();
  await expect(owners.getByText(friend.nickname)).toBeVisible();
});
