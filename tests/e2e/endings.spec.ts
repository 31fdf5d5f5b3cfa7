/** Giving money back, as people do it: withdraw, decline, end the policy, tell of a diagnosis. */
import { AxeBuilder } from "@axe-core/playwright";
import { formatFullDay } from "@/lib/format/dates";
import { formatFen } from "@/lib/format/money";
import { common } from "@/lib/i18n/messages/zh-CN/common";
import { endings } from "@/lib/i18n/messages/zh-CN/endings";
import { me } from "@/lib/i18n/messages/zh-CN/me";
import { notices } from "@/lib/i18n/messages/zh-CN/notices";
import { order } from "@/lib/i18n/messages/zh-CN/order";
import { owner } from "@/lib/i18n/messages/zh-CN/owner";
import { problems } from "@/lib/i18n/messages/zh-CN/problems";
import { yuan } from "@/lib/i18n/messages/zh-CN/yuan";
import type { Notices } from "@/lib/notices/contract";
import { addDays, countDaysInclusive, daysBetween, shanghaiDateOf } from "@/lib/pricing/calendar";
import { PLAN_2026_1 } from "@/lib/pricing/plan";
import { policyTerm } from "@/lib/pricing/term";
import { give, insure, readOrder, readPolicy } from "@/tests/support/e2e-api";
import { isWiderThanScreen } from "@/tests/support/e2e-pages";
import {
  advanceToShanghai,
  leaveMidnight,
  listTransactions,
  type Person,
  readNow,
} from "@/tests/support/e2e-sandbox";
import { createPeople, expect, type Page, test } from "@/tests/support/e2e-test";

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const NOON = { hour: 12, minute: 0 };
const STILL = { reducedMotion: "reduce" } as const;

/** Nothing serious in the light nor, by colour, in the dark, and nothing cut off in large type. */
async function expectReadable(page: Page, label: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, ...STILL });
    const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
    const lines = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} ${target.join(" ")}: ${failureSummary}`),
    );
    expect(lines, `${label}, ${colorScheme}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: "light", ...STILL });
  await page.evaluate(() => document.documentElement.style.setProperty("font-size", "140%"));
  expect(await isWiderThanScreen(page), `${label}, large type`).toBe(false);
  await page.evaluate(() => document.documentElement.style.removeProperty("font-size"));
}

const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name });
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
/** The sum of a quote, beside the words that say what it is. */
const figure = (page: Page, fen: number) =>
  page.getByText(`${formatFen(fen)}${endings.surrender.total}`, { exact: true });

/** What WeChat has given back to this person. */
async function refundedFen(person: Person): Promise<number> {
  const all = await listTransactions(person);
  return all.reduce((total, transaction) => total + transaction.refundedFen, 0);
}
const expectReturned = (person: Person, fen: number) =>
  expect.poll(() => refundedFen(person), { timeout: 20_000 }).toBe(fen);

async function readNews(phone: Page): Promise<Notices> {
  return (await phone.request.get("/api/me/notices")).json();
}

/** News is written behind the change that it tells. */
const expectNews = (phone: Page, kind: string) =>
  expect
    .poll(async () => (await readNews(phone)).notices.map((notice) => notice.kind))
    .toContain(kind);

let insured: Person;
let friend: Person;
let code: string;

test.beforeEach(async () => {
  await leaveMidnight();
  [insured, friend] = await createPeople("想退的人", "改主意的朋友");
  code = await insure(insured);
});

test("R30: a friend takes a yuan back before it takes effect, once", async ({ openPhone }) => {
  const { outTradeNo } = await give(friend, code);
  const phone = await openPhone(`/orders/${outTradeNo}`, { person: friend, isSignedIn: true });
  await press(phone, endings.withdraw.button);
  const sheet = phone.getByRole("dialog", { name: endings.withdraw.title });
  await expect(sheet.getByText(endings.withdraw.back("¥1"))).toBeVisible();
  await expectReadable(phone, "withdrawal");
  await phone.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await expect(phone.getByRole("button", { name: endings.withdraw.button })).toBeFocused();
  expect(await readPolicy(code)).toMatchObject({ units: 2 });

  await phone.keyboard.press("Enter");
  await sheet.getByRole("button", { name: endings.withdraw.confirm }).dblclick();
  await expect(phone.getByText(order.refund.reasons.gift_withdrawn)).toBeVisible();
  await expect(phone.getByText(order.refundLights.leftPolicy)).toBeVisible();
  await expect(phone.getByRole("heading", { level: 1 })).toBeFocused();
  expect(await readPolicy(code)).toMatchObject({ units: 1 });
  await expectReturned(friend, 100);
  await phone.reload();
  await expect(heading(phone, order.refund.returnedTitle)).toBeVisible();
  await expect(phone.getByRole("button", { name: endings.withdraw.button })).toBeHidden();
});

