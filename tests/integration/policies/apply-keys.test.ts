/** An application's Idempotency-Key: the same policy and order again, or the same refusal for ever. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { HEALTH_QUESTIONS } from "@/lib/plans/content/health-questions";
import { addDays, addYears, shanghaiDateOf } from "@/lib/pricing/calendar";
import { newApplication, newIdNumber } from "@/tests/support/factories";
import { startWorld, type World } from "@/tests/support/world";
import { expectCleanBooks } from "@/tests/support/world-books";
import {
  type Answer,
  advance,
  applyFor,
  atCashier,
  call,
  newPerson,
  type Person,
  settleDown,
} from "@/tests/support/world-story";

const KEY = "the-key-of-this-person";

let world: World;
let person: Person;
let body: Record<string, unknown>;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(async () => {
  person = await newPerson(world);
  body = await newApplication(world);
});
afterEach(() => expectCleanBooks(world));
afterAll(() => world.close());

/** The application of this test, changed like this, under the test's key. */
function apply(changes: object = {}, key = KEY): Promise<Answer> {
  const sent = { ...body, ...changes };
  return call(world, "POST", "/api/applications", { as: person, body: sent, key });
}

const answers = (changes: object = {}) => ({
  ...Object.fromEntries(HEALTH_QUESTIONS.map(({ id }) => [id, false])),
  ...changes,
});

