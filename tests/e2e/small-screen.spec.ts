import { apply } from "@/lib/i18n/messages/zh-CN/apply";
import { asking } from "@/lib/i18n/messages/zh-CN/asking";
import { landing } from "@/lib/i18n/messages/zh-CN/landing";
import { owner } from "@/lib/i18n/messages/zh-CN/owner";
import { give, insure } from "@/tests/support/e2e-api";
import { idNumberAround } from "@/tests/support/e2e-identity";
import {
  acceptDocument,
  answerNo,
  applyPayButton,
  fillWho,
  isWiderThanScreen,
  nextButton,
  payButton,
} from "@/tests/support/e2e-pages";
import { readNow } from "@/tests/support/e2e-sandbox";
import { createPeople, expect, type Page, test } from "@/tests/support/e2e-test";

/** The narrowest phone in use, and the largest text that WeChat's own setting gives. */
const SMALL = { viewport: { width: 320, height: 568 } };
const TEXT_SCALES = [1, 1.4];

async function expectFits(page: Page, label: string): Promise<void> {
  for (const scale of TEXT_SCALES) {
    await page.evaluate((factor) => {
      document.documentElement.style.fontSize = `${factor * 100}%`;
    }, scale);
    expect(await isWiderThanScreen(page), `${label} at ${scale}× scrolls sideways`).toBe(false);
  }
}

test("nothing is wider than a small phone, at any text size", async ({ openPhone }) => {
  const [insured, friend] = await createPeople("求助的人", "朋友");
  const code = await insure(insured);
  const { outTradeNo } = await give(friend, code, { message: "平平安安，春天一起爬山" });
  const byPerson = [
    { person: insured, paths: ["/me", `/me/policies/${code}`, `/p/${code}`] },
    {
      person: friend,
      paths: [
        "/",
        `/p/${code}`,
        `/orders/${outTradeNo}`,
        "/me",
        "/disclosure",
        "/documents/terms",
        "/documents/exemptions",
        "/open-in-wechat?reason=snapshot&next=/disclosure",
        "/sign-in-failed",
        "/nothing-here",
      ],
    },
  ];
  for (const locale of ["zh-CN", "en"]) {
    for (const { person, paths } of byPerson) {
      const phone = await openPhone("/", { person, isSignedIn: true, locale, ...SMALL });
      for (const path of paths) {
        await phone.goto(path);
        await expectFits(phone, `${path} (${locale})`);
      }
    }
  }
});

test("the one act of a page is in reach of the thumb", async ({ openPhone }) => {
  const [insured, friend] = await createPeople("求助的人", "朋友");
  const code = await insure(insured);
  const friendsPhone = await openPhone(`/p/${code}`, { person: friend, ...SMALL });
  await expectFits(friendsPhone, "friend's page");
  await expect(payButton(friendsPhone)).toBeInViewport({ ratio: 1 });
  await friendsPhone.goto("/");
  await expectFits(friendsPhone, "landing page");
  await expect(friendsPhone.getByRole("link", { name: landing.start })).toBeInViewport({
    ratio: 1,
  });

  const phone = await openPhone(`/me/policies/${code}`, {
    person: insured,
    isSignedIn: true,
    ...SMALL,
  });
  await expectFits(phone, "owner's page");
  const invite = phone.getByRole("link", { name: owner.invite.button });
  await expect(invite).toBeInViewport({ ratio: 1 });
  await invite.click();
  await expectFits(phone, "ask page");
  const share = phone.getByRole("button", { name: asking.share.toFriend });
  await expect(share).toBeInViewport({ ratio: 1 });
  await share.click();
  const close = phone.getByRole("dialog").getByRole("button");
  await close.scrollIntoViewIfNeeded();
  await expect(close).toBeInViewport({ ratio: 1 });
  await expectFits(phone, "share guide");
});

test("the application fits, screen by screen", async ({ openPhone }) => {
  const [person] = await createPeople("填表的人");
  const phone = await openPhone("/apply", { person, isSignedIn: true, ...SMALL });
  const idNumber = idNumberAround(30, await readNow());
  await nextButton(phone).click();
  await expectFits(phone, "who, with errors");
  await fillWho(phone, { name: "林小川", idNumber, phone: "13800138000" });
  await nextButton(phone).click();
  await expect(phone.getByText(apply.health.lead)).toBeVisible();
  await expectFits(phone, "health");
  await expect(nextButton(phone)).toBeInViewport({ ratio: 1 });
  await answerNo(phone);
  await nextButton(phone).click();
  for (const step of ["terms", "exemptions", "consent"] as const) {
    await expect(phone.getByRole("checkbox", { name: apply.documents[step].tick })).toBeVisible();
    await expectFits(phone, step);
    await acceptDocument(phone, step);
  }
  await expect(phone.getByText(apply.confirm.once)).toBeVisible();
  await expectFits(phone, "confirm");
  await expect(applyPayButton(phone)).toBeInViewport({ ratio: 1 });
});

test("nothing moves for who asked for less motion", async ({ openPhone }) => {
  const [insured, friend] = await createPeople("求助的人", "朋友");
  const code = await insure(insured);
  await give(friend, code);
  const phone = await openPhone("/", { person: insured, reducedMotion: "reduce" });
  for (const path of ["/", `/p/${code}`, "/nothing-here"]) {
    await phone.goto(path);
    const running = await phone.evaluate(() =>
      document.getAnimations().map((animation) => (animation as CSSAnimation).animationName),
    );
    expect(running, path).toEqual([]);
  }
});
