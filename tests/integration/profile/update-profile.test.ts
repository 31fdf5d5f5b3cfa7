/** What a person shows of himself: by his own word only, revocable at once, and on record. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { REGION_CODES } from "@/lib/profile/contract";
import { findProfile } from "@/lib/profile/queries";
import { NOTHING_SHOWN } from "@/lib/profile/rules";
import { updateProfile } from "@/lib/profile/update-profile";
import { newIdNumber, withCheckMark } from "@/tests/support/factories";
import { startWorld, type World } from "@/tests/support/world";
import { internalErrors } from "@/tests/support/world-books";
import {
  applyAndPay,
  call,
  newPerson,
  type Person,
  runWorkerRound,
} from "@/tests/support/world-story";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(async () => {
  expect(await world.sql("SELECT * FROM audit_i12_rank")).toEqual([]);
  expect(internalErrors(world)).toEqual([]);
});
afterAll(() => world.close());

const change = (person: Person, body: object) =>
  call(world, "POST", "/api/me/profile", { as: person, key: null, body });
const read = async (person: Person) =>
  (await call(world, "GET", "/api/me/profile", { as: person })).json;

const consentsOf = (person: Person) =>
  world.sql<{ kind: string; is_granted: boolean }>(
    "SELECT kind, is_granted FROM consents WHERE user_id = $1 ORDER BY id",
    [person.userId],
  );

const standingsOf = (person: Person) =>
  world.sql<{ board: string; scope: string; is_listed: boolean }>(
    `SELECT board, scope, is_listed FROM standings s JOIN policies p ON p.id = s.policy_id
      WHERE p.user_id = $1 ORDER BY board`,
    [person.userId],
  );

test("the regions are those of the database", async () => {
  const [row] = await world.sql<{ codes: string[] }>("SELECT region_codes() AS codes");
  expect([...REGION_CODES].sort()).toEqual(row?.codes.sort());
});

test("R43: without a word of his, a person shows nothing", async () => {
  const person = await newPerson(world);
  expect(await read(person)).toEqual(NOTHING_SHOWN);
  expect(await consentsOf(person)).toEqual([]);
  expect((await call(world, "GET", "/api/me/profile")).status).toBe(401);
});

test("listed and hidden again, on every board he is on", async () => {
  const idNumber = newIdNumber().replace(/^\d{6}/, "440300");
  const { owner } = await applyAndPay(world, { idNumber: withCheckMark(idNumber.slice(0, 17)) });
  await runWorkerRound(world);
  expect(await standingsOf(owner)).toMatchObject([
    { board: "all", is_listed: false },
    { board: "today", is_listed: false },
    { board: "week", is_listed: false },
  ]);
  const shown = await change(owner, { isOnBoards: true, takesPartInRegion: true });
  expect(shown.json).toEqual({ ...NOTHING_SHOWN, isOnBoards: true, regionCode: "44" });
  await runWorkerRound(world);
  expect(await standingsOf(owner)).toMatchObject([
    { board: "all", is_listed: true },
    { board: "region", scope: "44", is_listed: true },
    { board: "today", is_listed: true },
    { board: "week", is_listed: true },
  ]);
  expect((await change(owner, { isOnBoards: false })).json).toEqual(NOTHING_SHOWN);
  await runWorkerRound(world);
  expect((await standingsOf(owner)).map(({ board, is_listed }) => [board, is_listed])).toEqual([
    ["all", false],
    ["today", false],
    ["week", false],
  ]);
  expect(await consentsOf(owner)).toEqual([
    { kind: "boards", is_granted: true },
    { kind: "region", is_granted: true },
    { kind: "boards", is_granted: false },
    { kind: "region", is_granted: false },
  ]);
});

test("a name that is taken back is gone at once, also while the boards are being built anew", async () => {
  const { owner } = await applyAndPay(world);
  await world.sql("UPDATE users SET nickname = '不想上榜的人' WHERE id = $1", [owner.userId]);
  await change(owner, { isOnBoards: true, isMasked: false, takesPartInRegion: true });
  await runWorkerRound(world);
  const boards = async () =>
    (
      await Promise.all(
        ["all", "today", "week", "region", "friends"].map((board) =>
          call(world, "GET", `/api/leaderboards/${board}`, { as: owner }),
        ),
      )
    ).filter(({ text }) => text.includes("不想上榜的人")).length;
  expect(await boards()).toBeGreaterThan(3);
  await world.deps.db.transaction(async (query) => {
    await query({ name: "lock_boards_for_test", text: "SELECT lock_boards($1)" }, [
      world.deps.now().toISOString(),
    ]);
    expect((await change(owner, { isOnBoards: false })).status).toBe(200);
    expect(await boards()).toBe(0);
  });
});

test("saying it twice is one consent, and a partial change leaves the rest", async () => {
  const person = await newPerson(world);
  for (const body of [{ isAskingVisible: true }, { isAskingVisible: true }, { isMasked: false }]) {
    expect((await change(person, body)).status).toBe(200);
  }
  expect(await read(person)).toEqual({ ...NOTHING_SHOWN, isAskingVisible: true, isMasked: false });
  expect(await consentsOf(person)).toEqual([
    { kind: "asking", is_granted: true },
    { kind: "nickname", is_granted: true },
  ]);
});

test("reminders: the first stop counts, and starting again forgets it", async () => {
  const person = await newPerson(world);
  const stoppedAt = async () =>
    (
      await world.sql<{ at: Date | null }>(
        "SELECT reminders_stopped_at AS at FROM profiles WHERE user_id = $1",
        [person.userId],
      )
    )[0]?.at;
  await change(person, { wantsReminders: false });
  const first = await stoppedAt();
  expect(first).toBeInstanceOf(Date);
  await change(person, { wantsReminders: false, isFaceOnPoster: true });
  expect(await stoppedAt()).toEqual(first);
  await change(person, { wantsReminders: true });
  expect(await stoppedAt()).toBeNull();
});

test.each([
  ["off the boards", { takesPartInRegion: true }, "needs_boards"],
  ["without a policy", { takesPartInRegion: true, isOnBoards: true }, "region_unknown"],
])("the region's board %s: refused, and nothing is left behind", async (_label, body, code) => {
  const person = await newPerson(world);
  const answer = await change(person, body);
  expect(answer.status).toBe(422);
  expect(answer.json.invalid_params).toMatchObject([{ name: "takesPartInRegion", code }]);
  expect(await world.sql("SELECT 1 FROM profiles WHERE user_id = $1", [person.userId])).toEqual([]);
});

test("an ID number that names no province joins no region", async () => {
  const idNumber = withCheckMark(
    newIdNumber()
      .replace(/^\d{6}/, "991100")
      .slice(0, 17),
  );
  const { owner } = await applyAndPay(world, { idNumber });
  await runWorkerRound(world);
  const answer = await change(owner, { isOnBoards: true, takesPartInRegion: true });
  expect(answer.json.invalid_params).toMatchObject([{ code: "region_unknown" }]);
  expect(await findProfile(world.deps, owner)).toEqual(NOTHING_SHOWN);
});

test("unknown switches, other values and strangers' origins are refused", async () => {
  const person = await newPerson(world);
  for (const body of [{ isRich: true }, { isMasked: "no" }, { regionCode: "44" }, []]) {
    expect((await change(person, body)).status).toBe(422);
  }
  const foreign = { headers: { origin: "https://example.com" }, as: person, key: null };
  const answer = await call(world, "POST", "/api/me/profile", { ...foreign, body: {} });
  expect(answer.status).toBe(403);
});

test("toggles at once end in one state that profile, consents and boards agree on", async () => {
  const { owner } = await applyAndPay(world);
  await runWorkerRound(world);
  const changes = Array.from({ length: 24 }, (_, index) =>
    updateProfile(world.deps, {
      userId: owner.userId,
      input: index % 3 === 0 ? { isMasked: index % 2 === 0 } : { isOnBoards: index % 2 === 0 },
    }),
  );
  await Promise.all(changes);
  await runWorkerRound(world);
  const profile = await findProfile(world.deps, owner);
  for (const { is_listed } of await standingsOf(owner)) expect(is_listed).toBe(profile.isOnBoards);
  // Each consent says the opposite of the one before it, and the last one is what holds.
  const consents = await consentsOf(owner);
  for (const [kind, holds] of [
    ["boards", profile.isOnBoards],
    ["nickname", !profile.isMasked],
  ] as const) {
    const grants = consents.filter((row) => row.kind === kind).map((row) => row.is_granted);
    expect(grants).toEqual(grants.map((_, index) => index % 2 === 0));
    expect(grants.at(-1) ?? false).toBe(holds);
  }
});
