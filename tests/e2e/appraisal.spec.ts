/** 人品鉴定 as people read it: where each point is from, and who may look (R43). */
import { appraisal } from "@/lib/i18n/messages/zh-CN/appraisal";
import { pages } from "@/lib/i18n/messages/zh-CN/pages";
import { give, insure } from "@/tests/support/e2e-api";
import { expectAccessible } from "@/tests/support/e2e-axe";
import { advanceSeconds, leaveMidnight } from "@/tests/support/e2e-sandbox";
import { createPeople, expect, type Page, test } from "@/tests/support/e2e-test";

const DAY = 86_400;

const heading = (page: Page, name: string | RegExp) =>
  page.getByRole("heading", { level: 1, name });
const visibility = (page: Page) =>
  page.getByRole("switch", { name: new RegExp(appraisal.visibility.label) });

test.beforeEach(() => leaveMidnight());

test("somebody without a policy checks every point and takes the certificate home", async ({
  openPhone,
}) => {
  const [helper, one, other] = await createPeople("爱帮忙的人", "求助的甲", "求助的乙");
  for (const insured of [one, other]) await give(helper, await insure(insured));
  const phone = await openPhone("/me/appraisal", { person: helper, isSignedIn: true });
  await expect(heading(phone, new RegExp(`^12.*${appraisal.titles.heater}$`))).toBeVisible();
  for (const words of [appraisal.lines.gave(2), appraisal.lines.hour(2)]) {
    const line = phone.getByRole("listitem").filter({ hasText: words });
    await expect(line).toContainText("2 × 3 = +6");
  }
  await expect(phone.getByText(appraisal.next(13, appraisal.titles.kettle))).toBeVisible();
  await expect(phone.getByText(appraisal.giving.sentence(2, 2))).toBeVisible();

  const certificate = phone.getByRole("img", {
    name: appraisal.certificate.alternative(appraisal.titles.heater, 12),
  });
  await certificate.scrollIntoViewIfNeeded();
  await expect
    .poll(() => certificate.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBe(750);
  // There is no page on which others could look.
  await expect(visibility(phone)).toBeHidden();
  await expectAccessible(phone, "own appraisal");
});

test("a newcomer is not told that he has done nothing", async ({ openPhone }) => {
  const [newcomer] = await createPeople("新来的人");
  const phone = await openPhone("/me/appraisal", { person: newcomer, isSignedIn: true });
  await expect(heading(phone, appraisal.titles.loading)).toBeVisible();
  await expect(heading(phone, /0/)).toBeHidden();
  await expect(phone.getByText(appraisal.empty)).toBeVisible();
});

test("others look while the insured wants them to, and read nobody's name", async ({
  openPhone,
}) => {
  const [insured, friend] = await createPeople("被鉴定的人", "不该露面的朋友");
  const code = await insure(insured);
  await give(friend, code);
  await advanceSeconds(DAY);
  const path = `/p/${code}/appraisal`;
  const guest = await openPhone(path);
  await expect(heading(guest, pages.notFound.heading)).toBeVisible();

  const own = await openPhone("/me/appraisal", { person: insured, isSignedIn: true });
  await expect(visibility(own)).not.toBeChecked();
  await visibility(own).click();
  await expect(visibility(own)).toBeChecked();
  await expect.poll(async () => (await guest.request.get(path)).status()).toBe(200);
  await guest.reload();
  await expect(guest.getByText(appraisal.shared.eyebrow("小川"))).toBeVisible();
  await expect(guest.getByText(appraisal.lines.came(1))).toBeVisible();
  expect(await guest.content()).not.toContain("不该露面");
  await expectAccessible(guest, "shared appraisal");

  await visibility(own).click();
  await expect(visibility(own)).not.toBeChecked();
  await expect.poll(async () => (await guest.request.get(path)).status()).toBe(404);
  // The insured himself may always look, and is told that he alone can.
  await own.getByRole("link", { name: appraisal.visibility.view }).click();
  await expect(own.getByText(appraisal.shared.private)).toBeVisible();
  await own.getByRole("link", { name: appraisal.shared.back("小川") }).click();
  await expect(own).toHaveURL(new RegExp(`/p/${code}$`));
});
