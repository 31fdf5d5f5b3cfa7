import { boards } from "@/lib/i18n/messages/zh-CN/boards";
import { give, insure, signIn, tellNickname } from "@/tests/support/e2e-api";
import { expectAccessible, STILL } from "@/tests/support/e2e-axe";
import type { Person } from "@/tests/support/e2e-sandbox";
import { createPeople, expect, type Page, test } from "@/tests/support/e2e-test";

async function show(person: Person, switches: object): Promise<void> {
  const api = await signIn(person);
  const answer = await api.post("/api/me/profile", { data: switches });
  expect(answer.status()).toBe(200);
  await api.dispose();
}

/** What a person who just began has of his own name on today's board; others' tests may stand beside. */
const lineOf = (phone: Page, nickname: string) =>
  phone.getByRole("listitem").filter({ hasText: nickname });

test("a guest looks, and is told that looking needs no name", async ({ openPhone }) => {
  const phone = await openPhone("/boards", STILL);
  await expect(phone).toHaveURL(/\/boards\/all$/);
  await expect(phone.getByRole("heading", { level: 1, name: boards.title })).toBeVisible();
  await expect(phone.getByText(boards.states.guest)).toBeVisible();
  await expectAccessible(phone, "boards for a guest");
  const tabs = phone.getByRole("navigation", { name: boards.tabs.label });
  await expect(tabs.getByRole("link", { name: boards.tabs.all })).toHaveAttribute(
    "aria-current",
    "page",
  );
  await tabs.getByRole("link", { name: boards.tabs.friends }).click();
  await expect(phone).toHaveURL(/\/boards\/friends$/);
  await expect(phone.getByText(boards.states.guest)).toBeVisible();
  await phone.goto("/boards/nothing");
  await expect(phone.getByRole("heading", { level: 1 })).not.toHaveText(boards.title);
});

test("an owner sees his place, and his name only when he wants it there", async ({ openPhone }) => {
  const [owner, friend] = await createPeople("榜上的溪", "朋友");
  const code = await insure(owner);
  await tellNickname(owner);
  const phone = await openPhone("/boards/today", { person: owner, isSignedIn: true, ...STILL });
  await expect(phone.getByText(boards.own.hidden)).toBeVisible({ timeout: 15_000 });
  await expect(lineOf(phone, "榜上的溪")).toHaveCount(0);
  await expectAccessible(phone, "own place, hidden");

  await show(owner, { isOnBoards: true, isMasked: false });
  await test.step("the page follows by itself", async () => {
    await expect(lineOf(phone, "榜上的溪")).toContainText(boards.rows.me, { timeout: 25_000 });
    await expect(phone.getByText(boards.own.listed)).toBeVisible();
  });
  await expectAccessible(phone, "own place, listed");

  await give(friend, code, {});
  await test.step("and says so politely", async () => {
    await expect(phone.getByRole("status")).toContainText("2 格", { timeout: 25_000 });
  });

  await show(owner, { isOnBoards: false });
  const guest = await openPhone("/boards/today");
  await expect(lineOf(guest, "榜上的溪")).toHaveCount(0);
});

test("friends who both want it see each other", async ({ openPhone }) => {
  const [owner, friend] = await createPeople("云边", "山脚");
  const code = await insure(owner);
  await insure(friend);
  await give(friend, code, {});
  await Promise.all([owner, friend].map(tellNickname));
  const phone = await openPhone("/boards/friends", { person: owner, isSignedIn: true, ...STILL });
  await expect(phone.getByText(boards.states.friends)).toBeVisible();
  await show(owner, { isOnBoards: true, isMasked: false });
  await show(friend, { isOnBoards: true });
  await phone.reload();
  await expect(lineOf(phone, "山*")).toBeVisible({ timeout: 25_000 });
  await expect(lineOf(phone, "云边")).toContainText(boards.rows.me);
});

test("in English, on a small screen with large type", async ({ openPhone }) => {
  const [owner] = await createPeople("小屏");
  await insure(owner);
  const phone = await openPhone("/boards/all", {
    person: owner,
    isSignedIn: true,
    viewport: { width: 320, height: 568 },
    locale: "en-GB",
    colorScheme: "dark",
    ...STILL,
  });
  await phone.evaluate(() => {
    document.documentElement.style.fontSize = "22.4px";
  });
  await expect(phone.getByRole("heading", { level: 1, name: "Boards" })).toBeVisible();
  const width = await phone.evaluate(() => document.documentElement.scrollWidth);
  expect(width, "nothing sticks out").toBeLessThanOrEqual(320);
  await expectAccessible(phone, "boards at 320 px in English");
});