test("R30: a page that slept past midnight says that it is too late", async ({ openPhone }) => {
  const { outTradeNo } = await give(friend, code);
  const phone = await openPhone(`/orders/${outTradeNo}`, { person: friend, isSignedIn: true });
  await press(phone, endings.withdraw.button);
  await advanceToShanghai(1, { hour: 0, minute: 0 });
  await press(phone, endings.withdraw.confirm);
  await expect(phone.getByRole("alert").getByText(endings.withdraw.unit_in_effect)).toBeVisible();
  await expect(phone.getByRole("button", { name: endings.withdraw.confirm })).toBeHidden();
  await press(phone, endings.withdraw.keep);
  await expect(phone.getByText(endings.withdraw.inEffect)).toBeVisible();
  await expect(phone.getByRole("button", { name: endings.withdraw.button })).toBeHidden();
  expect(await readOrder(friend, outTradeNo)).toMatchObject({ state: "settled" });
});

test("a slow network is said, a lost answer is asked for again, nothing is done twice", async ({
  openPhone,
  expectComplaint,
}) => {
  expectComplaint(/ERR_FAILED/);
  const { outTradeNo } = await give(friend, code);
  const phone = await openPhone(`/orders/${outTradeNo}`, { person: friend, isSignedIn: true });
  const asked: string[] = [];
  let letThrough = () => {};
  const held = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  await phone.route("**/withdrawal", async (route) => {
    asked.push(route.request().url());
    if (asked.length > 1) return route.continue();
    await held;
    // It is done, and the phone never hears so.
    await route.fetch();
    await route.abort();
  });
  await press(phone, endings.withdraw.button);
  await press(phone, endings.withdraw.confirm);
  const busy = phone.getByRole("button", { name: endings.withdraw.busy });
  await expect(busy).toHaveAttribute("aria-busy", "true");
  await busy.click();
  letThrough();
  await expect(phone.getByRole("alert").getByText(endings.failures.offline)).toBeVisible();
  await press(phone, endings.withdraw.confirm);
  await expect(phone.getByText(order.refund.reasons.gift_withdrawn)).toBeVisible();
  expect(asked).toHaveLength(2);
  await expectReturned(friend, 100);
});

test("R26: the insured declines a friend's yuan in the list", async ({ openPhone }) => {
  await give(friend, code);
  const phone = await openPhone(`/me/policies/${code}`, { person: insured, isSignedIn: true });
  const name = endings.refuse.buttonFor(owner.supporters.anonymous, 2);
  await phone.getByRole("button", { name }).click();
  await expectReadable(phone, "declining");
  await press(phone, endings.refuse.confirm);
  await expect(heading(phone, endings.refuse.doneTitle)).toBeHidden();
  await expect(phone.getByRole("status").getByText(endings.refuse.doneTitle)).toBeVisible();
  await press(phone, endings.refuse.close);
  await expect(phone.getByText(owner.supporters.empty)).toBeVisible();
  await expect(phone.getByText(common.cells.empty(99), { exact: true })).toBeVisible();
  await phone.getByText(owner.endorsements.lead(3)).click();
  await expect(
    phone.getByRole("cell", { name: owner.endorsements.kinds.unit_ended }),
  ).toBeVisible();
  await expectReturned(friend, 100);
  const friends = await openPhone("/", { person: friend, isSignedIn: true });
  await expectNews(friends, "refund_requested");
  await friends.goto("/me");
  const reason = problems.refundReasons.cancelled_before_effective;
  await expect(friends.getByText(`¥1 正在原路退回给你：${reason}。`)).toBeVisible();
});

