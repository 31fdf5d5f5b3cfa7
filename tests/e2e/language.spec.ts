import { apply } from "@/lib/i18n/messages/en/apply";
import { share } from "@/lib/i18n/messages/en/share";
import { give, insure } from "@/tests/support/e2e-api";
import { idNumberAround } from "@/tests/support/e2e-identity";
import { readNow } from "@/tests/support/e2e-sandbox";
import { createPeople, expect, type Page, test } from "@/tests/support/e2e-test";

/** The insurer's own names and figures are configuration (lib/env/env.ts) and Chinese. */
const CONFIGURED = [
  "示例人寿保险有限公司",
  "演示-000000",
  "微互助一年期防癌疾病保险（互联网专属）",
  "演示备案-2026-0001",
  "示例市示例区示例路 1 号",
  "演示数据：综合偿付能力充足率 200%（2026 年第三季度）",
  "演示数据：综合赔付率 60%（2026 年上半年）",
  "微互助",
];

/** Everything a page says, seen or heard, but for parts that are marked as Chinese. */
async function listChinese(page: Page): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const found: string[] = [document.title];
    const isMarked = (element: Element | null) =>
      element?.closest("[lang^=zh], script, style, [data-sandbox]") != null;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!isMarked(node.parentElement)) found.push(node.textContent ?? "");
    }
    for (const element of document.querySelectorAll(
      "[aria-label], [alt], [placeholder], [title]",
    )) {
      if (isMarked(element)) continue;
      for (const name of ["aria-label", "alt", "placeholder", "title"]) {
        found.push(element.getAttribute(name) ?? "");
      }
    }
    return found;
  });
  return texts
    .map((text) => CONFIGURED.reduce((rest, name) => rest.replaceAll(name, ""), text).trim())
    .filter((text) => /[\u3000-\u303f\u3400-\u9fff\uff00-\uff60]/.test(text));
}

async function expectEnglish(page: Page): Promise<void> {
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  expect(await listChinese(page), page.url()).toEqual([]);
}

test("every page is complete in English", async ({ openPhone }) => {
  const [insured, friend] = await createPeople("Ann", "Ben");
  const code = await insure(insured, { name: "Ann Lee" });
  const { outTradeNo } = await give(friend, code, { message: "Take care" });
  const forInsured = ["/", `/p/${code}`, "/me", `/me/policies/${code}`, "/disclosure"];
  const forFriend = [
    "/me",
    `/orders/${outTradeNo}`,
    `/p/${code}`,
    "/documents/terms",
    "/documents/exemptions",
    "/documents/sensitive-data",
    "/open-in-wechat?reason=snapshot",
    "/sign-in-failed",
    "/sign-in-failed?reason=unavailable",
    "/nothing-here",
  ];
  const english = { isSignedIn: true, locale: "en" };
  for (const [person, paths] of [
    [insured, forInsured],
    [friend, forFriend],
  ] as const) {
    const phone = await openPhone("/", { person, ...english });
    for (const path of paths) {
      await test.step(path, async () => {
        await phone.goto(path);
        await expectEnglish(phone);
      });
    }
  }
});

test("one can be insured in English", async ({ openPhone }) => {
  const [person] = await createPeople("Carol");
  const phone = await openPhone("/apply", { person, isSignedIn: true, locale: "en" });
  const next = phone.getByRole("button", { name: apply.next });
  const title = (text: string) =>
    phone.getByRole("heading", { level: 1, name: text.replace("{amount}", "¥1") });

  await next.click();
  await expectEnglish(phone);
  await phone.getByLabel(apply.who.name).fill("Carol Wu");
  await phone.getByLabel(apply.who.idNumber).fill(idNumberAround(30, await readNow()));
  await phone.getByLabel(apply.who.phone).fill("13800138000");
  await next.click();
  await expect(title(apply.health.heading)).toBeVisible();
  await next.click();
  await expectEnglish(phone);
  const questions = await phone.getByRole("group").all();
  await questions[0]?.getByText(apply.health.yes, { exact: true }).click();
  await expect(title(apply.declined.heading)).toBeVisible();
  await expectEnglish(phone);
  await phone.getByRole("button", { name: apply.declined.mistake }).click();
  for (const question of await phone.getByRole("group").all()) {
    await question.getByText(apply.health.no, { exact: true }).click();
  }
  await next.click();
  for (const step of ["terms", "exemptions", "consent"] as const) {
    const words = apply.documents[step];
    await expect(title(words.heading)).toBeVisible();
    await next.click();
    await expectEnglish(phone);
    await phone.getByRole("checkbox", { name: words.tick }).check();
    await next.click();
  }
  await expect(title(apply.confirm.heading)).toBeVisible();
  await expectEnglish(phone);
});

test("switching the language keeps the page, and the choice", async ({ openPhone }) => {
  const [insured, friend] = await createPeople("求助的人", "Ben");
  const code = await insure(insured);
  const phone = await openPhone(`/p/${code}`, { person: friend });
  await phone.getByRole("button", { name: "English" }).click();
  await expect(phone.getByRole("button", { name: share.pay })).toBeVisible();
  await expect(phone).toHaveURL(new RegExp(`/p/${code}$`));
  await phone.goto("/disclosure");
  await expect(phone.locator("html")).toHaveAttribute("lang", "en");
  await phone.getByRole("button", { name: "中文" }).click();
  await expect(phone.locator("html")).toHaveAttribute("lang", "zh-CN");
  await expect(phone).toHaveURL(/\/disclosure$/);
});

test("switching the language keeps what the page is about", async ({ openPhone }) => {
  const phone = await openPhone("/open-in-wechat?next=/disclosure&reason=snapshot");
  const before = await phone.getByText(/\/disclosure$/).textContent();
  await phone.getByRole("button", { name: "English" }).click();
  await expect(phone.locator("html")).toHaveAttribute("lang", "en");
  await expect(phone.getByText(before ?? "", { exact: true })).toBeVisible();
});
