/**
 * R42, field by field: on every address that knows of words, each kind of viewer finds exactly what is
 * meant for him. Each secret is a text that stands nowhere else, so finding it is proof.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findGiftWords, findNote, findOwnNote } from "@/lib/words/queries";
import { startWorld, type World } from "@/tests/support/world";
import {
  applyAndPay,
  call,
  newPerson,
  type Person,
  runWorkerRound,
} from "@/tests/support/world-story";
import { friendOf, type Gift, give, react, thank, writeNote, writeWish } from "./people";

const SECRETS = {
  name: "名字云溪",
  shyName: "名字南风",
  wish: "愿望春天见",
  shyWish: "愿望匿名的",
  heldWish: "打我电话 13912345678",
  thanks: "回话周末来",
  note: "大家好呀谢谢",
  wishReaction: '"strong"',
  thanksReaction: '"flower"',
} as const;
type Secret = keyof typeof SECRETS;
type ViewerName = "guest" | "stranger" | "supporter" | "giver" | "shyGiver" | "owner";

let world: World;
let code: string;
let gift: Gift;
let shy: Gift;
let ids: { wish: string; thanks: string; note: string; held: string };
let viewers: Record<Exclude<ViewerName, "guest">, Person>;

beforeAll(async () => {
  world = await startWorld();
  const policy = await applyAndPay(world);
  code = policy.code;
  gift = await give(world, code, SECRETS.name, { message: SECRETS.wish });
  shy = await give(world, code, SECRETS.shyName, { message: SECRETS.shyWish, anonymous: true });
  const supporter = await give(world, code, "另一位", {});
  const { endorsementNo, wordsId } = await friendOf(world, code, policy.owner, 2);
  const thanked = await thank(world, code, policy.owner, { endorsementNo, text: SECRETS.thanks });
  const noted = await writeNote(world, code, policy.owner, SECRETS.note);
  const held = await writeWish(world, supporter, SECRETS.heldWish);
  ids = {
    wish: wordsId ?? "",
    thanks: thanked.json.words.id,
    note: noted.json.words.id,
    held: held.json.words.id,
  };
  await react(world, ids.wish, policy.owner, "strong");
  await react(world, ids.thanks, gift.friend, "flower");
  await runWorkerRound(world);
  viewers = {
    stranger: await newPerson(world),
    supporter: supporter.friend,
    giver: gift.friend,
    shyGiver: shy.friend,
    owner: policy.owner,
  };
});
afterAll(() => world.close());

const GET = (path: () => string) => (as?: Person) => call(world, "GET", path(), { as });

/** Address → viewer → what he finds there; who is not named finds nothing. */
const TABLE: [
  label: string,
  read: (as?: Person) => Promise<{ text: string }>,
  found: Partial<Record<ViewerName, Secret[]>>,
][] = [
  ["the public state", GET(() => `/api/policies/${code}`), {}],
  [
    "the list of supporters",
    GET(() => `/api/policies/${code}/supporters`),
    { owner: ["name", "wish", "shyWish", "thanks", "wishReaction", "thanksReaction"] },
  ],
  ["a giver's order", GET(() => `/api/orders/${gift.outTradeNo}`), {}],
  ["a giver's story of a yuan", GET(() => `/api/orders/${gift.outTradeNo}/story`), {}],
  ["one's notices", GET(() => "/api/me/notices"), { owner: ["name"], giver: ["thanks"] }],
  [
    "reactions to a wish",
    GET(() => `/api/words/${ids.wish}/reaction`),
    { owner: ["wishReaction"], giver: ["wishReaction"] },
  ],
  [
    "reactions to thanks",
    GET(() => `/api/words/${ids.thanks}/reaction`),
    { giver: ["thanksReaction"], owner: ["thanksReaction"] },
  ],
  ["reactions to the note", GET(() => `/api/words/${ids.note}/reaction`), {}],
  ["reactions to held words", GET(() => `/api/words/${ids.held}/reaction`), {}],
  [
    "a giver's conversation",
    async (as) => ({
      text: JSON.stringify(
        as ? await findGiftWords(world.deps, { ...gift, userId: as.userId }) : null,
      ),
    }),
    { giver: ["wish", "thanks", "wishReaction", "thanksReaction"] },
  ],
  [
    "an anonymous giver's conversation",
    async (as) => ({
      text: JSON.stringify(
        as ? await findGiftWords(world.deps, { ...shy, userId: as.userId }) : null,
      ),
    }),
    { shyGiver: ["shyWish"] },
  ],
  [
    "the insured's note, to edit",
    async (as) => ({
      text: JSON.stringify(as ? await findOwnNote(world.deps, { code, userId: as.userId }) : null),
    }),
    { owner: ["note"] },
  ],
];

describe.each(TABLE)("%s", (_label, read, found) => {
  test.each(["guest", "stranger", "supporter", "giver", "shyGiver", "owner"] as const)(
    "%s",
    async (viewer) => {
      const { text } = await read(viewer === "guest" ? undefined : viewers[viewer]);
      const seen = (Object.keys(SECRETS) as Secret[]).filter((secret) =>
        text.includes(SECRETS[secret]),
      );
      expect(seen).toEqual(found[viewer] ?? []);
    },
  );
});

test("the public note is the same for everybody, and has its words and counts alone", async () => {
  const note = await findNote(world.deps, code);
  expect(note).toEqual({
    id: ids.note,
    text: SECRETS.note,
    writtenAt: expect.any(String),
    counts: {},
  });
});

test("words of others cannot be changed, thanked for, or reacted to, and look as if they were not there", async () => {
  const unknown = `wrd_${"0".repeat(26)}`;
  const missing = await call(world, "GET", `/api/words/${unknown}/reaction`);
  for (const as of [viewers.stranger, viewers.supporter, viewers.shyGiver]) {
    for (const id of [ids.wish, ids.thanks]) {
      const answer = await call(world, "GET", `/api/words/${id}/reaction`, { as });
      expect([answer.status, answer.json.code]).toEqual([missing.status, missing.json.code]);
      expect((await react(world, id, as, "heart")).status).toBe(404);
    }
    expect((await writeWish(world, gift, "不是我", as)).status).toBe(404);
    expect((await writeNote(world, code, as, "不是我")).status).toBe(404);
    expect((await thank(world, code, as, { all: true })).status).toBe(404);
  }
  expect((await react(world, ids.held, viewers.owner, "heart")).status).toBe(404);
});