test("R27: in the cooling-off everything goes back, and the page keeps saying so", async ({
  openPhone,
}) => {
  const gift = await give(friend, code);
  await advanceToShanghai(15, NOON);
  const phone = await openPhone(`/me/policies/${code}`, { person: insured, isSignedIn: true });
  await phone.getByRole("link", { name: endings.service.surrenderLink }).click();
  await expect(phone.getByText(endings.surrender.lead.cooling_off)).toBeVisible();
  await expect(figure(phone, 200)).toBeVisible();
  await expect(phone.getByText(endings.surrender.toThem("¥1"))).toBeVisible();
  const today = formatFullDay(shanghaiDateOf(await readNow()), "zh-CN");
  await expect(phone.getByText(endings.surrender.until(today))).toBeVisible();
  await phone.getByText(endings.surrender.perUnit).click();
  await expect(phone.getByRole("row")).toHaveCount(3);
  await expectReadable(phone, "cooling-off");
  await press(phone, endings.surrender.begin.cooling_off);
  await expectReadable(phone, "cooling-off, asked again");
  await press(phone, endings.surrender.keep);
  expect(await readPolicy(code)).toMatchObject({ status: "active" });

  await press(phone, endings.surrender.begin.cooling_off);
  await press(phone, endings.surrender.confirm.cooling_off);
  await expect(heading(phone, endings.ended.title.cooling_off)).toBeVisible();
  await expect(heading(phone, endings.ended.title.cooling_off)).toBeFocused();
  await expect(phone.getByText(/WH\d{4}-\d{6}-003/)).toBeVisible();
  await phone.reload();
  await expectReadable(phone, "ended");
  await expectReturned(insured, 100);
  await expectReturned(friend, 100);

  await phone.getByRole("link", { name: endings.ended.ownRefund }).click();
  await expect(phone.getByText(order.refund.reasons.cooling_off)).toBeVisible();
  await phone.goBack();
  await phone.getByRole("link", { name: endings.service.backToPolicy }).first().click();
  await expect(heading(phone, endings.ended.title.cooling_off)).toBeVisible();
  await expectReadable(phone, "owner's page of an ended policy");
  // R42: why it ended is not the friend's to know.
  const friends = await openPhone(`/orders/${gift.outTradeNo}`, {
    person: friend,
    isSignedIn: true,
  });
  await expect(friends.getByText(order.refund.reasons.policy_ended)).toBeVisible();
});

test("R28: later the unused days return, unit by unit, and today is still covered", async ({
  openPhone,
}) => {
  const gift = await give(friend, code);
  const today = shanghaiDateOf(await readNow());
  const { effectiveOn, lastDayOn } = policyTerm(PLAN_2026_1, await readNow());
  await advanceToShanghai(120, NOON);
  const leftDays = countDaysInclusive(addDays(today, 121), lastDayOn);
  const unitFen = Math.floor((100 * leftDays) / countDaysInclusive(effectiveOn, lastDayOn));
  const phone = await openPhone(`/me/policies/${code}/service`, {
    person: insured,
    isSignedIn: true,
  });
  await expect(phone.getByText(endings.surrender.lead.surrender)).toBeVisible();
  await expect(figure(phone, 2 * unitFen)).toBeVisible();
  await expect(phone.getByText(endings.surrender.toYou(formatFen(unitFen)))).toBeVisible();
  await expectReadable(phone, "surrender");
  await press(phone, endings.surrender.begin.surrender);
  await press(phone, endings.surrender.confirm.surrender);
  await expect(heading(phone, endings.ended.title.surrender)).toBeVisible();
  await expect(phone.getByText(endings.ended.stillCounts("¥2,000"))).toBeVisible();
  await expectReturned(insured, unitFen);
  await expectReturned(friend, unitFen);
  const friends = await openPhone(`/orders/${gift.outTradeNo}`, {
    person: friend,
    isSignedIn: true,
  });
  await expect(heading(friends, order.refund.returnedPartTitle(formatFen(unitFen)))).toBeVisible();
});

test("R28: a yuan with nothing left to return is told as one that ended, not as a living cell", async ({
  openPhone,
}) => {
  const gift = await give(friend, code);
  const today = shanghaiDateOf(await readNow());
  const { lastDayOn } = policyTerm(PLAN_2026_1, await readNow());
  await advanceToShanghai(daysBetween(today, lastDayOn), NOON);
  const phone = await openPhone(`/me/policies/${code}/service`, {
    person: insured,
    isSignedIn: true,
  });
  await expect(figure(phone, 0)).toBeVisible();
  await press(phone, endings.surrender.begin.surrender);
  await press(phone, endings.surrender.confirm.surrender);
  await expect(phone.getByText(endings.ended.noOwnRefund)).toBeVisible();

  const friends = await openPhone(`/orders/${gift.outTradeNo}`, {
    person: friend,
    isSignedIn: true,
  });
  await expect(heading(friends, order.unit.endedTitle(2))).toBeVisible();
  await expect(friends.getByText(order.unit.endedLead)).toBeVisible();
  await expect(friends.getByText(order.lights.ended, { exact: true })).toBeVisible();
  await expect(friends.getByText(formatFullDay(lastDayOn, "zh-CN"))).toBeVisible();
  await expect(friends.getByText(endings.withdraw.inEffect)).toBeHidden();
  await expectReadable(friends, "a yuan that ended");
  await friends.getByRole("link", { name: yuan.payer.link }).click();
  await expect(friends.getByText(yuan.payer.ending.unit.ended)).toBeVisible();
  await friends.goto("/me");
  await expect(friends.getByText(me.payments.ended(2))).toBeVisible();
  await expect(friends.getByText(me.payments.endedNote)).toBeVisible();
});

