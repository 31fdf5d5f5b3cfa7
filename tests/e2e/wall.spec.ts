/** What friends say to each other: wishes, thanks, reactions, a note for everybody, and names that go. */
import { AxeBuilder } from "@axe-core/playwright";
import { order } from "@/lib/i18n/messages/zh-CN/order";
import { owner } from "@/lib/i18n/messages/zh-CN/owner";
import { words } from "@/lib/i18n/messages/zh-CN/words";
import { give, insure } from "@/tests/support/e2e-api";
import { expectThreeLights, isWiderThanScreen } from "@/tests/support/e2e-pages";
import type { Person } from "@/tests/support/e2e-sandbox";
import { createPeople, expect, type Page, test } from "@/tests/support/e2e-test";

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const NAME = "小川";

let insured: Person;
let friend: Person;
let code: string;
let outTradeNo: string;

test.beforeEach(async () => {
  [insured, friend] = await createPeople("被支持的人", "写字的朋友");
  code = await insure(insured);
  ({ outTradeNo } = await give(friend, code));
});

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const wall = (query = "") => `/me/policies/${code}/wall${query}`;

async function say(page: Page, label: string, text: string): Promise<void> {
  await page.getByLabel(label).fill(text);
  await press(page, words.editor.save);
}

test("a friend leaves a line, the insured thanks him, he answers with a flower", async ({
  openPhone,
}) => {
  const friends = await openPhone(`/orders/${outTradeNo}`, { person: friend, isSignedIn: true });
  await press(friends, words.gift.write(NAME));
  await say(friends, words.gift.label(NAME), "春天一起爬山");
  await expect(friends.getByText(words.gift.saved(NAME))).toBeVisible();

  const owners = await openPhone(`/me/policies/${code}`, { person: insured, isSignedIn: true });
  await expect(owners.getByText("春天一起爬山")).toBeVisible();
  await owners.getByRole("link", { name: words.wall.open(1) }).click();
  await expect(owners.getByRole("heading", { level: 1, name: words.wall.title(1) })).toBeVisible();
  await press(owners, words.wall.thankFor(owner.supporters.anonymous, 2));
  await expect(owners.getByText(words.wall.thanked)).toBeVisible();
  // The finger stays where it was: the same button now offers words.
  await expect(
    owners.getByRole("button", { name: words.wall.addWords, exact: true }),
  ).toBeFocused();
  await press(owners, words.wall.addWords);
  await say(owners, words.wall.label(owner.supporters.anonymous), "好，三月见");
  await expect(owners.getByText("好，三月见")).toBeVisible();
  await press(owners, words.reactions.note(owner.supporters.anonymous));
  await press(owners, words.emoji.strong);
  await owners.goto(wall("?show=unthanked"));
  await expect(owners.getByText(words.wall.none.unthanked)).toBeVisible();

  await friends.reload();
  await expect(friends.getByText(words.gift.thanks(NAME))).toBeVisible();
  await expect(friends.getByText("好，三月见")).toBeVisible();
  await expect(friends.getByText(words.reactions.yours(NAME, words.emoji.strong))).toBeVisible();
  await press(friends, words.reactions.note(NAME));
  await press(friends, words.emoji.flower);
  await expect(
    friends.getByRole("button", { name: `${words.reactions.note(NAME)} ${words.emoji.flower}` }),
  ).toBeFocused();
  await owners.goto(wall());
  await expect(
    owners.getByText(words.reactions.yours(owner.supporters.anonymous, words.emoji.flower)),
  ).toBeVisible();
});

test("words that have to wait are read by their author alone, and can be said differently", async ({
  openPhone,
}) => {
  const friends = await openPhone(`/orders/${outTradeNo}`, { person: friend, isSignedIn: true });
  await press(friends, words.gift.write(NAME));
  await say(friends, words.gift.label(NAME), "打我电话 13800138000");
  await expect(friends.getByText(words.held)).toBeVisible();
  await friends.reload();
  await expect(friends.getByText(words.held)).toBeVisible();

  const owners = await openPhone(wall(), { person: insured, isSignedIn: true });
  await expect(owners.getByText(owner.supporters.cell(2))).toBeVisible();
  await expect(owners.getByText("13800138000")).toBeHidden();
  await press(friends, words.editor.change);
  await say(friends, words.gift.label(NAME), "等你一起吃饭");
  await expect(friends.getByText(words.held)).toBeHidden();
  await owners.reload();
  await expect(owners.getByText("等你一起吃饭")).toBeVisible();

  await press(friends, words.editor.unsay);
  await expect(friends.getByText(words.gift.unsaid)).toBeVisible();
  await owners.reload();
  await expect(owners.getByText("等你一起吃饭")).toBeHidden();
});

