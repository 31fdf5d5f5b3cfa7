import { common } from "@/lib/i18n/messages/zh-CN/common";
import { share } from "@/lib/i18n/messages/zh-CN/share";
import { give, insure, readPolicy } from "@/tests/support/e2e-api";
import { payButton } from "@/tests/support/e2e-pages";
import {
  advanceToShanghai,
  leaveMidnight,
  readNow,
  signedInUrl,
} from "@/tests/support/e2e-sandbox";
import { createPeople, expect, test } from "@/tests/support/e2e-test";

const DAY_MS = 86_400_000;
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

/** Days of the year that begins at 00:00 in Shanghai tomorrow: 366 when it holds a 29 February. */
function daysOfTermFromTomorrow(now: Date): number {
  const local = new Date(now.getTime() + SHANGHAI_OFFSET_MS + DAY_MS);
  const [year, month, day] = [local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate()];
  return (Date.UTC(year + 1, month, day) - Date.UTC(year, month, day)) / DAY_MS;
}

test("a cell of the last day waits its own ninety days, to the minute", async ({ openPhone }) => {
  await leaveMidnight();
  const [insured, friend] = await createPeople("数日子的人", "第三十天的朋友");
  const termDays = daysOfTermFromTomorrow(await readNow());
  const code = await insure(insured);

  await test.step("day 30: what a yuan buys is said before it is paid", async () => {
    await advanceToShanghai(30, { hour: 12, minute: 0 });
    const phone = await openPhone(`/p/${code}`, { person: friend });
    await expect(phone.getByText(share.daysLeft(1))).toBeVisible();
    // It takes effect on day 31 and waits 90 days; the term began on day 1.
    const days = termDays - 30 - 90;
    await expect(phone.getByText(new RegExp(`(^|\\D)${days} 天，到`))).toBeVisible();
    await expect(payButton(phone)).toBeVisible();
    await give(friend, code);
  });

  const phone = await openPhone("/");
  const expectCounts = async (matured: number, waiting: number) => {
    expect(await readPolicy(code)).toMatchObject({
      units: 2,
      maturedUnits: matured,
      coverYuan: 2_000,
      payableNowYuan: matured * 1_000,
    });
    await phone.goto(signedInUrl(insured, `/me/policies/${code}`));
    const counts = { lit: 2, total: 100, matured, waiting };
    await expect(phone.getByRole("img", { name: common.cells.alternative(counts) })).toBeVisible();
    await expect(phone.getByText(common.cells.matured(matured), { exact: true })).toBeVisible();
    await expect(phone.getByText(common.cells.waiting(waiting), { exact: true })).toBeVisible();
  };

  await test.step("its ninetieth day, one minute before midnight: still waiting", async () => {
    await advanceToShanghai(90, { hour: 23, minute: 59 });
    await expectCounts(1, 1);
  });
  await test.step("midnight in Shanghai: it counts", async () => {
    await advanceToShanghai(1, { hour: 0, minute: 0 });
    await expectCounts(2, 0);
  });
});