test("a friend pays while the insured looks: the new sum is asked for anew", async ({
  openPhone,
}) => {
  const phone = await openPhone(`/me/policies/${code}/service`, {
    person: insured,
    isSignedIn: true,
  });
  await expect(heading(phone, endings.surrender.title.cancelled_before_effective)).toBeVisible();
  await expect(figure(phone, 100)).toBeVisible();
  await give(friend, code);
  await press(phone, endings.surrender.begin.cancelled_before_effective);
  await press(phone, endings.surrender.confirm.cancelled_before_effective);
  await expect(phone.getByText(endings.surrender.quote_changed)).toBeVisible();
  await expect(figure(phone, 200)).toBeVisible();
  expect(await readPolicy(code)).toMatchObject({ status: "active", units: 2 });
  await expectReadable(phone, "changed sum");
  await press(phone, endings.surrender.begin.cancelled_before_effective);
  await press(phone, endings.surrender.confirm.cancelled_before_effective);
  await expect(heading(phone, endings.ended.title.cancelled_before_effective)).toBeVisible();
  await expectReturned(friend, 100);
});

test("R31: a diagnosis in the wait is shown first, then reported, and everything returns", async ({
  openPhone,
}) => {
  const gift = await give(friend, code);
  await advanceToShanghai(10, NOON);
  const phone = await openPhone(`/me/policies/${code}`, { person: insured, isSignedIn: true });
  await phone.getByRole("link", { name: endings.service.diagnosisLink }).click();
  const words = endings.diagnosis.form;
  await press(phone, words.look);
  await expect(phone.getByText(words.errors.required)).toBeVisible();
  await expectReadable(phone, "diagnosis");
  const today = shanghaiDateOf(await readNow());
  const day = phone.getByLabel(words.date);
  await expect(day).toHaveAttribute("max", today);
  await day.fill(addDays(today, 1));
  await press(phone, words.look);
  await expect(phone.getByText(words.errors.in_future)).toBeVisible();
  await day.fill(today);
  await press(phone, words.look);
  await expect(phone.getByRole("heading", { name: words.inWaiting })).toBeVisible();
  await expect(phone.getByText(/共 ¥2 全额退回/)).toBeVisible();
  await expectReadable(phone, "diagnosis in the wait");
  expect(await readPolicy(code)).toMatchObject({ status: "active" });

  await press(phone, words.confirmRefund);
  await expect(heading(phone, endings.ended.title.diagnosis_in_waiting)).toBeVisible();
  await phone.reload();
  await expect(phone.getByText(endings.ended.body.diagnosis_in_waiting)).toBeVisible();
  await expectReturned(insured, 100);
  await expectReturned(friend, 100);
  const friends = await openPhone(`/orders/${gift.outTradeNo}`, {
    person: friend,
    isSignedIn: true,
  });
  await expect(friends.getByText(order.refund.reasons.policy_ended)).toBeVisible();
});

test("R31: a diagnosis after the wait is kept for a claim, and nothing ends", async ({
  openPhone,
}) => {
  await advanceToShanghai(100, NOON);
  const phone = await openPhone(`/me/policies/${code}/diagnosis`, {
    person: insured,
    isSignedIn: true,
  });
  const words = endings.diagnosis.form;
  await phone.getByLabel(words.date).fill(shanghaiDateOf(await readNow()));
  await press(phone, words.look);
  await expect(phone.getByText(words.nothingEnds)).toBeVisible();
  await expectReadable(phone, "diagnosis after the wait");
  await press(phone, words.confirmClaim);
  await expect(heading(phone, endings.diagnosis.reportedClaimTitle)).toBeVisible();
  await expectReadable(phone, "reported");
  expect(await readPolicy(code)).toMatchObject({ status: "active", payableNowYuan: 1_000 });
  await phone.goto(`/me/policies/${code}/service`);
  await expect(phone.getByText(endings.service.waitingForClaim)).toBeVisible();
});

test("news is told once, and somebody else's policy is not there", async ({ openPhone }) => {
  await give(friend, code);
  const told = notices.events.unit_received_anonymous
    .replace("{seq}", "2")
    .replace("{coverYuan}", "¥1,000");
  const phone = await openPhone("/", { person: insured, isSignedIn: true });
  await expectNews(phone, "unit_received");
  await phone.goto("/me");
  await expect(phone.getByText(told)).toBeVisible();
  await expect(phone.getByRole("link", { name: notices.unread(2) })).toBeVisible();
  await expectReadable(phone, "news");
  await expect.poll(async () => (await readNews(phone)).unread).toBe(0);
  await phone.goto("/me/notices");
  await expect(phone.getByText(notices.newMark, { exact: true })).toHaveCount(0);
  await phone.getByRole("link", { name: told }).click();
  await expect(phone).toHaveURL(new RegExp(`/me/policies/${code}$`));

  const others = await openPhone("/me", { person: friend, isSignedIn: true });
  for (const page of ["service", "diagnosis"]) {
    const answer = await others.goto(`/me/policies/${code}/${page}`);
    expect(answer?.status()).toBe(404);
  }
});
