/** What a person reads of his news, and what of it is nobody else's. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { shanghaiDateOf } from "@/lib/pricing/calendar";
import { startWorld, type World } from "@/tests/support/world";
import {
  applyAndPay,
  call,
  friendPays,
  newPerson,
  type Person,
  runWorkerRound,
} from "@/tests/support/world-story";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

async function readNews(person: Person) {
  const answer = await call(world, "GET", "/api/me/notices", { as: person });
  expect(answer.status, answer.text).toBe(200);
  return answer.json as {
    unread: number;
    notices: { id: string; kind: string; isRead: boolean; path: string | null; values: object }[];
  };
}

const mark = (person: Person, ids: readonly string[]) =>
  call(world, "POST", "/api/me/notices/read", { as: person, key: null, body: { ids } });

test("the giver and the insured each hear of a gift, newest first, and mark it read once", async () => {
  const { owner, code } = await applyAndPay(world);
  const { friend, order } = await friendPays(world, code);
  await runWorkerRound(world);

  const news = await readNews(owner);
  expect(news.unread).toBe(2);
  expect(news.notices).toMatchObject([
    { kind: "unit_received", isRead: false, path: `/me/policies/${code}`, values: { seq: 2 } },
    { kind: "unit_settled", isRead: false, values: { seq: 1 } },
  ]);
  expect(news.notices[1]?.values).not.toHaveProperty("askerName");
  expect((await readNews(friend)).notices).toMatchObject([
    { kind: "unit_settled", path: `/orders/${order.outTradeNo}`, values: { seq: 2 } },
  ]);

  // Unread ones come first, whatever their age.
  const newest = news.notices[0]?.id ?? "";
  for (const answer of [await mark(owner, [newest]), await mark(owner, [newest])]) {
    expect(answer.status).toBe(204);
  }
  const after = await readNews(owner);
  expect(after.unread).toBe(1);
  expect(after.notices.map(({ kind, isRead }) => [kind, isRead])).toEqual([
    ["unit_settled", false],
    ["unit_received", true],
  ]);
});

test("somebody else's news stays unread, and a guest has none", async () => {
  const { owner } = await applyAndPay(world);
  await runWorkerRound(world);
  const stranger = await newPerson(world);
  const [notice] = (await readNews(owner)).notices;
  expect((await mark(stranger, [notice?.id ?? ""])).status).toBe(204);
  expect((await readNews(owner)).unread).toBe(1);
  expect((await call(world, "GET", "/api/me/notices")).status).toBe(401);
  expect((await mark(owner, ["1; DROP TABLE notices"])).status).toBe(422);
});

test("R42: a friend reads that the policy ended, the insured reads why", async () => {
  const { owner, code } = await applyAndPay(world);
  const { friend } = await friendPays(world, code);
  const diagnosedOn = shanghaiDateOf(world.deps.now());
  const report = await call(world, "POST", `/api/policies/${code}/diagnosis`, {
    as: owner,
    key: null,
    body: { diagnosedOn, outcome: "refund_all" },
  });
  expect(report.status, report.text).toBe(200);
  await runWorkerRound(world);

  const own = (await readNews(owner)).notices;
  expect(own).toContainEqual(
    expect.objectContaining({
      kind: "policy_ended",
      path: `/me/policies/${code}/service`,
      values: expect.objectContaining({ reason: "diagnosis_before_effective" }),
    }),
  );
  const theirs = (await readNews(friend)).notices;
  expect(theirs).toContainEqual(
    expect.objectContaining({
      kind: "refund_requested",
      values: expect.objectContaining({ reason: "policy_ended", amountFen: 100 }),
    }),
  );
  expect(JSON.stringify(theirs)).not.toContain("diagnosis");
});
