/** A message is sent at most once, whatever dies, and to nobody more often than he may be reminded. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { sendMessage } from "@/lib/messages/send-message";
import { startWorld, type World } from "@/tests/support/world";
import { expectCleanBooks } from "@/tests/support/world-books";
import {
  advance,
  call,
  control,
  newPerson,
  type Person,
  runWorkerRound,
  spoil,
} from "@/tests/support/world-story";
import {
  consent,
  messagesOf,
  moveToNoon,
  phoneOf,
  planRefunds,
  remainingOf,
  templateOf,
} from "./reminders";

const WORKERS = 32;

let world: World;
let person: Person;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(async () => {
  await moveToNoon(world);
  person = await newPerson(world, "小雨");
});
afterEach(async () => {
  await control(world, "DELETE", "/faults");
  await expectCleanBooks(world);
});
afterAll(() => world.close());

/** A sender that stands still between WeChat's answer and its own commit. */
function freezeAfterEffect(messageId: string): { sending: Promise<void>; wakeUp: () => void } {
  let wakeUp = () => {};
  const woken = new Promise<void>((resolve) => {
    wakeUp = resolve;
  });
  const { messages } = world.deps;
  const send: typeof messages.send = async (message) => {
    const outcome = await messages.send(message);
    await woken;
    return outcome;
  };
  return { sending: sendMessage({ ...world.deps, messages: { send } }, messageId), wakeUp };
}

const statesOf = async () => (await messagesOf(world, person)).map(({ state }) => state);

test("thirty-two workers take up one message: the phone gets it once, and one consent is spent", async () => {
  await consent(world, person, ["refunded"], 3);
  const [id] = await planRefunds(world, person, 1);
  await Promise.all(Array.from({ length: WORKERS }, () => sendMessage(world.deps, `${id}`)));
  expect(await phoneOf(world, person)).toMatchObject([{ title: "退款到账提醒" }]);
  expect(await statesOf()).toEqual(["sent"]);
  expect(await remainingOf(world, person, "refunded")).toBe(2);
});

test("R47: thirty-two messages of one person are due at once: one arrives today, one tomorrow", async () => {
  await consent(world, person, ["refunded"], 5);
  const ids = await planRefunds(world, person, WORKERS);
  await Promise.all(ids.map((id) => sendMessage(world.deps, id)));
  expect(await phoneOf(world, person)).toHaveLength(1);
  const waiting = (await messagesOf(world, person)).filter(({ state }) => state === "due");
  expect(waiting).toHaveLength(WORKERS - 1);
  const eight = new Date(world.deps.now().getTime() + 20 * 3_600_000);
  for (const { dueAt } of waiting) expect(dueAt?.toISOString()).toContain("T00:00:00.000");
  expect(waiting[0]?.dueAt?.getTime()).toBeLessThanOrEqual(eight.getTime());

  await advance(world, 20 * 3_600);
  await Promise.all(ids.map((id) => sendMessage(world.deps, id)));
  expect(await phoneOf(world, person)).toHaveLength(2);
  expect(await remainingOf(world, person, "refunded")).toBe(3);
  await advance(world, 30 * 3_600);
  await Promise.all(ids.map((id) => sendMessage(world.deps, id)));
  expect(await phoneOf(world, person)).toHaveLength(2);
  expect(
    (await messagesOf(world, person)).filter(({ reason }) => reason === "too_old"),
  ).toHaveLength(30);
});

test("F27 the process dies while WeChat is answering: the message is not sent again", async () => {
  await consent(world, person, ["refunded"], 2);
  const [id] = await planRefunds(world, person, 1);
  const sender = freezeAfterEffect(`${id}`);
  await expect.poll(() => phoneOf(world, person)).toHaveLength(1);
  await world.crash();
  sender.wakeUp();
  await expect(sender.sending).rejects.toThrow();
  await world.restart();
  await runWorkerRound(world);
  expect(await statesOf()).toEqual(["sending"]);

  await advance(world, 121);
  await runWorkerRound(world);
  expect(await messagesOf(world, person)).toMatchObject([
    { state: "unknown", reason: "no_answer" },
  ]);
  await advance(world, 86_400);
  await runWorkerRound(world);
  expect(await phoneOf(world, person)).toHaveLength(1);
});

test("F29 a sender that was frozen past its lease comes back: its answer is the truth, and nobody sent again", async () => {
  await consent(world, person, ["refunded"], 2);
  const [id] = await planRefunds(world, person, 1);
  const sender = freezeAfterEffect(`${id}`);
  await expect.poll(() => phoneOf(world, person)).toHaveLength(1);
  await advance(world, 121);
  await runWorkerRound(world);
  expect(await statesOf()).toEqual(["unknown"]);
  sender.wakeUp();
  await sender.sending;
  expect(await statesOf()).toEqual(["sent"]);
  expect(await phoneOf(world, person)).toHaveLength(1);
});

test.each([
  ["the answer says 500 after the effect", { kind: "error_after_effect" }, 1],
  ["the line is cut before the effect", { kind: "drop" }, 0],
])("%s: unknown, and never again", async (_name, fault, arrived) => {
  await consent(world, person, ["refunded"], 2);
  await planRefunds(world, person, 1);
  await spoil(world, { endpoint: "message", ...fault });
  await runWorkerRound(world);
  expect(await statesOf()).toEqual(["unknown"]);
  await advance(world, 3_600);
  await runWorkerRound(world);
  expect(await phoneOf(world, person)).toHaveLength(arrived);
});

