import { common } from "@/lib/i18n/messages/zh-CN/common";
import { me } from "@/lib/i18n/messages/zh-CN/me";
import { settings } from "@/lib/i18n/messages/zh-CN/settings";
import { insure, signIn } from "@/tests/support/e2e-api";
import type { Person } from "@/tests/support/e2e-sandbox";
import { createPeople, expect, type Page, test } from "@/tests/support/e2e-test";

const { choices } = settings;
const switchOf = (page: Page, label: string) => page.getByRole("switch", { name: label });

async function readProfile(person: Person) {
  const api = await signIn(person);
  const profile = await (await api.get("/api/me/profile")).json();
  await api.dispose();
  return profile;
}

test("a switch holds at once, is undone by itself, and leaves a record", async ({ openPhone }) => {
  const [person] = await createPeople("上榜的人");
  await insure(person);
  const phone = await openPhone("/me", { person, isSignedIn: true });
  await phone.getByRole("link", { name: me.tiles.settings }).click();
  const boards = switchOf(phone, choices.isOnBoards.label);
  await expect(boards).not.toBeChecked();
  await expect(switchOf(phone, choices.takesPartInRegion.label)).toBeHidden();
  await boards.click();
  await expect(phone.getByRole("status")).toHaveText([settings.saved, ""]);
  await expect(boards).toBeChecked();
  await switchOf(phone, choices.takesPartInRegion.label).click();
  await expect
    .poll(() => readProfile(person))
    .toMatchObject({ isOnBoards: true, regionCode: "11" });
  await boards.click();
  await expect(switchOf(phone, choices.takesPartInRegion.label)).toBeHidden();
  await expect
    .poll(() => readProfile(person))
    .toMatchObject({ isOnBoards: false, regionCode: null });
  await phone.reload();
  await phone.getByText(settings.history.heading).click();
  for (const what of [settings.history.what.boards, settings.history.what.region]) {
    await expect(phone.getByRole("listitem").filter({ hasText: `同意${what}` })).toHaveCount(1);
    await expect(phone.getByRole("listitem").filter({ hasText: `收回：${what}` })).toHaveCount(1);
  }
});

test("what was not saved turns back and says so", async ({ openPhone, expectComplaint }) => {
  expectComplaint(/net::ERR_FAILED/);
  const [person] = await createPeople("没网的人");
  const phone = await openPhone("/me/settings", { person, isSignedIn: true });
  await phone.route("**/api/me/profile", (route) => route.abort());
  const asking = switchOf(phone, choices.isAskingVisible.label);
  await asking.click();
  await expect(phone.getByRole("alert").filter({ hasText: settings.failed })).toBeVisible();
  await expect(asking).not.toBeChecked();
  await phone.unroute("**/api/me/profile");
  await asking.click();
  await expect(asking).toBeChecked();
  await expect.poll(() => readProfile(person)).toMatchObject({ isAskingVisible: true });
});

test("who has no policy has no region, and reads why", async ({ openPhone }) => {
  const [person] = await createPeople("没有保单的人");
  const phone = await openPhone("/me/settings", { person, isSignedIn: true });
  await switchOf(phone, choices.isOnBoards.label).click();
  const region = switchOf(phone, choices.takesPartInRegion.label);
  await region.click();
  await expect(phone.getByRole("alert").filter({ hasText: settings.regionUnknown })).toBeVisible();
  await expect(region).not.toBeChecked();
});

test("switches turn without JavaScript", async ({ openPhone }) => {
  const [person] = await createPeople("没有脚本的人");
  const phone = await openPhone("/me/settings", {
    person,
    isSignedIn: true,
    javaScriptEnabled: false,
  });
  await switchOf(phone, choices.isAppraisalVisible.label).click();
  await expect(switchOf(phone, choices.isAppraisalVisible.label)).toBeChecked();
  expect(await readProfile(person)).toMatchObject({ isAppraisalVisible: true });
});

test("large print stays for this browser only, shared pages too", async ({ openPhone }) => {
  const [insured] = await createPeople("求助的人");
  const code = await insure(insured);
  const [elder, other] = [await openPhone(`/p/${code}`), await openPhone(`/p/${code}`)];
  const textSize = (page: Page) =>
    page.locator("h1").evaluate((heading) => Number.parseFloat(getComputedStyle(heading).fontSize));
  const usual = await textSize(elder);
  await elder.getByRole("button", { name: common.elderOn }).click();
  await expect(elder.getByRole("button", { name: common.elderOff })).toBeVisible();
  expect(await textSize(elder)).toBeGreaterThan(usual);
  await other.reload();
  expect(await textSize(other)).toBe(usual);
  await elder.getByRole("button", { name: common.elderOff }).click();
  await expect(elder.getByRole("button", { name: common.elderOn })).toBeVisible();
  expect(await textSize(elder)).toBe(usual);
});
