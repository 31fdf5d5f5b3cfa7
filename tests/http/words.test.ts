/** What a client may send about words, each refusal with its status; none is a 500. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { startWorld, type World } from "@/tests/support/world";
import { internalErrors } from "@/tests/support/world-books";
import { applyAndPay, call, friendPays, newPerson, type Person } from "@/tests/support/world-story";

let world: World;
let owner: Person;
let friend: Person;
let paths: Record<"words" | "anonymity" | "thanks" | "note" | "reaction", string>;
beforeAll(async () => {
  world = await startWorld();
  const policy = await applyAndPay(world);
  owner = policy.owner;
  const gift = await friendPays(world, policy.code);
  friend = gift.friend;
  const note = await call(world, "POST", `/api/policies/${policy.code}/note`, {
    as: owner,
    body: { text: "谢谢" },
  });
  paths = {
    words: `/api/orders/${gift.order.outTradeNo}/words`,
    anonymity: `/api/orders/${gift.order.outTradeNo}/anonymity`,
    thanks: `/api/policies/${policy.code}/thanks`,
    note: `/api/policies/${policy.code}/note`,
    reaction: `/api/words/${note.json.words.id}/reaction`,
  };
});
afterEach(() => expect(internalErrors(world)).toEqual([]));
afterAll(() => world.close());

const BAD: [path: keyof typeof paths, label: string, body: unknown][] = [
  ["words", "nothing", {}],
  ["words", "a number", { text: 7 }],
  ["words", "61 characters", { text: "愿".repeat(61) }],
  ["words", "a NUL", { text: "a\0b" }],
  ["words", "half an emoji", { text: "\ud83d" }],
  ["words", "a field we did not ask for", { text: "平安", state: "shown" }],
  ["anonymity", "a text", { anonymous: "true" }],
  ["anonymity", "nothing", {}],
  ["thanks", "nobody", {}],
  ["thanks", "all: false", { all: false }],
  ["thanks", "one and all", { all: true, endorsementNo: "WH2026-000001-002" }],
  ["thanks", "words for all", { all: true, text: "谢谢" }],
  ["thanks", "what is no endorsement", { endorsementNo: "1; DROP TABLE words" }],
  ["thanks", "61 characters", { endorsementNo: "WH2026-000001-002", text: "谢".repeat(61) }],
  ["note", "a list", { text: ["a"] }],
  ["note", "61 characters", { text: "谢".repeat(61) }],
  ["reaction", "another emoji", { emoji: "💩" }],
  ["reaction", "nothing", {}],
  ["reaction", "a prototype", { emoji: "__proto__" }],
];

describe("refused as invalid", () => {
  test.each(BAD)("%s: %s", async (name, _label, body) => {
    const as = name === "thanks" || name === "note" ? owner : friend;
    const answer = await call(world, "POST", paths[name], { as, body, key: null });
    expect([answer.status, answer.json.code]).toEqual([422, "invalid_input"]);
    expect(answer.json.invalid_params.length).toBeGreaterThan(0);
  });
});

const GOOD: Record<keyof typeof paths, object> = {
  words: { text: "平安" },
  anonymity: { anonymous: true },
  thanks: { all: true },
  note: { text: "谢谢" },
  reaction: { emoji: "heart" },
};

describe.each(Object.keys(GOOD) as (keyof typeof paths)[])("%s", (name) => {
  test("asks who it is, and only on our own pages", async () => {
    const body = GOOD[name];
    const guest = await call(world, "POST", paths[name], { body });
    expect([guest.status, guest.json.code]).toEqual([401, "not_authenticated"]);
    const headers = { origin: "https://elsewhere.example", "sec-fetch-site": "cross-site" };
    const foreign = await call(world, "POST", paths[name], { as: friend, body, headers });
    expect([foreign.status, foreign.json.code]).toEqual([403, "forbidden_origin"]);
  });

  test("an address that is nobody's is not found", async () => {
    const wrong = paths[name].replace(/[0-9A-Za-z_]{20,}/, "x".repeat(22));
    const stranger = await newPerson(world);
    const answer = await call(world, "POST", wrong, { as: stranger, body: GOOD[name], key: null });
    expect([answer.status, answer.json.code]).toEqual([404, "not_found"]);
  });
});

test("a finger that does not stop is slowed down, and told for how long", async () => {
  const hasty = await newPerson(world);
  const body = { emoji: "heart" };
  const answers = await Promise.all(
    Array.from({ length: 70 }, () => call(world, "POST", paths.reaction, { as: hasty, body })),
  );
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThan(0);
  expect(Number(refused[0]?.headers.get("retry-after"))).toBeGreaterThan(0);
});