test("a name that was shown is gone after one tap, and comes back after another", async ({
  openPhone,
}) => {
  const friends = await openPhone(`/orders/${outTradeNo}`, { person: friend, isSignedIn: true });
  await friends.getByRole("link", { name: order.unit.showWhoIAm(NAME) }).click();
  await expectThreeLights(friends);
  const owners = await openPhone(wall(), { person: insured, isSignedIn: true });
  await expect(owners.getByText(friend.nickname)).toBeVisible();

  const hidden = friends.getByRole("switch", { name: words.gift.anonymous(NAME) });
  await hidden.click();
  await expect(hidden).toBeChecked();
  await owners.reload();
  await expect(owners.getByText(owner.supporters.anonymous)).toBeVisible();
  await expect(owners.getByText(friend.nickname)).toBeHidden();
  await hidden.click();
  await expect(hidden).not.toBeChecked();
  await owners.reload();
  await expect(owners.getByText(friend.nickname)).toBeVisible();
});

test("a note for everybody: strangers read it and react, and nobody's name or wish is on the page", async ({
  openPhone,
}) => {
  const owners = await openPhone(wall(), { person: insured, isSignedIn: true });
  await press(owners, words.note.write);
  await say(owners, words.note.label, "谢谢你们，一格一格亮起来");
  await expect(owners.getByText(words.note.saved)).toBeVisible();

  const [stranger] = await createPeople("路过的人");
  const phone = await openPhone(`/p/${code}`, { person: stranger, isSignedIn: true });
  await expect(phone.getByText("谢谢你们，一格一格亮起来")).toBeVisible();
  const heart = phone
    .getByRole("group", { name: words.reactions.note(NAME) })
    .getByRole("button")
    .first();
  await heart.click();
  await expect(heart).toHaveAttribute("aria-pressed", "true");
  await phone.reload();
  await heart.scrollIntoViewIfNeeded();
  await expect(heart).toHaveAttribute("aria-pressed", "true");
  await heart.click();
  await expect(heart).toHaveAttribute("aria-pressed", "false");
  expect(await phone.content()).not.toContain(friend.nickname);
});

test("a cell that is lit while one looks is told from the count alone", async ({ openPhone }) => {
  const guest = await openPhone(`/p/${code}`);
  await expect(guest.getByRole("img", { name: /已亮 2 格/ })).toBeVisible();
  const [other] = await createPeople("又一位");
  await give(other, code, { message: "悄悄的" });
  await expect(guest.getByText(words.newCell.replace("{seq}", "3"))).toBeVisible({
    timeout: 20_000,
  });
  expect(await guest.content()).not.toContain("悄悄的");
});

test("the moving words stop by their button, and for who wants no motion there are none", async ({
  openPhone,
}) => {
  const people = await createPeople("甲", "乙", "丙");
  for (const [index, person] of people.entries())
    await give(person, code, { message: `愿你平安 ${index}` });
  const phone = await openPhone(wall(), { person: insured, isSignedIn: true });
  await phone.emulateMedia({ reducedMotion: "no-preference" });
  const running = () =>
    phone.evaluate(
      () => document.getAnimations().filter(({ playState }) => playState === "running").length,
    );
  await expect.poll(running).toBe(2);
  await phone.getByText(words.ticker.pause).click();
  await expect(phone.getByRole("checkbox", { name: words.ticker.pause })).toBeChecked();
  await expect.poll(running).toBe(0);
  await phone.emulateMedia({ reducedMotion: "reduce" });
  await expect(phone.getByText(words.ticker.pause)).toBeHidden();
  // The list has every word for everybody.
  await expect(phone.getByRole("listitem").filter({ hasText: "愿你平安 2" })).toBeVisible();
});

test("the wall is readable: axe, both colours, large type, 320 px", async ({ openPhone }) => {
  const [other] = await createPeople("长长的名字要放得下");
  await give(other, code, {
    message: "愿你平平安安，健健康康，愿每一天都有阳光和好吃的，等你回来一起打球",
  });
  const phone = await openPhone(wall(), { person: insured, isSignedIn: true });
  for (const colorScheme of ["light", "dark"] as const) {
    await phone.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const { violations } = await new AxeBuilder({ page: phone }).withTags(WCAG).analyze();
    expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
  }
  await phone.setViewportSize({ width: 320, height: 640 });
  expect(await isWiderThanScreen(phone)).toBe(false);
  await phone.evaluate(() => document.documentElement.style.setProperty("font-size", "140%"));
  expect(await isWiderThanScreen(phone)).toBe(false);
});
