/**
 * R42, R43: who sees what, for every field of everything that can be read. One story is told in which
 * every person has names and words that exist nowhere else; then each address is read by each person
 * and must give exactly the listed fields, and exactly the listed names and words.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { OPERATIONS } from "@/lib/openapi/operations";
import { addDays, shanghaiDateOf, startOfShanghaiDay } from "@/lib/pricing/calendar";
import { startWorld, type World } from "@/tests/support/world";
import { expectCleanBooks } from "@/tests/support/world-books";
import {
  type Answer,
  advance,
  applyAndPay,
  atCashier,
  call,
  newPerson,
  orderGift,
  type Person,
  runWorkerRound,
  settleDown,
} from "@/tests/support/world-story";
import { MARKS, type Mark, NAMES, READERS, type Reader, VISIBILITY } from "./visibility-table";

type Someone = Exclude<Reader, "guest">;

let world: World;
let people: Record<Someone, Person>;
/** What stands for `{name}` in the table's paths. */
const places: Record<string, string> = {};

beforeAll(async () => {
  world = await startWorld();
  await tellStory();
}, 60_000);
afterAll(async () => {
  await expectCleanBooks(world);
  await world.close();
});

describe.each(["nothing", "everything"] as const)("when all have agreed to show %s", (agreed) => {
  beforeAll(async () => {
    if (agreed === "everything") await agreeToEverything();
  });
  const cases = VISIBILITY.filter((row) => (row.agreed ?? agreed) === agreed).flatMap((row) =>
    READERS.map((reader) => ({ ...row, reader })),
  );
  test.each(cases)("$path as $reader", async ({ path, reader, sees, knows }) => {
    const answer = await read(path, reader);
    const allowed = `${sees[reader] ?? sees.others}`.split(/\s+/).filter(Boolean);
    expect(fieldsOf(answer)).toEqual(allowed.sort());
    expect(marksIn(answer)).toEqual([...(knows?.[reader] ?? [])].sort());
  });
});

/** Addresses that speak of nobody. */
const ABOUT_NOBODY = [
  "/api/health",
  "/api/auth/wechat",
  "/api/auth/wechat/callback",
  "/api/plans/current",
  "/api/wechat/js-config",
  "/api/openapi.json",
];

test("the table has every address that can be read", () => {
  // In the table a place stands for one of the story's orders, words or boards.
  const shapeOf = (path: string) =>
    path.replaceAll(/\{\w+\}/g, "{}").replace(/(leaderboards\/)\w+/, "$1{}");
  const listed = new Set([...VISIBILITY.map(({ path }) => path), ...ABOUT_NOBODY].map(shapeOf));
  const readable = OPERATIONS.filter(({ method }) => method === "get").map(({ path }) => path);
  expect(readable.filter((path) => !listed.has(shapeOf(path)))).toEqual([]);
});

/** The story goes on for a day, which has to be in the same week for the board of the week. */
function secondsToWednesdayNoon(): number {
  const now = world.deps.now();
  const today = shanghaiDateOf(now);
  const daysOn = (7 + 3 - new Date(`${today}T00:00:00Z`).getUTCDay()) % 7 || 7;
  const noon = startOfShanghaiDay(addDays(today, daysOn)).getTime() + 12 * 3_600_000;
  return Math.round((noon - now.getTime()) / 1_000);
}

