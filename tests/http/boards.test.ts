/** R43: who sees what on the boards, and that taking one's name back holds at once. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Board, type BoardId, boardSchema } from "@/lib/leaderboard/contract";
import { startWorld, type World } from "@/tests/support/world";
import { expectCleanBooks } from "@/tests/support/world-books";
import {
  advance,
  applyAndPay,
  applyFor,
  atCashier,
  call,
  friendPays,
  type InsuredPolicy,
  newPerson,
  openOrder,
  orderGift,
  type Person,
  runWorkerRound,
  settleDown,
} from "@/tests/support/world-story";

const DAY_SECONDS = 86_400;

let world: World;
/** 3, 2 and 2 units; the last two are equal, and Hai was there first. */
let rain: InsuredPolicy;
let hai: InsuredPolicy;
let quiet: InsuredPolicy;
let stranger: Person;
beforeAll(async () => {
  world = await startWorld();
  rain = await applyAndPay(world);
  hai = await applyAndPay(world);
  quiet = await applyAndPay(world);
  for (const { code } of [rain, rain, hai, quiet]) await friendPays(world, code);
  await rename(rain.owner, "小雨");
  await rename(hai.owner, "海生");
  await rename(quiet.owner, "静静");
  stranger = await newPerson(world);
  await runWorkerRound(world);
});
afterAll(async () => {
  await expectCleanBooks(world);
  await world.close();
});

const rename = (person: Person, nickname: string) =>
  world.sql("UPDATE users SET nickname = $2 WHERE id = $1", [person.userId, nickname]);

async function read(board: BoardId, as?: Person): Promise<Board> {
  const answer = await call(world, "GET", `/api/leaderboards/${board}`, { as });
  expect(answer.status, answer.text).toBe(200);
  return boardSchema.parse(answer.json);
}

async function show(person: Person, switches: object): Promise<void> {
  const answer = await call(world, "POST", "/api/me/profile", { as: person, body: switches });
  await runWorkerRound(world);
  expect(answer.status, answer.text).toBe(200);
}

const namesOf = ({ rows }: Board) => rows.map(({ rank, name, units }) => [rank, name, units]);

test("by default nobody is listed, everybody is counted, and only the owner sees his place", async () => {
  for (const viewer of [undefined, stranger, quiet.owner]) {
    const board = await read("all", viewer);
    expect([board.rows, board.next, board.total, board.topUnits]).toEqual([[], null, 3, 3]);
  }
  expect((await read("all")).viewer).toBeNull();
  expect(await read("all", stranger)).toMatchObject({
    own: null,
    viewer: { hasPolicy: false, isListed: false },
  });
  expect(await read("all", rain.owner)).toMatchObject({
    own: { rank: 1, units: 3, tiedWith: 0, aheadOfPercent: 100 },
    viewer: { hasPolicy: true, isListed: false },
  });
  expect((await read("all", quiet.owner)).own).toEqual({
    rank: 2,
    units: 2,
    tiedWith: 1,
    aheadOfPercent: 0,
  });
});

test("who wants it is listed, masked unless he says otherwise, and is gone at once", async () => {
  await show(hai.owner, { isOnBoards: true });
  expect(namesOf(await read("all"))).toEqual([[2, "海*", 2]]);
  await show(hai.owner, { isMasked: false });
  await show(rain.owner, { isOnBoards: true, isMasked: false });
  expect(namesOf(await read("all", stranger))).toEqual([
    [1, "小雨", 3],
    [2, "海生", 2],
  ]);
  expect((await read("all", hai.owner)).rows.map(({ isMe }) => isMe)).toEqual([false, true]);
  expect((await read("all", stranger)).rows.some(({ isMe }) => isMe)).toBe(false);

  await rename(hai.owner, "加微信 abc12345");
  expect(namesOf(await read("all"))[1]).toEqual([2, "加*", 2]);
  await rename(hai.owner, "海生");

  await show(hai.owner, { isOnBoards: false });
  for (const board of ["all", "today", "week"] as const) {
    expect(namesOf(await read(board)).map(([, name]) => name)).toEqual(["小雨"]);
  }
  // Hidden or not, his own place is there.
  expect((await read("all", hai.owner)).own).toMatchObject({ rank: 2, tiedWith: 1 });
});

test("no line leads to a person", async () => {
  await show(hai.owner, { isOnBoards: true });
  const { text } = await call(world, "GET", "/api/leaderboards/all", { as: hai.owner });
  const known = await world.sql<{ fact: string }>(
    `SELECT unnest(ARRAY[p.id, p.code, p.number, u.id, u.openid]) AS fact
     FROM policies p JOIN users u ON u.id = p.user_id`,
  );
  for (const { fact } of known) expect(text).not.toContain(fact);
});

