/** 朋友: who came by and asks too, told to one person and only by the other's own switch. */
import type { Page } from "@playwright/test";
import { asking } from "@/lib/i18n/messages/zh-CN/asking";
import { friends } from "@/lib/i18n/messages/zh-CN/friends";
import { settings } from "@/lib/i18n/messages/zh-CN/settings";
import { give, insure } from "@/tests/support/e2e-api";
import { cashierOf, expectThreeLights, payButton } from "@/tests/support/e2e-pages";
import { createPeople, expect, test } from "@/tests/support/e2e-test";

async function showAsking(phone: Page, code: string): Promise<void> {
  await phone.goto(`/me/policies/${code}/ask`);
  const choice = phone.getByRole("switch", { name: settings.choices.isAskingVisible.label });
  await choice.click();
  await expect(choice).toBeChecked();
  await expect(phone.getByText(settings.saved).last()).toBeAttached();
}

test("somebody who gave and asks is one tap away, and then told of as helped", async ({
  openPhone,
}) => {
  const [me, friend] = await createPeople("我自己", "来过的朋友");
  const code = await insure(me);
  const theirs = await insure(friend, { name: "陈念安" });
  await give(friend, code);
  const phone = await openPhone("/me/friends", { person: me, isSignedIn: true });
  await expect(phone.getByText(friends.empty.title)).toBeVisible();

  const other = await openPhone("/me", { person: friend, isSignedIn: true });
  await showAsking(other, theirs);
  await phone.reload();
  await expect(phone.getByRole("heading", { name: friends.helpBack.title })).toBeVisible();
  await expect(phone.getByText(friends.helpBack.line)).toBeVisible();
  await phone.getByRole("link", { name: friends.visitOf("念安") }).click();
  await expect(phone).toHaveURL(new RegExp(`/p/${theirs}$`));
  await payButton(phone).click();
  await cashierOf(phone).pay.click();
  await expectThreeLights(phone);

  await phone.goto("/me/friends");
  await expect(phone.getByRole("heading", { name: friends.helpBack.title })).toBeHidden();
  await expect(phone.getByRole("heading", { name: friends.helped.title })).toBeVisible();
  await expect(phone.getByText(friends.lit(2, 100))).toBeVisible();
  await expect(phone.getByText(friends.quiet)).toBeVisible();
});

test("an anonymous friend stays unknown, though he asks visibly", async ({ openPhone }) => {
  const [me, shy] = await createPeople("我自己", "害羞的朋友");
  const code = await insure(me);
  const theirs = await insure(shy, { name: "陈念安" });
  const other = await openPhone("/me", { person: shy, isSignedIn: true });
  await showAsking(other, theirs);
  await give(shy, code, { anonymous: true });
  const phone = await openPhone("/me/friends", { person: me, isSignedIn: true });
  await expect(phone.getByText(friends.empty.title)).toBeVisible();
  expect(await phone.content()).not.toContain(theirs);
  expect(await phone.content()).not.toContain("念安");
});

test("a guest signs in before, and the empty page leads to the short codes", async ({
  openPhone,
}) => {
  const [person] = await createPeople("刚来的人");
  const phone = await openPhone("/me/friends", { person });
  await expect(phone.getByText(friends.empty.title)).toBeVisible();
  await phone.getByRole("link", { name: friends.empty.code }).click();
  await expect(phone.getByRole("heading", { level: 1, name: asking.enter.heading })).toBeVisible();
});
