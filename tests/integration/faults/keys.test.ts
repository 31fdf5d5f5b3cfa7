/** WeChat changes its keys while payments are under way (wechat.md §1.4). */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createDeps, setDeps } from "@/lib/deps";
import { parseEnvironment } from "@/lib/env/env";
import { startWorld, type World } from "@/tests/support/world";
import { expectCleanBooks, listNotifications } from "@/tests/support/world-books";
import { paidTransaction, postNotify } from "@/tests/support/world-notify";
import {
  advance,
  applyAndPay,
  atCashier,
  control,
  friendPays,
  getOrder,
  openOrder,
  settleDown,
} from "@/tests/support/world-story";
import { environmentOf } from "./trouble";

let world: World;
let code: string;
beforeAll(async () => {
  world = await startWorld();
  ({ code } = await applyAndPay(world));
});
afterEach(async () => {
  await control(world, "POST", "/settings", { keyMode: "public_key" });
  setDeps(world.deps);
  await expectCleanBooks(world);
});
afterAll(() => world.close());

async function friendsPay(howMany: number, meanwhile: () => Promise<unknown>): Promise<void> {
  const opened = await Promise.all(Array.from({ length: howMany }, () => openOrder(world, code)));
  await Promise.all([
    meanwhile(),
    ...opened.map(({ friend, order }) => atCashier(world, friend, order)),
  ]);
  await advance(world, 16);
  for (const { friend, order } of opened) {
    expect((await getOrder(world, friend, order.outTradeNo)).outcome).toMatchObject({
      kind: "unit",
    });
  }
}

/** An unknown serial is looked up once a minute at most, so that nobody can make us ask for ever. */
const MINUTE = 61;

const rotate = () => control<{ serial: string }>(world, "POST", "/rotate-certificate");
const certificateLoads = () =>
  world.logs.filter((line) => line.includes("wechat_pay.certificates_loaded")).length;

describe("F13 a merchant who knows WeChat by its certificates", () => {
  beforeEach(async () => {
    await control(world, "POST", "/settings", { keyMode: "certificate" });
    // A fresh process each time: nothing it knows is from before.
    const { WECHAT_PAY_PUBLIC_KEY_ID, WECHAT_PAY_PUBLIC_KEY, ...environment } =
      environmentOf(world);
    expect([WECHAT_PAY_PUBLIC_KEY_ID, WECHAT_PAY_PUBLIC_KEY]).not.toContain(undefined);
    const { db, clock, log } = world.deps;
    setDeps(createDeps(parseEnvironment(environment), { db, clock, log }));
  });

  test("learns a new one by itself, once, and loses nothing", async () => {
    await friendPays(world, code);
    const before = certificateLoads();
    await advance(world, MINUTE);
    await rotate();
    await friendsPay(8, async () => undefined);
    expect(certificateLoads() - before).toBe(1);
    const refused = (await listNotifications(world)).flatMap(({ attempts }) =>
      attempts.filter(({ status }) => status !== 204),
    );
    expect(refused).toEqual([]);
  });

  test("in the middle of payments", async () => {
    await friendPays(world, code);
    await advance(world, MINUTE);
    await friendsPay(8, rotate);
  });

  test("a serial that nobody has is 401, not 500, and does not make us ask for ever", async () => {
    const { friend, order } = await openOrder(world, code);
    const told = paidTransaction(world, {
      ...order,
      openid: friend.openid,
      transactionId: "4200001234202611229876543210",
    });
    const before = certificateLoads();
    for (let time = 0; time < 10; time += 1) {
      const answer = await postNotify(world, told, {
        serial: "7777777777777777777777777777777777777777",
      });
      expect(answer.status).toBe(401);
    }
    expect(certificateLoads() - before).toBeLessThanOrEqual(1);
    expect((await getOrder(world, friend, order.outTradeNo)).state).toBe("pending");
  });
});

test("F13 a merchant who knows WeChat's public key hears both kinds of signature during the move", async () => {
  await control(world, "POST", "/settings", { keyMode: "both" });
  await friendsPay(8, rotate);
  await control(world, "POST", "/settings", { keyMode: "public_key" });
  await friendPays(world, code);
  await settleDown(world);
});
