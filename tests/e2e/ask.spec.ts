/** 我要求爱: from the owner's page to a card, a poster, a sentence and a short code. */
import { asking } from "@/lib/i18n/messages/zh-CN/asking";
import { owner } from "@/lib/i18n/messages/zh-CN/owner";
import { settings } from "@/lib/i18n/messages/zh-CN/settings";
import { share } from "@/lib/i18n/messages/zh-CN/share";
import { insure } from "@/tests/support/e2e-api";
import { isWiderThanScreen } from "@/tests/support/e2e-pages";
import { appUrl } from "@/tests/support/e2e-sandbox";
import { createPeople, expect, test } from "@/tests/support/e2e-test";

const SHORT_CODE = /^[2-9A-HJ-NP-Z]{4} [2-9A-HJ-NP-Z]{4}$/;

test("the insured chooses a tone; preview, sentence and card follow, also next time", async ({
  openPhone,
}) => {
  const [insured] = await createPeople("求助的人");
  const code = await insure(insured);
  const phone = await openPhone(`/me/policies/${code}`, {
    person: insured,
    isSignedIn: true,
    permissions: ["clipboard-read", "clipboard-write"],
  });
  await phone.getByRole("link", { name: owner.invite.button }).click();
  await expect(phone.getByRole("heading", { level: 1, name: asking.heading })).toBeVisible();
  for (const tone of ["playful", "grateful"] as const) {
    const words = asking.tones[tone];
    await phone.getByRole("radio", { name: words.name }).check();
    // In the chat, and on Moments at the head of a longer line.
    await expect(phone.getByText(words.title("小川", "¥1,000", 100))).toHaveCount(2);
    await expect(phone.getByText(words.sentence("¥1,000", 100))).toBeVisible();
  }
  await phone.getByRole("button", { name: asking.sentence.copy }).click();
  await expect(phone.getByText(asking.sentence.copied)).toBeVisible();
  const copied = await phone.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain(asking.tones.grateful.sentence("¥1,000", 100));
  expect(copied).toContain(`${appUrl()}/p/${code}`);

  await phone.reload();
  await expect(phone.getByRole("radio", { name: asking.tones.grateful.name })).toBeChecked();
});

test("the guides say where WeChat's menu is, and promise nothing", async ({ openPhone }) => {
  const [insured] = await createPeople("求助的人");
  const code = await insure(insured);
  const phone = await openPhone(`/me/policies/${code}/ask`, { person: insured, isSignedIn: true });
  for (const [label, steps] of [
    [asking.share.toFriend, asking.share.friendSteps],
    [asking.share.toMoments, asking.share.momentsSteps],
  ] as const) {
    await phone.getByRole("button", { name: label }).click();
    const guide = phone.getByRole("dialog", { name: asking.share.guideTitle });
    for (const step of steps) await expect(guide.getByText(step)).toBeVisible();
    await expect(guide.getByText(asking.share.honest)).toBeVisible();
    await phone.keyboard.press("Escape");
    await expect(guide).toBeHidden();
  }
});

test("the poster is a picture to be long-pressed, with a face only by a switch", async ({
  openPhone,
}) => {
  const [insured] = await createPeople("求助的人");
  const code = await insure(insured);
  const phone = await openPhone(`/me/policies/${code}/ask`, { person: insured, isSignedIn: true });
  const poster = phone.getByRole("img", { name: /海报/ });
  await poster.scrollIntoViewIfNeeded();
  const widthOf = () => poster.evaluate((image: HTMLImageElement) => image.naturalWidth);
  await expect.poll(widthOf).toBe(750);
  const before = await poster.getAttribute("src");
  const face = phone.getByRole("switch", { name: settings.choices.isFaceOnPoster.label });
  await expect(face).not.toBeChecked();
  await face.click();
  await expect(face).toBeChecked();
  await expect(poster).not.toHaveAttribute("src", before ?? "");
  await expect.poll(widthOf).toBe(750);
});

test("a poster that cannot be drawn says so and is tried again", async ({
  openPhone,
  expectComplaint,
}) => {
  expectComplaint(/Failed to load resource/);
  const [insured] = await createPeople("求助的人");
  const code = await insure(insured);
  let isBroken = true;
  const phone = await openPhone(`/me/policies/${code}/ask`, {
    person: insured,
    isSignedIn: true,
    prepare: (context) =>
      context.route("**/poster?*", (route) =>
        isBroken ? route.fulfill({ status: 503 }) : route.continue(),
      ),
  });
  await expect(phone.getByText(asking.poster.failed)).toBeVisible();
  isBroken = false;
  await phone.getByRole("button", { name: asking.poster.retry }).click();
  await expect(phone.getByRole("img", { name: /海报/ })).toBeVisible();
  await expect(phone.getByText(asking.poster.failed)).toBeHidden();
});

test("a short code is shown, typed by a friend with a slip, and leads to the page", async ({
  openPhone,
}) => {
  const [insured, friend] = await createPeople("求助的人", "丢了链接的朋友");
  const code = await insure(insured);
  const own = await openPhone(`/me/policies/${code}/ask`, { person: insured, isSignedIn: true });
  const shown = (await own.getByText(SHORT_CODE).textContent()) ?? "";

  const phone = await openPhone("/c", { person: friend });
  await phone.getByRole("button", { name: asking.enter.submit }).click();
  await expect(phone, "an empty field goes nowhere").toHaveURL(/\/c$/);
  const field = phone.getByLabel(asking.enter.label);
  await field.fill("2222-2222");
  await phone.keyboard.press("Enter");
  await expect(phone.getByText(asking.enter.problems.unknown)).toBeVisible();
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(field, "nothing is typed twice").toHaveValue("22222222");
  await field.fill(` ${shown.toLowerCase().replace(" ", " - ")}`);
  await phone.getByRole("button", { name: asking.enter.submit }).click();
  await expect(phone).toHaveURL(new RegExp(`/p/${code}$`));
  await expect(phone.getByRole("button", { name: share.pay })).toBeVisible();
});

test("nobody else reaches the page, and a short code works as an address", async ({
  openPhone,
}) => {
  const [insured, stranger] = await createPeople("求助的人", "路人");
  const code = await insure(insured);
  const own = await openPhone(`/me/policies/${code}/ask`, { person: insured, isSignedIn: true });
  const shown = (await own.getByText(SHORT_CODE).textContent()) ?? "";
  const phone = await openPhone(`/c/${shown.replace(" ", "").toLowerCase()}`, {
    person: stranger,
    isSignedIn: true,
  });
  // WeChat's own mark stays behind the address of who has just signed in.
  await expect(phone).toHaveURL(new RegExp(`/p/${code}(#wechat_redirect)?$`));
  const answer = await phone.request.get(`/me/policies/${code}/ask`);
  expect(await answer.text()).not.toContain(shown);
});

for (const [label, options] of [
  ["320 wide", { viewport: { width: 320, height: 568 } }],
  ["in the dark, in English", { colorScheme: "dark", locale: "en-US" }],
] as const) {
  test(`the ask page and the code's page fit: ${label}`, async ({ openPhone }) => {
    const [insured] = await createPeople("求助的人");
    const code = await insure(insured);
    const phone = await openPhone(`/me/policies/${code}/ask`, {
      person: insured,
      isSignedIn: true,
      ...options,
    });
    expect(await isWiderThanScreen(phone)).toBe(false);
    await phone.goto("/c?code=ZZZZ&problem=unknown");
    expect(await isWiderThanScreen(phone)).toBe(false);
  });
}
