import { apply } from "@/lib/i18n/messages/zh-CN/apply";
import { asking } from "@/lib/i18n/messages/zh-CN/asking";
import { owner } from "@/lib/i18n/messages/zh-CN/owner";
import { insure } from "@/tests/support/e2e-api";
import { idNumberAround } from "@/tests/support/e2e-identity";
import {
  applyHeading,
  applyPayButton,
  cashierOf,
  expectThreeLights,
  nextButton,
  payButton,
} from "@/tests/support/e2e-pages";
import { readNow } from "@/tests/support/e2e-sandbox";
import { createPeople, expect, type Page, test } from "@/tests/support/e2e-test";

/** More stops than any page of ours has. */
const STOPS_MAX = 60;

type Target = ReturnType<typeof payButton>;

/** Presses Tab until `target` has the focus. */
async function tabTo(page: Page, target: Target): Promise<void> {
  await target.waitFor({ state: "attached" });
  for (let stop = 0; stop < STOPS_MAX; stop += 1) {
    if (await target.evaluate((element) => element.ownerDocument.activeElement === element)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`not reached with the Tab key: ${target}`);
}

async function payByKeyboard(page: Page): Promise<void> {
  await tabTo(page, cashierOf(page).pay);
  await page.keyboard.press("Enter");
  await expectThreeLights(page);
}

test("a friend pays with the keyboard alone", async ({ openPhone }) => {
  const [insured, friend] = await createPeople("求助的人", "用键盘的朋友");
  const code = await insure(insured);
  const phone = await openPhone(`/p/${code}`, { person: friend, isSignedIn: true });
  await tabTo(phone, payButton(phone));
  await phone.keyboard.press("Enter");
  await expect(cashierOf(phone).pay).toBeVisible();
  await phone.keyboard.press("Escape");
  await expect(cashierOf(phone).dialog).toBeHidden();
  await expect(payButton(phone)).toBeFocused();
  await phone.keyboard.press("Enter");
  await payByKeyboard(phone);
});

test("one is insured, and learns how to share, with the keyboard alone", async ({ openPhone }) => {
  const [person] = await createPeople("用键盘的人");
  const phone = await openPhone("/apply", { person, isSignedIn: true });
  await expect(nextButton(phone)).toBeEnabled();
  await type(phone, apply.who.name, "林小川");
  await type(phone, apply.who.idNumber, idNumberAround(30, await readNow()));
  await type(phone, apply.who.phone, "13800138000");
  await phone.keyboard.press("Enter");
  await expect(applyHeading(phone, apply.health.heading)).toBeFocused();
  for (const question of await phone.getByRole("group").all()) {
    const no = question.getByRole("radio", { name: apply.health.no });
    await tabTo(phone, no);
    await phone.keyboard.press("Space");
    await expect(no).toBeChecked();
  }
  await pressNext(phone);
  for (const step of ["terms", "exemptions", "consent"] as const) {
    await expect(applyHeading(phone, apply.documents[step].heading)).toBeFocused();
    await tabTo(phone, phone.getByRole("checkbox", { name: apply.documents[step].tick }));
    await phone.keyboard.press("Space");
    await pressNext(phone);
  }
  await expect(applyHeading(phone, apply.confirm.heading)).toBeFocused();
  await tabTo(phone, applyPayButton(phone));
  await phone.keyboard.press("Enter");
  await expect(cashierOf(phone).pay).toBeVisible();
  await payByKeyboard(phone);

  await phone.goto("/me");
  await tabTo(phone, phone.getByRole("link", { name: /保单号/ }));
  await phone.keyboard.press("Enter");
  await tabTo(phone, phone.getByRole("link", { name: owner.invite.button }));
  await phone.keyboard.press("Enter");
  const share = phone.getByRole("button", { name: asking.share.toFriend });
  await tabTo(phone, share);
  await phone.keyboard.press("Enter");
  await expect(phone.getByRole("dialog", { name: asking.share.guideTitle })).toBeVisible();
  await phone.keyboard.press("Escape");
  await expect(share).toBeFocused();
});

async function type(phone: Page, label: string, text: string): Promise<void> {
  await tabTo(phone, phone.getByLabel(label));
  await phone.keyboard.type(text);
}

async function pressNext(phone: Page): Promise<void> {
  await tabTo(phone, nextButton(phone));
  await phone.keyboard.press("Enter");
}
