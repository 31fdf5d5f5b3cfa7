/** What a unit's days are before it is paid, and on which midnight waiting becomes cover (R21–R25). */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { findOwnerPolicy, findSharePage } from "@/lib/policies/queries";
import { addDays, addYears, shanghaiDateOf, startOfShanghaiDay } from "@/lib/pricing/calendar";
import { newIdNumber } from "@/tests/support/factories";
import { startWorld, type World } from "@/tests/support/world";
import { expectCleanBooks } from "@/tests/support/world-books";
import { advance, applyAndPay, friendPays, getOrder, getPolicy } from "@/tests/support/world-story";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(() => expectCleanBooks(world));
afterAll(() => world.close());

test("a unit offered on day 30 says before payment that it will cover 245 days", async () => {
  const { code } = await applyAndPay(world);
  const startsOn = addDays(shanghaiDateOf(world.deps.now()), 1);
  const isLeapTerm = addDays(addYears(startsOn, 1), -1) !== addDays(startsOn, 364);

  await goTo(startOfShanghaiDay(addDays(startsOn, 29)), 3600);
  const offer = (await findSharePage(world.deps, code))?.nextUnit;

  // 365 − 30 (it starts on day 31) − 90 days of waiting.
  expect(offer).toEqual({
    coverYuan: 1000,
    effectiveOn: addDays(startsOn, 30),
    maturesOn: addDays(startsOn, 120),
    lastDayOn: addDays(addYears(startsOn, 1), -1),
    coverDays: isLeapTerm ? 246 : 245,
  });

  const { friend, order } = await friendPays(world, code);
  expect((await getOrder(world, friend, order.outTradeNo)).outcome).toMatchObject({
    kind: "unit",
    coverYuan: 1000,
    waitingUntil: offer?.maturesOn,
  });
});

test("unit 1 waits until the midnight 90 days after it took effect, and not a second less", async () => {
  const { code, owner } = await applyAndPay(world);
  const startsOn = addDays(shanghaiDateOf(world.deps.now()), 1);
  const maturesAt = startOfShanghaiDay(addDays(startsOn, 90));
  const payable = async () => {
    const [api, share, mine] = await Promise.all([
      getPolicy(world, code),
      findSharePage(world.deps, code),
      findOwnerPolicy(world.deps, { code, userId: owner.userId }),
    ]);
    expect(share?.payableNowYuan).toBe(api.payableNowYuan);
    expect(mine?.payableNowYuan).toBe(api.payableNowYuan);
    expect(mine?.waitingYuan).toBe(api.coverYuan - api.payableNowYuan);
    return { payableNowYuan: api.payableNowYuan, maturedUnits: api.maturedUnits };
  };

  expect(await payable()).toEqual({ payableNowYuan: 0, maturedUnits: 0 });
  await goTo(startOfShanghaiDay(addDays(startsOn, 89)), 3600);
  expect(await payable()).toEqual({ payableNowYuan: 0, maturedUnits: 0 });
  await goTo(maturesAt, -20);
  expect(await payable()).toEqual({ payableNowYuan: 0, maturedUnits: 0 });
  await goTo(maturesAt, 0);
  expect(await payable()).toEqual({ payableNowYuan: 1000, maturedUnits: 1 });
});

test("every unit waits for itself; all end together; at forty a unit is 300", async () => {
  const fortyFive = addYears(shanghaiDateOf(world.deps.now()), -45);
  const { code } = await applyAndPay(world, { idNumber: newIdNumber(fortyFive) });
  const startsOn = addDays(shanghaiDateOf(world.deps.now()), 1);
  await goTo(startOfShanghaiDay(addDays(startsOn, 4)), 3600);
  await friendPays(world, code);
  await friendPays(world, code);
  expect(await getPolicy(world, code)).toMatchObject({ coverYuan: 900, payableNowYuan: 0 });

  const seen: number[] = [];
  for (const day of [89, 90, 94, 95, 364, 365]) {
    await goTo(startOfShanghaiDay(addDays(startsOn, day)), 60);
    seen.push((await getPolicy(world, code)).payableNowYuan);
  }
  expect(seen.slice(0, 5)).toEqual([0, 300, 300, 900, 900]);
  await goTo(startOfShanghaiDay(addYears(startsOn, 1)), 60);
  expect((await getPolicy(world, code)).payableNowYuan).toBe(0);
});

async function goTo(instant: Date, offsetSeconds: number): Promise<void> {
  const targetMs = instant.getTime() + offsetSeconds * 1000;
  await advance(world, Math.max(0, (targetMs - world.deps.now().getTime()) / 1000));
}
