/** What is not provably WeChat's changes nothing; what is WeChat's but wrong is refunded and reported. */
import { generateKeyPairSync } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { flipTag } from "@/sandbox/crypto";
import { startWorld, type World } from "@/tests/support/world";
import { comeToRest, expectCleanBooks, listRefunds } from "@/tests/support/world-books";
import { type NotifyOptions, paidTransaction, postNotify } from "@/tests/support/world-notify";
import {
  advance,
  applyAndPay,
  atCashier,
  getOrder,
  getPolicy,
  newPerson,
  openOrder,
  settleDown,
  spoil,
} from "@/tests/support/world-story";

const TRANSACTION_ID = "4200001234202611229876543210";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(() => expectCleanBooks(world));
afterAll(() => world.close());

const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 })
  .privateKey.export({ type: "pkcs8", format: "pem" })
  .toString();

describe("F07 a notify that is not provably WeChat's is 401 and leaves no trace", () => {
  const cases: [label: string, options: NotifyOptions | (() => NotifyOptions)][] = [
    ["signed by a stranger", { privateKeyPem: stranger }],
    [
      "signed by the merchant's own key",
      () => ({ privateKeyPem: world.keys.merchantPrivateKeyPem }),
    ],
    ["one bit of the GCM tag turned", { spoilResource: flipTag }],
    ["encrypted with another APIv3 key", { apiV3Key: "x".repeat(32) }],
    [
      "a byte of the body changed after signing",
      { spoilBody: (body) => body.replace("EV-2", "EV-3") },
    ],
    ["a space added to the body after signing", { spoilBody: (body) => `${body} ` }],
    ["a serial nobody knows", { serial: "PUB_KEY_ID_0000000000000000000000000000000000" }],
    ["signed six minutes ago", { skewSeconds: -360 }],
    ["signed for six minutes ahead", { skewSeconds: 360 }],
    ["without a signature", { headers: { "wechatpay-signature": undefined } }],
    ["without a time", { headers: { "wechatpay-timestamp": undefined } }],
    [
      "with WeChat's probe signature",
      { headers: { "wechatpay-signature": "WECHATPAY/SIGNTEST/AAAA" } },
    ],
    ["another nonce than the signed one", { headers: { "wechatpay-nonce": "other" } }],
    [
      "another algorithm's name for the cipher",
      {
        spoilResource: (resource) => ({ ...resource, nonce: "000000000000" }),
      },
    ],
    [
      "other associated data",
      {
        spoilResource: (resource) => ({ ...resource, associated_data: "refund" }),
      },
    ],
  ];
  test.each(cases)("%s", async (_label, given) => {
    const { code } = await policy;
    const { friend, order } = await openOrder(world, code);
    const options = typeof given === "function" ? given() : given;
    const before = await fingerprint();

    const answer = await postNotify(
      world,
      paidTransaction(world, { ...order, openid: friend.openid, transactionId: TRANSACTION_ID }),
      options,
    );

    expect(answer.status).toBe(401);
    expect(answer.json).toMatchObject({ code: "signature_invalid" });
    expect(answer.text).not.toMatch(/gcm|tag|serial|stale|cipher/i);
    expect(await fingerprint()).toEqual(before);
    expect(await getOrder(world, friend, order.outTradeNo)).toMatchObject({
      state: "pending",
      outcome: null,
    });
  });

  test("the sandbox's own forgeries are refused until the true notify comes, which is one unit", async () => {
    const { code } = await policy;
    const { friend, order } = await openOrder(world, code);
    for (const kind of ["forge", "flipped_tag", "signtest"]) {
      await spoil(world, { endpoint: "notify", kind, outTradeNo: order.outTradeNo });
    }
    await atCashier(world, friend, order);
    // Three are refused at once and after 15 and 30 s; the true one comes a minute after the first.
    await advance(world, 45);
    expect((await getOrder(world, friend, order.outTradeNo)).state).toBe("pending");

    await advance(world, 16);
    expect((await getOrder(world, friend, order.outTradeNo)).outcome).toMatchObject({
      kind: "unit",
    });
  });

  let policy: ReturnType<typeof applyAndPay>;
  beforeAll(() => {
    policy = applyAndPay(world);
    return policy;
  });
});

test("amount.total changed and encrypted again with the right key: no unit, all money back, reported", async () => {
  const { code } = await applyAndPay(world);
  const { friend, order } = await openOrder(world, code);
  await spoil(world, { endpoint: "notify", kind: "wrong_amount", outTradeNo: order.outTradeNo });
  await atCashier(world, friend, order);
  await settleDown(world);

  expect(await getOrder(world, friend, order.outTradeNo)).toMatchObject({
    state: "refunding",
    outcome: { kind: "refund", reason: "amount_mismatch" },
  });
  expect((await getPolicy(world, code)).units).toBe(1);
  expect(await incidentsOf(order.outTradeNo)).toMatchObject([
    { kind: "amount_mismatch", details: { orderedFen: 100, statedFen: 101 } },
  ]);

  await comeToRest(world);
  expect((await getOrder(world, friend, order.outTradeNo)).outcome).toEqual({
    kind: "refund",
    state: "succeeded",
    reason: "amount_mismatch",
    amountFen: 100,
  });
  const refunds = (await listRefunds(world)).filter((one) => one.outTradeNo === order.outTradeNo);
  expect(refunds).toMatchObject([{ status: "SUCCESS", amountFen: 100 }]);
});

