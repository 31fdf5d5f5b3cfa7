import { apply } from "@/lib/i18n/messages/zh-CN/apply";
import { asking } from "@/lib/i18n/messages/zh-CN/asking";
import { landing } from "@/lib/i18n/messages/zh-CN/landing";
import { me } from "@/lib/i18n/messages/zh-CN/me";
import { order } from "@/lib/i18n/messages/zh-CN/order";
import { owner } from "@/lib/i18n/messages/zh-CN/owner";
import { problems } from "@/lib/i18n/messages/zh-CN/problems";
import { share } from "@/lib/i18n/messages/zh-CN/share";
import { idNumberAround } from "@/tests/support/e2e-identity";
import {
  acceptDocument,
  answerNo,
  applyHeading,
  applyPayButton,
  cashierOf,
  codeOf,
  expectThreeLights,
  fillWho,
  nextButton,
  payButton,
} from "@/tests/support/e2e-pages";
import { listTransactions, readNow } from "@/tests/support/e2e-sandbox";
import { createPeople, expect, type Page, test } from "@/tests/support/e2e-test";

test("from the landing page to a policy with a friend's cell on it", async ({ openPhone }) => {
  const [insured, friend] = await createPeople("小川本人", "爬山的朋友");
  const applicant = {
    name: "林小川",
    idNumber: idNumberAround(30, await readNow()),
    phone: "13800138000",
  };
  const phone = await openPhone("/", { person: insured });
  await test.step("the landing page leads to the application", async () => {
    await phone.getByRole("link", { name: landing.start }).click();
    await expect(applyHeading(phone, apply.who.heading)).toBeVisible();
  });
  await test.step("mistakes are shown at their fields and a reload loses nothing", () =>
    tellWho(phone, applicant));
  await test.step("the health questions, one by one", () => answerHealth(phone));
  await test.step("three documents, and the way back and forth", () => acceptDocuments(phone));
  await test.step("the first yuan", async () => {
    await expect(applyHeading(phone, apply.confirm.heading)).toBeVisible();
    await expect(phone.getByText("¥1,000")).toBeVisible();
    await applyPayButton(phone).click();
    await cashierOf(phone).pay.click();
    await expectThreeLights(phone);
    await expect(phone.getByRole("heading", { level: 1, name: order.unit.ownTitle })).toBeVisible();
  });
  await test.step("the owner's page explains how to share", () => openShareGuide(phone));
  const code = codeOf(phone);

  const friendsPhone = await openPhone(`/p/${code}`, { person: friend });
  await test.step("a friend gives with exactly two taps", () => giveWithTwoTaps(friendsPhone));
  await test.step("the owner sees two cells and the friend's words", async () => {
    await phone.goto(`/me/policies/${code}`);
    await expect(phone.getByRole("img", { name: /已亮 2 格/ })).toBeVisible();
    await expect(phone.getByText("春天一起爬山")).toBeVisible();
    await expect(phone.getByRole("heading", { name: owner.supporters.title(1) })).toBeVisible();
  });
  await test.step("each finds the own yuan again", async () => {
    await phone.goto("/me");
    await expect(phone.getByText(me.payments.first)).toBeVisible();
    await expect(phone.getByText(me.payments.unit(1))).toBeVisible();
    await friendsPhone.goto("/me");
    await expect(friendsPhone.getByText(me.payments.gift("小川"))).toBeVisible();
    await expect(friendsPhone.getByText(me.payments.unit(2))).toBeVisible();
  });
  for (const person of [insured, friend]) {
    expect(await listTransactions(person)).toMatchObject([{ tradeState: "SUCCESS" }]);
  }
});

async function tellWho(phone: Page, applicant: { name: string; idNumber: string; phone: string }) {
  const name = phone.getByLabel(apply.who.name);
  await nextButton(phone).click();
  await expect(name).toHaveAccessibleDescription(problems.fields.required);
  await expect(name).toBeFocused();
  await fillWho(phone, { ...applicant, phone: "12345" });
  await nextButton(phone).click();
  const mobile = phone.getByLabel(apply.who.phone);
  await expect(mobile).toHaveAccessibleDescription(new RegExp(problems.fields.phone_format));
  await expect(mobile).toBeFocused();
  await mobile.fill(applicant.phone);
  await phone.reload();
  await expect(name).toHaveValue(applicant.name);
  await expect(phone.getByLabel(apply.who.idNumber)).toHaveValue(applicant.idNumber);
  await expect(mobile).toHaveValue(applicant.phone);
  await nextButton(phone).click();
}

async function answerHealth(phone: Page) {
  await expect(applyHeading(phone, apply.health.heading)).toBeVisible();
  const [first] = await phone.getByRole("group").all();
  await first?.getByText(apply.health.no, { exact: true }).click();
  await nextButton(phone).click();
  await expect(phone.getByText(apply.health.missing)).toHaveCount(8);
  await answerNo(phone);
  await expect(phone.getByText(apply.health.missing)).toHaveCount(0);
  await nextButton(phone).click();
}

async function acceptDocuments(phone: Page) {
  const terms = applyHeading(phone, apply.documents.terms.heading);
  await expect(terms).toBeVisible();
  await nextButton(phone).click();
  await expect(phone.getByText(apply.documents.tickMissing)).toBeVisible();
  await acceptDocument(phone, "terms");
  const exemptions = applyHeading(phone, apply.documents.exemptions.heading);
  await expect(exemptions).toBeVisible();
  // The phone's own "back" and the page's are the same step.
  await phone.goBack();
  await expect(terms).toBeVisible();
  await expect(
    phone.getByRole("checkbox", { name: apply.documents.terms.tick }),
    "nothing is lost on the way back",
  ).toBeChecked();
  await phone.getByRole("button", { name: apply.back }).click();
  await expect(applyHeading(phone, apply.health.heading)).toBeVisible();
  await nextButton(phone).click();
  await nextButton(phone).click();
  await acceptDocument(phone, "exemptions");
  await phone.reload();
  await acceptDocument(phone, "consent");
}

async function openShareGuide(phone: Page) {
  await phone.getByRole("link", { name: order.toOwnPolicy }).click();
  await expect(phone.getByRole("img", { name: /已亮 1 格/ })).toBeVisible();
  await phone.getByRole("link", { name: owner.invite.button }).click();
  await phone.getByRole("button", { name: asking.share.toFriend }).click();
  const guide = phone.getByRole("dialog", { name: asking.share.guideTitle });
  await expect(guide.getByText(asking.share.honest)).toBeVisible();
  await phone.keyboard.press("Escape");
  await expect(guide).toBeHidden();
}

async function giveWithTwoTaps(phone: Page) {
  // Words are optional and not a tap on the way to paying.
  await phone.getByText(share.message.summary).click();
  await phone.getByLabel(share.message.label("小川")).fill("春天一起爬山");
  await payButton(phone).click();
  await cashierOf(phone).pay.click();
  await expectThreeLights(phone);
  await expect(phone.getByRole("heading", { name: order.unit.giftTitle(2) })).toBeVisible();
}