describe("friends", () => {
  test("both want it, and who gave without a name is not there for the one who received", async () => {
    await show(rain.owner, { isOnBoards: true, isMasked: false });
    await show(hai.owner, { isOnBoards: true, isMasked: false });
    await show(quiet.owner, { isOnBoards: true, isMasked: false });
    const give = async (giver: Person, code: string, anonymous: boolean) => {
      const ordered = await orderGift(world, code, giver, { body: { anonymous } });
      expect(ordered.status, ordered.text).toBe(201);
      await atCashier(world, giver, ordered.json.order);
      await settleDown(world);
      await runWorkerRound(world);
    };
    expect(namesOf(await read("friends", rain.owner))).toEqual([[1, "小雨", 3]]);

    // Hai gives Rain under his name, Quiet without.
    await give(hai.owner, rain.code, false);
    await give(quiet.owner, rain.code, true);
    expect(namesOf(await read("friends", rain.owner))).toEqual([
      [1, "小雨", 5],
      [2, "海生", 2],
    ]);
    expect(namesOf(await read("friends", quiet.owner))).toEqual([
      [1, "小雨", 5],
      [2, "静静", 2],
    ]);
    expect((await read("friends", rain.owner)).own).toMatchObject({ rank: 1, aheadOfPercent: 100 });

    await show(hai.owner, { isOnBoards: false });
    expect(namesOf(await read("friends", rain.owner))).toEqual([[1, "小雨", 5]]);
    const closed = await read("friends", hai.owner);
    expect([closed.total, closed.own, closed.rows]).toEqual([0, null, []]);
    expect((await read("friends")).rows).toEqual([]);
    expect((await read("friends", stranger)).rows).toEqual([]);
  });
});

test("a province is for those who take part in it, and leaving the boards leaves it", async () => {
  await show(rain.owner, { isOnBoards: true, isMasked: false, takesPartInRegion: true });
  await show(quiet.owner, { isOnBoards: true, isMasked: true });
  expect(await read("region", rain.owner)).toMatchObject({
    scope: "11",
    total: 1,
    own: { rank: 1, aheadOfPercent: null },
    rows: [{ name: "小雨" }],
  });
  for (const other of [undefined, stranger, quiet.owner]) {
    expect(await read("region", other)).toMatchObject({ scope: null, total: 0, rows: [] });
  }
  await show(quiet.owner, { takesPartInRegion: true });
  expect((await read("region", rain.owner)).total).toBe(2);
  await show(quiet.owner, { isOnBoards: false });
  expect((await read("region", rain.owner)).total).toBe(1);
});

test("whoever opts in before his policy begins is listed when it does", async () => {
  const early = await newPerson(world, "早早");
  await rename(early, "早早");
  await show(early, { isOnBoards: true, isMasked: false });
  const applied = await applyFor(world, early);
  await atCashier(world, early, applied.json.order);
  await settleDown(world);
  await runWorkerRound(world);
  expect(namesOf(await read("today", early)).map(([, name]) => name)).toContain("早早");
});

test("a page is asked for by what the page before gave, and by nothing else", async () => {
  for (const after of ["x", "v1.AAAA.AAAA", "e30", "0"]) {
    const answer = await call(world, "GET", `/api/leaderboards/all?after=${after}`);
    expect([answer.status, answer.json.code]).toEqual([422, "invalid_input"]);
  }
  expect((await call(world, "GET", "/api/leaderboards/nothing")).status).toBe(404);
});

test("R49: a new day and a new week begin empty, and what is over is forgotten", async () => {
  const total = (await read("all")).total;
  await advance(world, 8 * DAY_SECONDS);
  for (const board of ["today", "week"] as const) {
    expect(await read(board, rain.owner)).toMatchObject({ total: 0, own: null, rows: [] });
  }
  expect((await read("all", rain.owner)).total).toBe(total);
  const { friend } = await openOrder(world, rain.code);
  const again = await orderGift(world, rain.code, friend);
  await atCashier(world, friend, again.json.order);
  await settleDown(world);
  await runWorkerRound(world);
  expect(await read("today", rain.owner)).toMatchObject({ total: 1, own: { units: 1 } });

  await advance(world, 9 * DAY_SECONDS);
  await runWorkerRound(world);
  const left = await world.sql(
    "SELECT 1 FROM standings WHERE board IN ('today', 'week') AND NOT is_current_board(board, scope)",
  );
  expect(left).toEqual([]);
  expect(await world.sql("SELECT recompute_standings($1) AS wrong", [world.deps.now()])).toEqual([
    { wrong: 0 },
  ]);
});