async function tellStory(): Promise<void> {
  await advance(world, secondsToWednesdayNoon());
  const owner = await insure("owner");
  const supporter = await insure("supporter");
  const shy = await insure("shy");
  people = {
    owner,
    supporter,
    shy,
    another: await known("another"),
    stranger: await known("stranger"),
  };
  await give("supporter", { message: MARKS["supporter's wish"] });
  await give("shy", { message: MARKS["shy's wish"], anonymous: true });
  await give("another", { message: MARKS["another's wish"] });
  const supporters = await call(world, "GET", `/api/policies/${places.code}/supporters`, {
    as: owner,
  });
  for (const [wish, text] of [
    [MARKS["supporter's wish"], MARKS["thanks to supporter"]],
    [MARKS["shy's wish"], MARKS["thanks to shy"]],
  ]) {
    const of = supporters.json.supporters.find((one: { message: string }) =>
      JSON.stringify(one).includes(`${wish}`),
    );
    await done(
      call(world, "POST", `/api/policies/${places.code}/thanks`, {
        as: owner,
        body: { endorsementNo: of.endorsementNo, text },
      }),
    );
  }
  await done(
    call(world, "POST", `/api/policies/${places.code}/note`, {
      as: owner,
      body: { text: MARKS["public note"] },
    }),
  );
  const words = await world.sql<{ id: string; text: string }>("SELECT id, text FROM words");
  const idOf = (text: string) => words.find((one) => one.text === text)?.id ?? "";
  places.note = idOf(MARKS["public note"]);
  places.wish = idOf(MARKS["supporter's wish"]);
  places.wishOfShy = idOf(MARKS["shy's wish"]);
  places.thanksToShy = idOf(MARKS["thanks to shy"]);
  await done(
    call(world, "POST", `/api/words/${places.note}/reaction`, {
      as: people.stranger,
      body: { emoji: "heart" },
    }),
  );
  await done(
    call(world, "POST", `/api/words/${places.wishOfShy}/reaction`, {
      as: owner,
      body: { emoji: "hug" },
    }),
  );
  const asking = await done(
    call(world, "GET", `/api/policies/${places.code}/asking`, { as: owner }),
  );
  places.shortCode = asking.json.shortCode.replaceAll(" ", "");
  // An appraisal that others read counts whole days only.
  await advance(world, 86_400);
  await runWorkerRound(world);
}

async function insure(who: "owner" | "supporter" | "shy"): Promise<Person> {
  const { owner, code } = await applyAndPay(world, { name: NAMES[who] });
  await world.sql("UPDATE users SET nickname = $2 WHERE id = $1", [
    owner.userId,
    MARKS[`${who}'s nickname`],
  ]);
  if (who === "owner") places.code = code;
  const [first] = await world.sql<{ number: string }>(
    "SELECT out_trade_no AS number FROM orders WHERE payer_id = $1",
    [owner.userId],
  );
  places[`firstOf${who}`] = first?.number ?? "";
  return owner;
}

async function known(who: "another" | "stranger"): Promise<Person> {
  const person = await newPerson(world);
  await world.sql("UPDATE users SET nickname = $2 WHERE id = $1", [
    person.userId,
    MARKS[`${who}'s nickname`],
  ]);
  return person;
}

async function give(who: Someone, body: object): Promise<void> {
  const ordered = await orderGift(world, `${places.code}`, people[who], { body });
  await atCashier(world, people[who], ordered.json.order);
  await settleDown(world);
  await runWorkerRound(world);
  places[`orderOf${who}`] = ordered.json.order.outTradeNo;
}

async function agreeToEverything(): Promise<void> {
  const body = {
    isOnBoards: true,
    isMasked: false,
    takesPartInRegion: true,
    isAskingVisible: true,
    isAppraisalVisible: true,
    isFaceOnPoster: true,
  };
  for (const who of ["owner", "supporter", "shy"] as const) {
    await done(call(world, "POST", "/api/me/profile", { as: people[who], body }));
  }
  // Their places on the boards follow behind the outbox.
  await runWorkerRound(world);
}

async function done(answering: Promise<Answer>): Promise<Answer> {
  const answer = await answering;
  expect(answer.status, answer.text).toBeLessThan(300);
  return answer;
}

function read(path: string, reader: Reader): Promise<Answer> {
  const real = path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => {
    if (places[name] === undefined) throw new Error(`no place ${name}`);
    return places[name];
  });
  return call(world, "GET", real, { as: reader === "guest" ? undefined : people[reader] });
}

/** Every field with a value, as `supporters[].nickname`; a refusal is its status, a picture its type. */
function fieldsOf(answer: Answer): string[] {
  if (answer.status !== 200) return [`${answer.status}`];
  const type = answer.headers.get("content-type") ?? "";
  return type.includes("json") ? [...new Set(leavesOf(answer.json))].sort() : [type];
}

function leavesOf(value: unknown, at = ""): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => leavesOf(one, `${at}[]`));
  if (value === null || typeof value !== "object") return [at];
  return Object.entries(value).flatMap(([name, one]) => leavesOf(one, at ? `${at}.${name}` : name));
}

function marksIn({ text }: Answer): Mark[] {
  return (Object.keys(MARKS) as Mark[]).filter((mark) => text.includes(MARKS[mark])).sort();
}