describe("F22 key reuse, other body: 409 that names the field", () => {
  test.each<[label: string, changes: () => object, field: string]>([
    ["the name", () => ({ name: "王大雨" }), "name"],
    ["the ID number", () => ({ idNumber: newIdNumber() }), "idNumber"],
    ["the phone", () => ({ phone: "13900139000" }), "phone"],
    ["the plan", () => ({ planVersion: "2014-1" }), "planVersion"],
    [
      "one health answer",
      () => ({ healthAnswers: answers({ nephritis: true }) }),
      "healthAnswers.nephritis",
    ],
    [
      "an answer more",
      () => ({ healthAnswers: answers({ smoker: false }) }),
      "healthAnswers.smoker",
    ],
    [
      "one text",
      () => ({ documents: { ...(body.documents as object), terms: "0".repeat(64) } }),
      "documents.terms",
    ],
  ])("%s", async (_label, changes, field) => {
    expect((await apply()).status).toBe(201);
    const answer = await apply(changes());
    expect(answer.status).toBe(409);
    expect(answer.json).toMatchObject({
      code: "idempotency_mismatch",
      invalid_params: [{ name: field }],
    });
    expect((await apply()).status).toBe(201);
    expect(await ordersOf(person)).toEqual(["pending"]);
  });

  test("two forms at once under one new key: one of them is the declaration, the other changes nothing", async () => {
    const names = ["王大雨", "王小宇"];
    await apply({}, "the-key-that-ordered");
    const answers = await Promise.all(names.map((name) => apply({ name })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const winner = answers.findIndex(({ status }) => status === 201);
    const [policy] = await world.sql("SELECT asker_name FROM policies WHERE user_id = $1", [
      person.userId,
    ]);
    expect(policy?.asker_name).toBe(names[winner]?.slice(1));
  });

  test("a small x is the same number as a big X", async () => {
    let idNumber = newIdNumber();
    while (!idNumber.endsWith("X")) idNumber = newIdNumber();
    const first = await apply({ idNumber });
    const again = await apply({ idNumber: ` ${idNumber.toLowerCase()}` });
    expect(again.json.order?.outTradeNo).toBe(first.json.order.outTradeNo);
  });
});

describe("the key's order", () => {
  test("is answered again while it can be paid, though another key has mended the form since", async () => {
    const first = await apply();
    await apply({ phone: "13900139000" }, "the-mending-key");
    const again = await apply();
    expect(again.json).toMatchObject({
      policyCode: first.json.policyCode,
      order: { outTradeNo: first.json.order.outTradeNo },
    });
    expect(await phonesDeclared(person)).toBe(2);
  });

  test("ended unpaid: order_closed for ever, also beside a new order", async () => {
    await apply();
    await advance(world, 24 * 3600);
    expect((await apply()).json.code).toBe("order_closed");
    expect((await apply({}, "the-key-of-today")).status).toBe(201);
    expect((await apply()).json.code).toBe("order_closed");
    expect(await ordersOf(person)).toEqual(["closed", "pending"]);
  });

  test("paid: already_insured", async () => {
    const { json } = await apply();
    await atCashier(world, person, json.order);
    await settleDown(world);
    expect((await apply()).json.code).toBe("already_insured");
    expect(await ordersOf(person)).toEqual(["settled"]);
  });

  test("F26 the process dies between COMMIT and reply: the retry gets the stored order", async () => {
    const lost = await apply();
    await world.crash();
    await world.sql("UPDATE orders SET prepay_id = NULL WHERE payer_id = $1", [person.userId]);
    await world.restart();
    const again = await apply();
    expect(again.json.policyCode).toBe(lost.json.policyCode);
    expect(again.json.order.outTradeNo).toBe(lost.json.order.outTradeNo);
    expect(await ordersOf(person)).toEqual(["pending"]);
  });
});

describe("a key that failed stays failed", () => {
  test("too young yesterday, of age today: the old key is refused, a new one is not", async () => {
    const effectiveOn = addDays(shanghaiDateOf(world.deps.now()), 1);
    const idNumber = newIdNumber(addDays(addYears(effectiveOn, -18), 1));
    expect((await apply({ idNumber })).json.code).toBe("age_out_of_range");
    await advance(world, 24 * 3600);
    expect((await apply({ idNumber })).json.code).toBe("age_out_of_range");
    expect(await ordersOf(person)).toEqual([]);
    expect((await apply({ idNumber }, "the-key-of-today")).status).toBe(201);
  });

  test("the fields of the refusal are answered again", async () => {
    const outdated = { documents: { ...(body.documents as object), terms: "0".repeat(64) } };
    const first = await apply(outdated);
    const again = await apply(outdated);
    expect(first.json).toMatchObject({ invalid_params: [{ name: "documents.terms" }] });
    expect({ ...again.json, requestId: "" }).toEqual({ ...first.json, requestId: "" });
  });

  test("somebody who is ill leaves no row, and neither does a form that is wrong", async () => {
    const ill = { healthAnswers: answers({ cancer: true }) };
    const wrong = { idNumber: "110105199202310021" };
    const codes = [await apply(ill), await apply(ill), await apply(wrong)].map(
      ({ json }) => json.code,
    );
    expect(codes).toEqual(["health_declined", "health_declined", "invalid_input"]);
    expect(await rowsOf(person)).toEqual([]);
  });
});

test("what is kept of an application is neither readable nor the same for two people", async () => {
  const other = await newPerson(world);
  const phone = "13812345678";
  await applyFor(world, person, { phone }, KEY);
  await applyFor(world, other, { phone }, KEY);
  const rows = [...(await rowsOf(person)), ...(await rowsOf(other))];
  expect(rows).toHaveLength(2);
  expect(JSON.stringify(rows)).not.toMatch(/13812345678|王小雨|\b\d{17}[\dX]\b|true|false/);
  expect(rows[0]?.fingerprint.phone).not.toBe(rows[1]?.fingerprint.phone);
});

async function ordersOf({ userId }: Person): Promise<string[]> {
  const rows = await world.sql<{ state: string }>(
    "SELECT state FROM orders WHERE payer_id = $1 ORDER BY created_at, id",
    [userId],
  );
  return rows.map(({ state }) => state);
}

function rowsOf({ userId }: Person): Promise<{ fingerprint: Record<string, string> }[]> {
  return world.sql("SELECT * FROM idempotency_keys WHERE payer_id = $1", [userId]);
}

async function phonesDeclared({ userId }: Person): Promise<number> {
  const rows = await world.sql("SELECT id FROM identities WHERE user_id = $1", [userId]);
  return rows.length;
}