test("the person has switched us off at WeChat (43101): refused, and the counter is nought", async () => {
  await consent(world, person, ["refunded"], 5);
  await control(world, "DELETE", `/consents?openid=${person.openid}`);
  await planRefunds(world, person, 1);
  await runWorkerRound(world);
  expect(await messagesOf(world, person)).toMatchObject([
    { state: "refused", reason: "no_consent" },
  ]);
  expect(await remainingOf(world, person, "refunded")).toBe(0);
});

test("another process has renewed the token (40001): a new one is taken, and the message arrives", async () => {
  await consent(world, person, ["refunded"], 2);
  await world.deps.jsSdk.configFor(`${world.url}/`);
  const { appId, appSecret } = world.keys;
  await fetch(`${world.sandbox.url}/cgi-bin/stable_token`, {
    method: "POST",
    body: JSON.stringify({
      grant_type: "client_credential",
      appid: appId,
      secret: appSecret,
      force_refresh: true,
    }),
  });
  await planRefunds(world, person, 1);
  await runWorkerRound(world);
  expect(await statesOf()).toEqual(["sent"]);
  expect(await phoneOf(world, person)).toHaveLength(1);
});

test("the day's quota is used up (45009): the consent is kept, and it goes half an hour later", async () => {
  await consent(world, person, ["refunded"]);
  await planRefunds(world, person, 1);
  await spoil(world, { endpoint: "message", kind: "rate_limited" });
  await runWorkerRound(world);
  expect(await messagesOf(world, person)).toMatchObject([
    { state: "due", reason: "errcode_45009" },
  ]);
  expect(await remainingOf(world, person, "refunded")).toBe(1);
  await advance(world, 1_801);
  await runWorkerRound(world);
  expect(await phoneOf(world, person)).toHaveLength(1);
});

test("a template that WeChat does not know is refused, and the consent is kept", async () => {
  await consent(world, person, ["refunded"]);
  const [id] = await planRefunds(world, person, 1);
  const foreign = "x".repeat(43);
  await world.sql("UPDATE messages SET template = $2 WHERE id = $1", [id, foreign]);
  await world.sql(
    "INSERT INTO message_consents (user_id, template, remaining, updated_at) VALUES ($1, $2, 1, now())",
    [person.userId, foreign],
  );
  await runWorkerRound(world);
  expect(await messagesOf(world, person)).toMatchObject([
    { state: "refused", reason: "errcode_40037" },
  ]);
  const [kept] = await world.sql(
    "SELECT remaining FROM message_consents WHERE user_id = $1 AND template = $2",
    [person.userId, foreign],
  );
  expect(kept).toEqual({ remaining: 1 });
});

test("R47: stopped between planning and sending: nothing goes, and after resuming nothing old comes", async () => {
  await consent(world, person, ["refunded"], 2);
  await planRefunds(world, person, 1);
  const turn = (stopped: boolean) =>
    call(world, "POST", "/api/me/reminders", { as: person, key: null, body: { stopped } });
  expect((await turn(true)).json).toEqual({ stopped: true });
  expect((await turn(true)).json).toEqual({ stopped: true });
  await runWorkerRound(world);
  expect(await messagesOf(world, person)).toMatchObject([{ state: "skipped", reason: "stopped" }]);
  expect((await turn(false)).json).toEqual({ stopped: false });
  await runWorkerRound(world);
  expect(await phoneOf(world, person)).toEqual([]);
  expect(await remainingOf(world, person, "refunded")).toBe(2);
  const consents = await world.sql(
    "SELECT kind, is_granted FROM consents WHERE user_id = $1 ORDER BY id",
    [person.userId],
  );
  expect(consents).toEqual([
    { kind: "reminders", is_granted: false },
    { kind: "reminders", is_granted: true },
  ]);
});

test("R47: at night nothing goes; at eight it does", async () => {
  await advance(world, 10.5 * 3_600);
  await consent(world, person, ["refunded"]);
  await planRefunds(world, person, 1);
  await runWorkerRound(world);
  expect(await phoneOf(world, person)).toEqual([]);
  await advance(world, 9.5 * 3_600 - 60);
  await runWorkerRound(world);
  expect(await phoneOf(world, person)).toEqual([]);
  await advance(world, 120);
  await runWorkerRound(world);
  expect(await phoneOf(world, person)).toHaveLength(1);
});

test("consents add up to a hundred; a guest gives none, nor does an id that is not ours", async () => {
  const body = { templates: [templateOf(world, "full"), "y".repeat(43)] };
  const give = (as?: Person) =>
    call(world, "POST", "/api/me/message-consents", { as, key: null, body });
  expect((await give()).status).toBe(401);
  expect((await give(person)).json).toEqual({ remaining: 1 });
  await world.sql("UPDATE message_consents SET remaining = 99 WHERE user_id = $1", [person.userId]);
  expect((await give(person)).json).toEqual({ remaining: 100 });
  expect((await give(person)).json).toEqual({ remaining: 100 });
  expect(
    await world.sql("SELECT 1 FROM message_consents WHERE user_id = $1", [person.userId]),
  ).toHaveLength(1);
  const four = { templates: ["a", "b", "c", "d"] };
  const tooMany = { as: person, key: null, body: four };
  expect((await call(world, "POST", "/api/me/message-consents", tooMany)).status).toBe(422);
});
