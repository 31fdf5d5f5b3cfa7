/**
 * Canaries: a name, an ID number, a phone number and an openid that exist nowhere else go through the
 * whole product, in good days and bad. Then every log line, every answer and every column is searched.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newApplication, newIdNumber } from "@/tests/support/factories";
import { startWorld, type World } from "@/tests/support/world";
import { expectCleanBooks } from "@/tests/support/world-books";
import {
  type Answer,
  applyFor,
  atCashier,
  call,
  control,
  friendPays,
  newPerson,
  orderGift,
  type Person,
  settleDown,
  spoil,
} from "@/tests/support/world-story";
import { type DatabaseSwitch, startDatabaseSwitch } from "@/tests/support/world-switch";

const NAME = "欧阳金丝雀";
const PHONE = "13912345678";
const ID_NUMBER = newIdNumber("1993-07-21");

let world: World;
let wire: DatabaseSwitch;
let owner: Person;
let code: string;
const answers: Answer[] = [];

beforeAll(async () => {
  world = await startWorld({
    async environment(databaseUrl) {
      wire = await startDatabaseSwitch(databaseUrl);
      return { DATABASE_URL: wire.url, LOG_LEVEL: "debug" };
    },
  });
  owner = await newPerson(world);
  await goodDay();
  await badDays();
  await expectCleanBooks(world);
});
afterAll(async () => {
  await world.close();
  await wire.close();
});

describe("F60 never in a log line", () => {
  const canaries: [label: string, text: () => string][] = [
    ["the name", () => NAME],
    ["the ID number", () => ID_NUMBER],
    ["the ID number's serial part", () => ID_NUMBER.slice(6)],
    ["the phone number", () => PHONE],
    ["the insured's openid", () => owner.openid],
    ["any persona's openid", () => [...world.sandbox.state.personas.keys()].at(-1) ?? "none"],
    ["the app's secret at WeChat", () => world.keys.appSecret],
    ["the APIv3 key", () => world.keys.apiV3Key],
    ["the session secret", () => world.deps.config.sessionSecret],
  ];
  test.each(canaries)("%s", (_label, text) => {
    expect(world.logs.length).toBeGreaterThan(20);
    expect(world.logs.filter((line) => line.includes(text()))).toEqual([]);
  });
});

test("never in an answer, not even in a refusal of that very field", () => {
  expect(answers.length).toBeGreaterThan(10);
  for (const canary of [NAME, ID_NUMBER, PHONE, owner.openid]) {
    expect(answers.filter(({ text }) => text.includes(canary))).toEqual([]);
  }
});

test("never in a column in plain text; the openid only where paying needs it", async () => {
  const found: string[] = [];
  for (const { table, row } of await wholeDatabase()) {
    for (const canary of [NAME, ID_NUMBER, PHONE]) {
      if (row.includes(canary)) found.push(`${table}: ${canary}`);
    }
    if (row.includes(owner.openid)) found.push(table);
  }
  expect([...new Set(found)].sort()).toEqual(["orders", "users"]);
});

test("the vault gives back what was sealed, and a row moved to another person does not open", async () => {
  const [row] = await world.sql<Record<"id" | "name" | "phone" | "number", string>>(
    `SELECT i.id, i.name_cipher AS name, i.phone_cipher AS phone, i.id_number_cipher AS number
     FROM policies p JOIN identities i ON i.id = p.identity_id WHERE p.code = $1`,
    [code],
  );
  const { vault } = world.deps;
  expect(vault.open(`${row?.name}`, `identities.name.${row?.id}`)).toBe(NAME);
  expect(vault.open(`${row?.number}`, `identities.id_number.${row?.id}`)).toBe(ID_NUMBER);
  expect(vault.open(`${row?.phone}`, `identities.phone.${row?.id}`)).toBe(PHONE);
  expect(() => vault.open(`${row?.name}`, "identities.name.idn_other")).toThrow();
  expect(() => vault.open(`${row?.name}`, `identities.phone.${row?.id}`)).toThrow();
});

/** Applies, pays, is supported, looks at everything. */
async function goodDay(): Promise<void> {
  const applied = note(await apply({}));
  code = applied.json.policyCode;
  await atCashier(world, owner, applied.json.order);
  await settleDown(world);
  await friendPays(world, code);
  for (const path of [
    "/api/me",
    `/api/policies/${code}`,
    `/api/policies/${code}/supporters`,
    `/api/orders/${applied.json.order.outTradeNo}`,
  ]) {
    note(await call(world, "GET", path, { as: owner }));
  }
}

/** Everything that makes an error that might carry the data along. */
async function badDays(): Promise<void> {
  note(await apply({}));
  note(await apply({ name: `${NAME}<script>` }));
  note(await apply({ phone: `${PHONE}0` }));
  note(await apply({ idNumber: `${ID_NUMBER}0` }));
  note(await apply({ idNumber: spoilCheckMark(ID_NUMBER) }));
  note(await apply({ [ID_NUMBER]: true }));
  note(await apply({ healthAnswers: { [ID_NUMBER]: true } }));
  const friend = await newPerson(world);
  note(await orderGift(world, code, friend, { body: { message: 7, [PHONE]: 1 } }));
  await spoil(world, { endpoint: "jsapi", kind: "error" });
  note(await orderGift(world, code, friend));
  await control(world, "DELETE", "/faults");
  await spoil(world, { endpoint: "oauth_token", kind: "drop", count: 2 });
  note(await call(world, "GET", `/api/auth/wechat/callback?code=${owner.openid}&state=x`));
  await control(world, "DELETE", "/faults");
  const other = { idNumber: newIdNumber() };
  wire.loseAnswerTo("write_application");
  note(await apply(other, await newPerson(world)));
  wire.cut();
  note(await apply(other, await newPerson(world).catch(() => owner)));
  wire.heal();
}

async function apply(overrides: object, as = owner): Promise<Answer> {
  const body = { name: NAME, idNumber: ID_NUMBER, phone: PHONE, ...overrides };
  return applyFor(world, as, body).catch(async () => {
    const whole = { ...(await newApplication(world)), ...body };
    return call(world, "POST", "/api/applications", { as, body: whole });
  });
}

function note(answer: Answer): Answer {
  answers.push(answer);
  return answer;
}

function spoilCheckMark(idNumber: string): string {
  return idNumber.slice(0, 17) + (idNumber.endsWith("1") ? "2" : "1");
}

async function wholeDatabase(): Promise<{ table: string; row: string }[]> {
  const tables = await world.sql<{ name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'",
  );
  const rows = await Promise.all(
    tables.map(async ({ name }) =>
      (await world.sql<{ row: string }>(`SELECT t::text AS row FROM "${name}" t`)).map(
        ({ row }) => ({
          table: name,
          row,
        }),
      ),
    ),
  );
  return rows.flat();
}
