import { disclosure } from "@/lib/i18n/messages/zh-CN/disclosure";
import { landing } from "@/lib/i18n/messages/zh-CN/landing";
import { me } from "@/lib/i18n/messages/zh-CN/me";
import { pages } from "@/lib/i18n/messages/zh-CN/pages";
import type { PlanOut } from "@/lib/plans/contract";
import { give, insure } from "@/tests/support/e2e-api";
import { cashierOf, payButton } from "@/tests/support/e2e-pages";
import {
  addFault,
  appUrl,
  createPerson,
  listTransactions,
  signedInUrl,
} from "@/tests/support/e2e-sandbox";
import { createPeople, expect, test } from "@/tests/support/e2e-test";

const heading = (name: string) => ({ level: 1, name }) as const;

test("what is not there, and what is somebody else's, look the same", async ({ openPhone }) => {
  const [insured, friend, stranger] = await createPeople("求助的人", "朋友", "陌生人");
  const code = await insure(insured);
  const { outTradeNo } = await give(friend, code);
  const phone = await openPhone("/", { person: stranger });
  const addresses = [
    "/nothing-here",
    "/p/short",
    `/p/${"x".repeat(22)}`,
    "/documents/nothing",
    `/orders/${outTradeNo}`,
    `/me/policies/${code}`,
  ];
  for (const address of addresses) {
    await test.step(address, async () => {
      const response = await phone.goto(signedInUrl(stranger, address));
      expect(response?.status()).toBe(404);
      await expect(phone.getByRole("heading", heading(pages.notFound.heading))).toBeVisible();
    });
  }
  await phone.getByRole("link", { name: pages.notFound.home }).click();
  await expect(phone.getByRole("link", { name: landing.start })).toBeVisible();
});

test("a snapshot visitor reads, and is told how to pay", async ({ openPhone }) => {
  const [insured] = await createPeople("求助的人");
  const code = await insure(insured);
  const visitor = await createPerson("快照页访客", true);
  const phone = await openPhone(`/p/${code}`, { person: visitor });
  await expect(phone.getByRole("img", { name: /已亮 1 格/ })).toBeVisible();
  await payButton(phone).click();
  await expect(phone.getByRole("heading", heading(pages.openInWechat.heading))).toBeVisible();
  await expect(phone.getByText(pages.openInWechat.snapshotHeading)).toBeVisible();
  expect(await listTransactions(visitor)).toHaveLength(0);
});

test("outside WeChat the link and its code lead to the same page", async ({ openPhone }) => {
  const phone = await openPhone("/open-in-wechat?next=/disclosure");
  await expect(phone.getByText(`${appUrl()}/disclosure`)).toBeVisible();
  await expect(phone.getByRole("img", { name: pages.openInWechat.qrAlternative })).toBeVisible();
  await phone.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await phone.getByRole("button", { name: pages.openInWechat.copy }).click();
  await expect(phone.getByText(pages.openInWechat.copied)).toBeVisible();
  const copied = await phone.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(`${appUrl()}/disclosure`);
  await test.step("never to somebody else's", async () => {
    await phone.goto("/open-in-wechat?next=https://evil.example/");
    await expect(phone.getByText(`${appUrl()}/`, { exact: true })).toBeVisible();
  });
});

test("a sign-in that WeChat did not finish can be tried again", async ({ openPhone }) => {
  const [person] = await createPeople("登录不顺的人");
  await addFault({ endpoint: "oauth_token", kind: "error" });
  const phone = await openPhone("/me", { person });
  await phone.getByRole("link", { name: me.signedOut.button }).click();
  await expect(phone.getByRole("heading", heading(pages.signInFailed.heading))).toBeVisible();
  await phone.getByRole("link", { name: pages.signInFailed.retry }).click();
  await expect(phone.getByText(me.payments.empty)).toBeVisible();
});

test("who signs out is a guest again", async ({ openPhone }) => {
  const [person] = await createPeople("登出的人");
  const phone = await openPhone("/me/settings", { person, isSignedIn: true });
  await phone.getByRole("button", { name: me.logout }).click();
  await expect(phone.getByRole("link", { name: landing.start })).toBeVisible();
  await phone.goto("/me");
  await expect(phone.getByRole("link", { name: me.signedOut.button })).toBeVisible();
});

test("the disclosure and each document say which text is sold", async ({ openPhone }) => {
  const plan = (await (await fetch(`${appUrl()}/api/plans/current`)).json()) as PlanOut;
  const phone = await openPhone("/disclosure");
  await expect(phone.getByRole("heading", heading(disclosure.title))).toBeVisible();
  await expect(phone.getByText(disclosure.waiting.renewal)).toBeVisible();
  for (const { kind, sha256 } of plan.documents) {
    await test.step(kind, async () => {
      await phone.goto(`/documents/${kind.replaceAll("_", "-")}`);
      await expect(phone.getByText(sha256)).toBeVisible();
      await expect(phone.getByRole("heading", { level: 1 })).toHaveCount(1);
      await expect(phone.getByRole("article")).not.toBeEmpty();
    });
  }
});

test("the cashier belongs to the page that asked", async ({ openPhone }) => {
  const [insured, friend] = await createPeople("求助的人", "朋友");
  const code = await insure(insured);
  const phone = await openPhone(`/p/${code}`, { person: friend, isSignedIn: true });
  await payButton(phone).click();
  await expect(cashierOf(phone).dialog).toBeVisible();
  await phone.goto("/");
  await expect(cashierOf(phone).dialog).toBeHidden();
});
