import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { forgetOrderKey } from "./order-key";
import { postOrder } from "./post-order";

const PATH = "/api/policies/code/contributions";
const BODY = { message: "加油" };
const CREATED = { status: 201, json: { order: {} } };
const problem = (status: number, code: string) => ({ status, json: { code } });

const given = { ...globalThis };
let answers: { status: number; json: object }[];
let keys: string[];

beforeEach(() => {
  const values = new Map<string, string>();
  [answers, keys] = [[], []];
  Object.assign(globalThis, {
    sessionStorage: {
      getItem: (name: string) => values.get(name) ?? null,
      setItem: (name: string, value: string) => void values.set(name, value),
      removeItem: (name: string) => void values.delete(name),
    },
    fetch: async (_path: string, { headers }: { headers: Record<string, string> }) => {
      keys.push(`${headers["idempotency-key"]}`);
      const answer = answers.shift();
      if (!answer) throw new TypeError("no network");
      return Response.json(answer.json, { status: answer.status });
    },
  });
});
afterEach(() => {
  globalThis.fetch = given.fetch;
  Reflect.deleteProperty(globalThis, "sessionStorage");
});

/** How many different keys two taps with these answers have sent, and in which order. */
async function tapTwice(...script: typeof answers): Promise<number[]> {
  answers = script;
  await postOrder(PATH, BODY);
  await postOrder(PATH, BODY);
  return keys.map((key) => [...new Set(keys)].indexOf(key));
}

describe("the key stays", () => {
  test.each([
    ["after the network was lost", []],
    ["after a failure of ours", [problem(500, "internal"), CREATED]],
    ["after a failure of WeChat's", [problem(502, "provider_unavailable"), CREATED]],
    ["while the login is on its way", [problem(401, "not_authenticated"), CREATED]],
    ["when he was too fast", [problem(429, "rate_limited"), CREATED]],
    ["while the order waits for its payment", [CREATED, CREATED]],
  ])("%s", async (_label, script) => {
    expect(await tapTwice(...script)).toEqual([0, 0]);
  });
});

describe("the key is thrown away", () => {
  test.each([
    ["after a refusal for good", problem(409, "cap_reached")],
    ["after an answer about the content", problem(422, "invalid_input")],
  ])("%s", async (_label, refusal) => {
    expect(await tapTwice(refusal, CREATED)).toEqual([0, 1]);
  });

  test("after the payment", async () => {
    answers = [CREATED, CREATED];
    await postOrder(PATH, BODY);
    forgetOrderKey(PATH);
    await postOrder(PATH, BODY);
    expect(new Set(keys).size).toBe(2);
  });

  test("when the content changes, and for another policy", async () => {
    answers = [CREATED, CREATED, CREATED];
    await postOrder(PATH, BODY);
    await postOrder(PATH, { message: "别怕" });
    await postOrder("/api/policies/other/contributions", BODY);
    expect(new Set(keys).size).toBe(3);
  });
});

describe("an outdated key", () => {
  test.each(["order_closed", "idempotency_mismatch"])(
    "%s: the same tap goes on with a new one",
    async (code) => {
      answers = [problem(409, code), CREATED];
      expect(await postOrder(PATH, BODY)).toMatchObject({ ok: true });
      expect(new Set(keys).size).toBe(2);
    },
  );

  test("a second time it is told, not tried for ever", async () => {
    answers = [problem(409, "order_closed"), problem(409, "order_closed"), CREATED];
    expect(await postOrder(PATH, BODY)).toMatchObject({ ok: false, code: "order_closed" });
    expect(keys).toHaveLength(2);
  });
});
