import { apply } from "@/lib/i18n/messages/zh-CN/apply";
import { problems } from "@/lib/i18n/messages/zh-CN/problems";
import { share } from "@/lib/i18n/messages/zh-CN/share";
import { HEALTH_QUESTIONS } from "@/lib/plans/content/health-questions";
import {
  type Application,
  apply as applyThroughApi,
  createApplication,
  give,
  insure,
  orderGift,
} from "@/tests/support/e2e-api";
import { idNumberAround, withWrongCheckDigit } from "@/tests/support/e2e-identity";
import {
  applyHeading,
  applyPayButton,
  fillApplication,
  fillWho,
  nextButton,
  payButton,
  settleShare,
} from "@/tests/support/e2e-pages";
import {
  advanceToShanghai,
  leaveMidnight,
  listTransactions,
  readNow,
} from "@/tests/support/e2e-sandbox";
import { createPeople, expect, type Page, test } from "@/tests/support/e2e-test";

/** Seeded with the demonstration: a hundred cells, all lit. */
const FULL_POLICY = "DemoMinghui00000000100";

async function expectClosed(page: Page, state: keyof typeof share.closed): Promise<void> {
  await expect(page.getByText(share.closed[state].title)).toBeVisible();
  await expect(page.getByText(share.closed[state].body)).toBeVisible();
  await expect(payButton(page)).toBeHidden();
}

test("who gave already is thanked, not asked", async ({ openPhone }) => {
  const [insured, friend] = await createPeople("求助的人", "给过的人");
  const code = await insure(insured);
  const stale = await openPhone(`/p/${code}`, { person: friend, isSignedIn: true });
  await settleShare(stale);
  await give(friend, code);

  await payButton(stale).click();
  await expectClosed(stale, "already_supported");
  await stale.reload();
  await expectClosed(stale, "already_supported");
  expect(await listTransactions(friend)).toHaveLength(1);
});

test("the insured is shown the way to the own policy", async ({ openPhone }) => {
  const [insured] = await createPeople("求助的人");
  const code = await insure(insured);
  const phone = await openPhone(`/p/${code}`, { person: insured, isSignedIn: true });
  await expectClosed(phone, "own_policy");
  await phone.getByRole("link", { name: share.toOwnPolicy }).click();
  await expect(phone).toHaveURL(new RegExp(`/me/policies/${code}$`));
  expect(await orderGift(insured, code)).toMatchObject({ status: 409, code: "own_policy" });
  expect(await listTransactions(insured)).toHaveLength(1);
});

test("a full policy says so to a guest", async ({ openPhone }) => {
  const [friend] = await createPeople("来晚的人");
  const phone = await openPhone(`/p/${FULL_POLICY}`, { person: friend });
  await expect(phone.getByRole("img", { name: /共 100 格，已亮 100 格/ })).toBeVisible();
  await expect(payButton(phone)).toBeHidden();
  expect((await orderGift(friend, FULL_POLICY)).status).toBe(409);
  expect(await listTransactions(friend)).toHaveLength(0);
});

test("after the last day nobody can pay, not even from a page left open", async ({ openPhone }) => {
  await leaveMidnight();
  const [insured, friend] = await createPeople("求助的人", "来晚的人");
  const code = await insure(insured);
  const phone = await openPhone(`/p/${code}`, { person: friend });
  await settleShare(phone);
  // Paid on day 0, in force from day 1, open for thirty days.
  await advanceToShanghai(31, { hour: 0, minute: 0 });
  await payButton(phone).click();
  await expectClosed(phone, "collecting_closed");
  await phone.reload();
  await expectClosed(phone, "collecting_closed");
  expect(await listTransactions(friend)).toHaveLength(0);
});