test("F09 somebody else paid this order: no unit, all money back to him, reported", async () => {
  const { code } = await applyAndPay(world);
  const { friend, order } = await openOrder(world, code);
  await atCashierUnheard(friend, order);
  const someoneElse = await newPerson(world);
  const transactionId = await transactionIdOf(order.outTradeNo);

  const answer = await postNotify(
    world,
    paidTransaction(world, { ...order, openid: someoneElse.openid, transactionId }),
  );

  expect(answer.status).toBe(204);
  expect((await getOrder(world, friend, order.outTradeNo)).outcome).toMatchObject({
    kind: "refund",
    reason: "payer_mismatch",
  });
  expect(await incidentsOf(order.outTradeNo)).toMatchObject([{ kind: "payer_mismatch" }]);
});

describe("a fact of WeChat's that is not about one of our payments is thanked, reported and not booked", () => {
  test("an order number nobody made", async () => {
    const answer = await postNotify(
      world,
      paidTransaction(world, {
        outTradeNo: "W261122unknownunknown1",
        openid: "oNobody",
        transactionId: TRANSACTION_ID,
      }),
    );
    expect(answer.status).toBe(204);
    expect(await incidentsOf("W261122unknownunknown1")).toMatchObject([{ kind: "unknown_order" }]);
    await resolveIncidents();
  });

  test.each([
    ["another merchant's number", { mchid: "1900000000" }, "foreign_merchant"],
    ["another account's appid", { appid: "wx0000000000000000" }, "foreign_app"],
  ])("%s", async (_label, overrides, kind) => {
    const { code } = await applyAndPay(world);
    const { friend, order } = await openOrder(world, code);
    const content = paidTransaction(world, {
      ...order,
      openid: friend.openid,
      transactionId: TRANSACTION_ID,
    });
    const answer = await postNotify(world, { ...content, ...overrides });
    expect(answer.status).toBe(204);
    expect((await getOrder(world, friend, order.outTradeNo)).state).toBe("pending");
    expect(await incidentsOf(order.outTradeNo)).toMatchObject([{ kind }]);
    await resolveIncidents();
  });

  test("a second transaction for an order that has been paid: five times told, once reported", async () => {
    const { code } = await applyAndPay(world);
    const { friend, order } = await openOrder(world, code);
    await atCashier(world, friend, order);
    await settleDown(world);
    const second = paidTransaction(world, {
      ...order,
      openid: friend.openid,
      transactionId: TRANSACTION_ID,
    });
    const answers = await Promise.all(Array.from({ length: 5 }, () => postNotify(world, second)));
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(204));
    expect((await getOrder(world, friend, order.outTradeNo)).outcome).toMatchObject({
      kind: "unit",
    });
    expect(await incidentsOf(order.outTradeNo)).toMatchObject([{ kind: "second_transaction" }]);
    await resolveIncidents();
  });
});

/** Everything that a notify could change, as one text. */
async function fingerprint(): Promise<unknown> {
  return world.sql(`SELECT (SELECT json_agg(o ORDER BY id) FROM orders o)::text AS orders,
    (SELECT json_agg(p ORDER BY id) FROM policies p)::text AS policies,
    (SELECT count(*) FROM units) AS units, (SELECT count(*) FROM refunds) AS refunds,
    (SELECT count(*) FROM ledger_entries) AS entries, (SELECT count(*) FROM outbox_messages) AS outbox,
    (SELECT count(*) FROM payment_incidents) AS incidents`);
}

function incidentsOf(outTradeNo: string): Promise<unknown[]> {
  return world.sql("SELECT kind, details FROM payment_incidents WHERE out_trade_no = $1", [
    outTradeNo,
  ]);
}

/** A person has looked; without that the audit goes on complaining, as it should. */
async function resolveIncidents(): Promise<void> {
  await world.sql("UPDATE payment_incidents SET resolved_at = now() WHERE resolved_at IS NULL");
}

async function atCashierUnheard(
  friend: Parameters<typeof atCashier>[1],
  order: Parameters<typeof atCashier>[2],
): Promise<void> {
  await spoil(world, { endpoint: "notify", kind: "drop", outTradeNo: order.outTradeNo });
  await atCashier(world, friend, order);
  await settleDown(world);
}

async function transactionIdOf(outTradeNo: string): Promise<string> {
  return `${world.sandbox.state.orders.get(outTradeNo)?.transactionId}`;
}
