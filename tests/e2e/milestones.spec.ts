/** The quiet moments of a grid on its owner's page, and the keepsake of a full one. */
import { milestones } from "@/lib/i18n/messages/zh-CN/milestones";
import { owner } from "@/lib/i18n/messages/zh-CN/owner";
import { insure } from "@/tests/support/e2e-api";
import { expectAccessible } from "@/tests/support/e2e-axe";
import { findPerson } from "@/tests/support/e2e-sandbox";
import { createPeople, expect, type Page, test } from "@/tests/support/e2e-test";

/** The demonstration's policy whose cells are all lit. */
const FULL = { code: "DemoMinghui00000000100", nickname: "明慧" };

const momentOf = (page: Page) => page.getByRole("region", { name: milestones.moments[1].title });

/** The server has heard that the moment was shown. */
async function expectKept(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    // The browser lists a request when its answer is complete.
    performance.getEntriesByType("resource").some(({ name }) => name.endsWith("/celebrations")),
  );
}

test("a moment comes once: not on a reload, not on another phone", async ({ openPhone }) => {
  const [insured] = await createPeople("亮了首格的人");
  const code = await insure(insured);
  const path = `/me/policies/${code}`;
  const phone = await openPhone(path, { person: insured, isSignedIn: true });
  await expect(momentOf(phone)).toContainText(milestones.moments[1].body());
  await expectAccessible(phone, "celebration");
  await expectKept(phone);

  // The page under it is there to be used.
  await expect(phone.getByRole("heading", { level: 1 })).toBeVisible();
  await phone.getByRole("button", { name: milestones.close }).click();
  await expect(momentOf(phone)).toBeHidden();
  await expect(phone.getByRole("heading", { level: 1 })).toBeFocused();
  await phone.reload();
  await expect(phone.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(momentOf(phone)).toHaveCount(0);
  const other = await openPhone(path, { person: insured, isSignedIn: true });
  await expect(other.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(momentOf(other)).toHaveCount(0);
});

test("Escape puts it away, and nothing moves for whoever asked for that", async ({ openPhone }) => {
  const [insured] = await createPeople("喜欢安静的人");
  const code = await insure(insured);
  const phone = await openPhone(`/me/policies/${code}`, {
    person: insured,
    isSignedIn: true,
    reducedMotion: "reduce",
  });
  await expect(momentOf(phone)).toBeVisible();
  expect(await phone.evaluate(() => document.getAnimations().length)).toBe(0);
  // The page hears the key once its scripts have run, and so does the server of the moment.
  await expectKept(phone);
  await phone.keyboard.press("Escape");
  await expect(momentOf(phone)).toBeHidden();
});

test("a moment whose telling was lost is told again when it is put away", async ({
  openPhone,
  expectComplaint,
}) => {
  expectComplaint(/the server responded with a status of 503/);
  const [insured] = await createPeople("信号不好的人");
  const code = await insure(insured);
  let isFirst = true;
  const phone = await openPhone(`/me/policies/${code}`, {
    person: insured,
    isSignedIn: true,
    prepare: (context) =>
      context.route("**/celebrations", async (route) => {
        if (!isFirst) return route.continue();
        isFirst = false;
        return route.fulfill({ status: 503, json: { code: "unavailable" } });
      }),
  });
  await expectKept(phone);
  const kept = phone.waitForResponse(
    (response) => response.url().endsWith("/celebrations") && response.ok(),
  );
  await phone.getByRole("button", { name: milestones.close }).click();
  await kept;
  await phone.reload();
  await expect(momentOf(phone)).toHaveCount(0);
});

test("before the grid is full its keepsake leads back to the policy", async ({ openPhone }) => {
  const [insured, stranger] = await createPeople("还没满格的人", "好奇的人");
  const code = await insure(insured);
  const phone = await openPhone(`/me/policies/${code}/full`, { person: insured, isSignedIn: true });
  await expect(phone).toHaveURL(new RegExp(`/me/policies/${code}(#wechat_redirect)?$`));
  await expect(phone.getByText(owner.pageTitle).first()).toBeVisible();
  await expect(phone.getByRole("link", { name: milestones.keep })).toHaveCount(0);
  const other = await openPhone(`/me/policies/${FULL.code}/full`, {
    person: stranger,
    isSignedIn: true,
  });
  await expect(other.getByText(milestones.full.heading)).toHaveCount(0);
});

test("a full grid has a page worth keeping", async ({ openPhone }) => {
  const insured = await findPerson(FULL.nickname);
  const path = `/me/policies/${FULL.code}`;
  const phone = await openPhone(path, { person: insured, isSignedIn: true });
  await phone.getByRole("link", { name: milestones.keep }).last().click();
  await expect(phone).toHaveURL(new RegExp(`${path}/full$`));
  await expect(
    phone.getByRole("heading", { level: 1, name: milestones.full.heading }),
  ).toBeVisible();
  await expect(phone.getByRole("img", { name: /共 100 格，已亮 100 格/ })).toBeVisible();
  const steps = phone.getByRole("listitem").filter({ has: phone.locator("time") });
  await expect(steps).toHaveCount(6);
  await expect(steps.last()).toContainText(milestones.full.lastCell(100));
  await expect(phone.getByRole("link", { name: milestones.full.poster })).toBeVisible();
  await expectAccessible(phone, "keepsake");
});
