/** Six emoji: one a person, between those who may read the words, counted but never named. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { findNote } from "@/lib/words/queries";
import { startWorld, type World } from "@/tests/support/world";
import { applyAndPay, type InsuredPolicy, newPeople, newPerson } from "@/tests/support/world-story";
import { type Gift, give, react, readReactions, writeNote, writeWish } from "./people";

let world: World;
let policy: InsuredPolicy;
let gift: Gift;
let note: string;
beforeAll(async () => {
  world = await startWorld();
  policy = await applyAndPay(world);
  gift = await give(world, policy.code, "云溪", { message: "平平安安" });
  note = (await writeNote(world, policy.code, policy.owner, "谢谢你们")).json.words.id;
});
afterAll(() => world.close());

test("one reaction a person: another takes its place, null takes it back, the same again is the same", async () => {
  const friend = await newPerson(world);
  expect((await react(world, note, friend, "heart")).json).toEqual({
    counts: { heart: 1 },
    mine: "heart",
  });
  expect((await react(world, note, friend, "heart")).json.counts).toEqual({ heart: 1 });
  expect((await react(world, note, friend, "clap")).json).toEqual({
    counts: { clap: 1 },
    mine: "clap",
  });
  expect((await readReactions(world, note)).json).toEqual({ counts: { clap: 1 }, mine: null });
  expect((await react(world, note, friend, null)).json).toEqual({ counts: {}, mine: null });
  expect((await react(world, note, friend, null)).json).toEqual({ counts: {}, mine: null });
});

test("double taps and 20 people at once: each counts once", async () => {
  const crowd = await newPeople(world, 20);
  const answers = await Promise.all(
    crowd.flatMap((person) =>
      ["hug", "hug", "strong"].map((emoji) => react(world, note, person, emoji)),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  const { counts } = (await readReactions(world, note)).json;
  expect((counts.hug ?? 0) + (counts.strong ?? 0)).toBe(20);
  expect((await findNote(world.deps, policy.code))?.counts).toEqual(counts);
});

test("words taken back while people react: nobody sees an error of ours, nothing is left", async () => {
  const other = await applyAndPay(world);
  const crowd = await newPeople(world, 10);
  const { id } = (await writeNote(world, other.code, other.owner, "谢谢大家")).json.words;
  const answers = await Promise.all([
    ...crowd.slice(0, 5).map((person) => react(world, id, person, "heart")),
    writeNote(world, other.code, other.owner, null),
    ...crowd.slice(5).map((person) => react(world, id, person, "heart")),
  ]);
  expect(answers.every(({ status }) => status === 200 || status === 404)).toBe(true);
  expect(await world.sql("SELECT 1 FROM reactions WHERE words_id = $1", [id])).toEqual([]);
  expect((await readReactions(world, id)).status).toBe(404);
});

test("one's own words are for others to react to", async () => {
  expect((await react(world, note, policy.owner, "heart")).json.code).toBe("own_policy");
  const wish = (await writeWish(world, gift, "平平安安")).json.words.id;
  expect((await react(world, wish, gift.friend, "heart")).json.code).toBe("own_policy");
  expect((await react(world, wish, policy.owner, "heart")).status).toBe(200);
});

test("a note that is held, hidden or of an ended policy has no reader", async () => {
  const other = await applyAndPay(world);
  const held = (await writeNote(world, other.code, other.owner, "保证赔，免费领")).json.words;
  expect(held.state).toBe("held");
  expect(await findNote(world.deps, other.code)).toBeNull();
  expect((await readReactions(world, held.id, gift.friend)).status).toBe(404);
  expect((await react(world, held.id, gift.friend, "heart")).status).toBe(404);

  await writeNote(world, other.code, other.owner, "谢谢");
  expect(await findNote(world.deps, other.code)).toMatchObject({ text: "谢谢", counts: {} });
  await world.sql(
    "UPDATE policies SET status = 'ended', ended_on = '2099-01-01', end_reason = 'expired' WHERE code = $1",
    [other.code],
  );
  expect(await findNote(world.deps, other.code)).toBeNull();
  expect((await react(world, held.id, gift.friend, "heart")).status).toBe(404);
  expect((await writeNote(world, other.code, other.owner, "再见")).json.code).toBe(
    "policy_not_open",
  );
  expect((await writeNote(world, other.code, other.owner, null)).json).toEqual({ words: null });
});