test.describe("applying", () => {
  const fieldCases = [
    { title: "too young", idNumber: (now: Date) => idNumberAround(16, now), code: "age_too_young" },
    { title: "too old", idNumber: (now: Date) => idNumberAround(50, now), code: "age_too_old" },
    {
      title: "a mistyped number",
      idNumber: (now: Date) => withWrongCheckDigit(idNumberAround(30, now)),
      code: "id_checksum",
    },
  ] as const;

  test("an age or a number that cannot be insured is told at its field", async ({ openPhone }) => {
    const [person] = await createPeople("填表的人");
    const phone = await openPhone("/apply", { person });
    const idNumber = phone.getByLabel(apply.who.idNumber);
    for (const { title, idNumber: make, code } of fieldCases) {
      await test.step(title, async () => {
        const who = { name: "林小川", idNumber: make(await readNow()), phone: "13800138000" };
        await fillWho(phone, who);
        await nextButton(phone).click();
        await expect(idNumber).toHaveAccessibleDescription(new RegExp(problems.fields[code]));
        await expect(idNumber).toHaveAttribute("aria-invalid", "true");
        await expect(applyHeading(phone, apply.who.heading)).toBeVisible();
      });
    }
    expect(await listTransactions(person)).toHaveLength(0);
  });

  test("one yes is declined politely and can be taken back", async ({ openPhone }) => {
    const [person] = await createPeople("填表的人");
    const phone = await openPhone("/apply", { person });
    await fillWho(phone, {
      name: "林小川",
      idNumber: idNumberAround(30, await readNow()),
      phone: "13800138000",
    });
    await nextButton(phone).click();
    await expect(applyHeading(phone, apply.health.heading)).toBeVisible();
    const [, second] = await phone.getByRole("group").all();
    await second?.getByText(apply.health.yes, { exact: true }).click();
    await expect(applyHeading(phone, apply.declined.heading)).toBeVisible();
    await expect(phone.getByText(apply.declined.charged)).toBeVisible();
    await expect(phone.getByText(HEALTH_QUESTIONS[1]?.text["zh-CN"] ?? "")).toBeVisible();
    await phone.getByRole("button", { name: apply.declined.mistake }).click();
    await expect(applyHeading(phone, apply.health.heading)).toBeVisible();
    expect(await listTransactions(person)).toHaveLength(0);
  });

  test("a text that has changed meanwhile is shown and asked again", async ({ openPhone }) => {
    const [person] = await createPeople("填表的人");
    const phone = await openPhone("/apply", { person, isSignedIn: true });
    await fillApplication(phone, {
      name: "林小川",
      idNumber: idNumberAround(30, await readNow()),
      phone: "13800138000",
    });
    // What a page sends that was opened under yesterday's text.
    await phone.route("**/api/applications", async (route) => {
      const sent = route.request().postDataJSON() as Application;
      const documents = { ...sent.documents, terms: "0".repeat(64) };
      await route.continue({ postData: JSON.stringify({ ...sent, documents }) });
    });
    await applyPayButton(phone).click();
    await expect(phone.getByText(apply.documents.updated)).toBeVisible();
    await expect(applyHeading(phone, apply.documents.terms.heading)).toBeVisible();
    await expect(
      phone.getByRole("checkbox", { name: apply.documents.terms.tick }),
    ).not.toBeChecked();
    expect(await listTransactions(person)).toHaveLength(0);
  });

  test("the server refuses the same without asking the page", async () => {
    const [person] = await createPeople("直接调用的人");
    const now = await readNow();
    const insurable = await createApplication();
    const [question = ""] = Object.keys(insurable.healthAnswers);
    const { [question]: _left, ...unanswered } = insurable.healthAnswers;
    const refusals: [Partial<Application>, number, string][] = [
      [{ idNumber: idNumberAround(16, now) }, 422, "age_out_of_range"],
      [{ idNumber: idNumberAround(50, now) }, 422, "age_out_of_range"],
      [{ idNumber: withWrongCheckDigit(insurable.idNumber) }, 422, "invalid_input"],
      [{ healthAnswers: { ...insurable.healthAnswers, [question]: true } }, 422, "health_declined"],
      [{ healthAnswers: unanswered }, 422, "invalid_input"],
      [{ documents: { ...insurable.documents, terms: "0".repeat(64) } }, 409, "documents_outdated"],
      [{ planVersion: "2000-1" }, 409, "documents_outdated"],
    ];
    for (const [change, status, code] of refusals) {
      const answer = await applyThroughApi(person, { ...insurable, ...change });
      expect(answer, JSON.stringify(change)).toMatchObject({ status, code });
    }
    expect(await listTransactions(person)).toHaveLength(0);
  });

  test("who is insured already is told so and led to the policy", async ({ openPhone }) => {
    const [person] = await createPeople("已经有保单的人");
    const idNumber = idNumberAround(30, await readNow());
    await insure(person, { idNumber });
    const phone = await openPhone("/apply", { person, isSignedIn: true });
    await fillApplication(phone, { name: "林小川", idNumber, phone: "13800138000" });
    await applyPayButton(phone).click();
    await expect(phone.getByText(problems.codes.already_insured)).toBeVisible();
    await expect(phone.getByRole("link", { name: apply.confirm.finish })).toBeVisible();
    expect(await listTransactions(person)).toHaveLength(1);
  });
});
