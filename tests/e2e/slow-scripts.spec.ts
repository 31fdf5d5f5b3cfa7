import type { BrowserContext } from "@playwright/test";
import { apply } from "@/lib/i18n/messages/zh-CN/apply";
import { share } from "@/lib/i18n/messages/zh-CN/share";
import { insure } from "@/tests/support/e2e-api";
import { idNumberAround } from "@/tests/support/e2e-identity";
import {
  applyHeading,
  cashierOf,
  expectThreeLights,
  fillWho,
  nextButton,
  payButton,
} from "@/tests/support/e2e-pages";
import { listTransactions, type Person, readNow } from "@/tests/support/e2e-sandbox";
import { createPeople, expect, test } from "@/tests/support/e2e-test";

const OUR_SCRIPTS = /\/_next\/static\/.*\.js/;
const JS_SDK = /\/open\/js\/jweixin/;

let friend: Person;
let code: string;

test.beforeEach(async () => {
  const [insured, someone] = await createPeople("求助的人", "信号不好的朋友");
  friend = someone;
  code = await insure(insured);
});

/** Keeps every script of ours on its way until it is released. */
function holdScripts() {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const prepare = (context: BrowserContext) =>
    context.route(OUR_SCRIPTS, async (route) => {
      await released;
      // The page that asked may be gone by now; then nobody misses the script.
      await route.continue().catch(() => undefined);
    });
  return { prepare, release: () => release() };
}

test("a tap before the scripts arrive is not lost", async ({ openPhone }) => {
  const { prepare, release } = holdScripts();
  const phone = await openPhone(`/p/${code}`, { person: friend, prepare, waitUntil: "commit" });
  await phone.getByText(share.message.summary).click();
  await phone.getByLabel(share.message.label("小川")).fill("信号不好，心意先到");
  await payButton(phone).click();
  await phone.waitForURL(/\?pay=1/, { waitUntil: "commit" });
  await expect(payButton(phone)).toBeVisible();
  expect(phone.url(), "a private word never stands in an address").not.toContain("心意");

  release();
  await cashierOf(phone).pay.click();
  await expectThreeLights(phone);
  await expect(phone.getByText("信号不好，心意先到")).toBeVisible();
  expect(await listTransactions(friend)).toHaveLength(1);
});

test("what was typed before the scripts arrive stays", async ({ openPhone }) => {
  const { prepare, release } = holdScripts();
  const [person] = await createPeople("信号不好的人");
  const phone = await openPhone("/apply", { person, prepare, waitUntil: "commit" });
  await fillWho(phone, {
    name: "林小川",
    idNumber: idNumberAround(30, await readNow()),
    phone: "13800138000",
  });
  release();
  await expect(nextButton(phone)).toBeEnabled();
  await nextButton(phone).click();
  await expect(applyHeading(phone, apply.health.heading)).toBeVisible();
});

test("a link with ?pay=1 that somebody sent opens no cashier", async ({ openPhone }) => {
  const phone = await openPhone(`/p/${code}?pay=1`, { person: friend, isSignedIn: true });
  await expect(payButton(phone)).toBeFocused();
  await expect(cashierOf(phone).dialog).toBeHidden();
  expect(await listTransactions(friend)).toHaveLength(0);
});

test("without WeChat's script the page can be read and says what to do", async ({
  openPhone,
  expectComplaint,
}) => {
  expectComplaint(/ERR_FAILED.*jweixin/);
  const phone = await openPhone(`/p/${code}`, {
    person: friend,
    isSignedIn: true,
    prepare: (context) => context.route(JS_SDK, (route) => route.abort()),
  });
  await expect(phone.getByRole("img", { name: /已亮 1 格/ })).toBeVisible();
  await payButton(phone).click();
  await expect(phone.getByText(share.result.unavailable)).toBeVisible();
  await expect(payButton(phone)).toBeEnabled();
  expect(await listTransactions(friend)).toMatchObject([{ tradeState: "NOTPAY" }]);
});
