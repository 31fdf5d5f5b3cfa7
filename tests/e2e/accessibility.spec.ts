import { apply } from "@/lib/i18n/messages/zh-CN/apply";
import { asking } from "@/lib/i18n/messages/zh-CN/asking";
import { owner } from "@/lib/i18n/messages/zh-CN/owner";
import { share } from "@/lib/i18n/messages/zh-CN/share";
import {
  apply as applyThroughApi,
  createApplication,
  give,
  insure,
  orderGift,
} from "@/tests/support/e2e-api";
import { expectAccessible, STILL } from "@/tests/support/e2e-axe";
import { idNumberAround } from "@/tests/support/e2e-identity";
import {
  acceptDocument,
  answerNo,
  applyHeading,
  cashierOf,
  fillWho,
  nextButton,
  payButton,
} from "@/tests/support/e2e-pages";
import { readNow } from "@/tests/support/e2e-sandbox";
import { createPeople, expect, test } from "@/tests/support/e2e-test";

test("pages without a person", async ({ openPhone }) => {
  const phone = await openPhone("/", STILL);
  const paths = [
    "/",
    "/me",
    "/disclosure",
    "/documents/terms",
    "/documents/exemptions",
    "/documents/sensitive-data",
    "/open-in-wechat?reason=snapshot",
    "/sign-in-failed",
    "/nothing-here",
    "/p/DemoMinghui00000000100",
  ];
  for (const path of paths) {
    await phone.goto(path);
    await expectAccessible(phone, path);
  }
});

test("the friend's page, its fields, its sentences and the order", async ({ openPhone }) => {
  const [insured, friend] = await createPeople("求助的人", "朋友");
  const code = await insure(insured);
  const phone = await openPhone(`/p/${code}`, { person: friend, isSignedIn: true, ...STILL });
  await phone.getByText(share.message.summary).click();
  await expectAccessible(phone, "friend's page with its fields");
  await payButton(phone).click();
  await cashierOf(phone).cancel.click();
  await expect(phone.getByText(share.result.cancelled)).toBeVisible();
  await expectAccessible(phone, "cancelled");
  const { order } = await orderGift(friend, code, {});
  await phone.goto(`/orders/${order.outTradeNo}`);
  await expectAccessible(phone, "order that waits for its payment");
  const { outTradeNo } = await give(friend, code, {});
  await phone.goto(`/orders/${outTradeNo}`);
  await expectAccessible(phone, "order on its policy");
  await phone.goto(`/p/${code}`);
  await expect(phone.getByText(share.closed.already_supported.title)).toBeVisible();
  await expectAccessible(phone, "after giving");
});

test("the owner's pages", async ({ openPhone }) => {
  const [insured, friend] = await createPeople("求助的人", "朋友");
  const code = await insure(insured);
  await give(friend, code, { message: "春天见" });
  const phone = await openPhone("/me", { person: insured, isSignedIn: true, ...STILL });
  await expectAccessible(phone, "my policies and payments");
  await phone.goto(`/me/policies/${code}`);
  await expectAccessible(phone, "owner's page");
  await phone.getByRole("link", { name: owner.invite.button }).click();
  await phone.getByRole("button", { name: asking.share.toFriend }).click();
  await expect(phone.getByRole("dialog", { name: asking.share.guideTitle })).toBeVisible();
  await expectAccessible(phone, "share guide");
});

test("a policy that waits for its first yuan", async ({ openPhone }) => {
  const [person] = await createPeople("没付完的人");
  const { policyCode } = await applyThroughApi(person, await createApplication());
  const phone = await openPhone(`/me/policies/${policyCode}`, {
    person,
    isSignedIn: true,
    ...STILL,
  });
  await expectAccessible(phone, "unpaid policy");
  await phone.goto(`/p/${policyCode}`);
  await expectAccessible(phone, "friend's page of an unpaid policy");
});

test("the application, screen by screen", async ({ openPhone }) => {
  const [person] = await createPeople("填表的人");
  const phone = await openPhone("/apply", { person, isSignedIn: true, ...STILL });
  await nextButton(phone).click();
  await expectAccessible(phone, "who, with errors");
  const idNumber = idNumberAround(30, await readNow());
  await fillWho(phone, { name: "林小川", idNumber, phone: "13800138000" });
  await nextButton(phone).click();
  await expect(applyHeading(phone, apply.health.heading)).toBeVisible();
  await nextButton(phone).click();
  await expectAccessible(phone, "health, with errors");
  const [first] = await phone.getByRole("group").all();
  await first?.getByText(apply.health.yes, { exact: true }).click();
  await expect(applyHeading(phone, apply.declined.heading)).toBeVisible();
  await expectAccessible(phone, "declined");
  await phone.getByRole("button", { name: apply.declined.mistake }).click();
  await answerNo(phone);
  await nextButton(phone).click();
  for (const step of ["terms", "exemptions", "consent"] as const) {
    await expect(applyHeading(phone, apply.documents[step].heading)).toBeVisible();
    await nextButton(phone).click();
    await expectAccessible(phone, step);
    await acceptDocument(phone, step);
  }
  await expect(applyHeading(phone, apply.confirm.heading)).toBeVisible();
  await expectAccessible(phone, "confirm");
});
