/** R31: a diagnosis in the waiting period gives everything back; a later one waits for a claim. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { addDays } from "@/lib/pricing/calendar";
import { startWorld, type World } from "@/tests/support/world";
import { comeToRest, expectCleanBooks } from "@/tests/support/world-books";
import {
  applyFor,
  call,
  friendPays,
  getOrder,
  getPolicy,
  type InsuredPolicy,
  newPerson,
  runWorkerRound,
  spoil,
} from "@/tests/support/world-story";
import {
  codesOf,
  endorsementsOf,
  issueAtNoon,
  ledgerOf,
  liveSeqs,
  passDays,
  policyRow,
  postSurrender,
  previewDiagnosis,
  refundsOf,
  reportDiagnosis,
  returnedInFull,
  surrender,
  today,
} from "./story";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(() => expectCleanBooks(world));
afterAll(() => world.close());

describe("in the waiting period of the first unit", () => {
  test("every yuan goes back to its payer without interest, and the policy ends", async () => {
    const policy = await issueAtNoon(world);
    await passDays(world, 10);
    const gift = await friendPays(world, policy.code);
    await passDays(world, 50);
    const diagnosedOn = addDays(today(world), -2);
    const preview = await previewDiagnosis(world, policy, diagnosedOn);
    expect(preview.json).toEqual({
      outcome: "refund_all",
      reason: "diagnosis_in_waiting",
      totalFen: 200,
      payableYuan: 0,
    });
    const answer = await reportDiagnosis(world, policy, { diagnosedOn, outcome: "refund_all" });
    expect(answer.status, answer.text).toBe(200);
    expect(answer.json).toEqual({
      ...preview.json,
      endorsementNo: expect.stringMatching(/-003$/),
      reportedAt: expect.any(String),
    });
    expect(await policyRow(world, policy.code)).toMatchObject({
      status: "ended",
      end_reason: "diagnosis_in_waiting",
      ended_on: today(world),
      units_paid: 0,
    });
    expect(await endorsementsOf(world, policy.code)).toEqual([
      "001 unit_added +1000",
      "002 unit_added +1000",
      "003 policy_ended -2000",
    ]);
    const ends = await world.sql<{ on: string }>(
      `SELECT DISTINCT ended_on::text AS on FROM units
       WHERE policy_id = (SELECT id FROM policies WHERE code = $1)`,
      [policy.code],
    );
    expect(ends).toEqual([{ on: today(world) }]);
    await comeToRest(world);
    expect(await ledgerOf(world, policy.outTradeNo)).toEqual(returnedInFull);
    expect(await ledgerOf(world, gift.order.outTradeNo)).toEqual(returnedInFull);
    const own = await getOrder(world, policy.owner, policy.outTradeNo);
    expect(own.outcome).toMatchObject({ reason: "diagnosis_in_waiting", state: "succeeded" });
  });

  test("before the first day of cover: another reason, for a person to look at", async () => {
    const policy = await issueAtNoon(world);
    await passDays(world, 1);
    const diagnosedOn = addDays(today(world), -1);
    const answer = await reportDiagnosis(world, policy, { diagnosedOn, outcome: "refund_all" });
    expect(answer.json).toMatchObject({ reason: "diagnosis_before_effective", totalFen: 100 });
    expect(await policyRow(world, policy.code)).toMatchObject({
      end_reason: "diagnosis_before_effective",
    });
  });

  test("the 90th day is the last day of waiting, the next one counts", async () => {
    const policy = await issueAtNoon(world);
    const effectiveOn = addDays(today(world), 1);
    await passDays(world, 91);
    expect(today(world)).toBe(addDays(effectiveOn, 90));
    const outcomeOn = async (day: string) =>
      (await previewDiagnosis(world, policy, day)).json.outcome;
    expect(await outcomeOn(addDays(effectiveOn, 89))).toBe("refund_all");
    expect(await outcomeOn(addDays(effectiveOn, 90))).toBe("pay_matured");
  });
});

describe("after it", () => {
  test("the report is kept for a claim: nothing ends, nothing goes back, also not what still waits", async () => {
    const policy = await issueAtNoon(world);
    await passDays(world, 20);
    await friendPays(world, policy.code);
    await passDays(world, 75);
    const diagnosedOn = today(world);
    const preview = await previewDiagnosis(world, policy, diagnosedOn);
    expect(preview.json).toEqual({
      outcome: "pay_matured",
      reason: null,
      totalFen: 0,
      payableYuan: 1000,
    });
    const before = await getPolicy(world, policy.code);
    const answer = await reportDiagnosis(world, policy, { diagnosedOn, outcome: "pay_matured" });
    expect(answer.json).toMatchObject({ ...preview.json, endorsementNo: null });
    expect(await getPolicy(world, policy.code)).toEqual(before);
    expect(await liveSeqs(world, policy.code)).toEqual([1, 2]);
    expect(await refundsOf(world, policy.code)).toEqual({});
    expect(await endorsementsOf(world, policy.code)).toHaveLength(2);
  });

  test("a day before a surrender is still reported; a policy that is over gives nothing back twice", async () => {
    const policy = await issueAtNoon(world);
    const effectiveOn = addDays(today(world), 1);
    await passDays(world, 95);
    await surrender(world, policy);
    const waiting = await previewDiagnosis(world, policy, addDays(effectiveOn, 30));
    expect([waiting.status, waiting.json.code]).toEqual([409, "policy_not_open"]);
    await passDays(world, 5);
    const later = await previewDiagnosis(world, policy, today(world));
    expect([later.status, later.json.code]).toEqual([409, "policy_not_open"]);
    const diagnosedOn = addDays(effectiveOn, 91);
    const answer = await reportDiagnosis(world, policy, { diagnosedOn, outcome: "pay_matured" });
    expect(answer.json).toMatchObject({ outcome: "pay_matured", payableYuan: 1000 });
    expect(Object.values(await refundsOf(world, policy.code))).toHaveLength(1);
  });
});

describe("once", () => {
  test("a second report, of another day and outcome, answers the first", async () => {
    const policy = await issueAtNoon(world);
    await passDays(world, 95);
    const first = await reportDiagnosis(world, policy, {
      diagnosedOn: today(world),
      outcome: "pay_matured",
    });
    const other = { diagnosedOn: addDays(today(world), -30), outcome: "refund_all" };
    expect((await reportDiagnosis(world, policy, other)).json).toEqual(first.json);
    const { endorsementNo: _number, reportedAt: _at, ...seen } = first.json;
    expect((await previewDiagnosis(world, policy, other.diagnosedOn)).json).toEqual(seen);
    expect(await policyRow(world, policy.code)).toMatchObject({ status: "active" });
  });

  test("six at once, of two kinds: one report, one answer", async () => {
    const policy = await issueAtNoon(world);
    await friendPays(world, policy.code);
    await passDays(world, 95);
    const late = { diagnosedOn: today(world), outcome: "pay_matured" };
    const early = { diagnosedOn: addDays(today(world), -30), outcome: "refund_all" };
    const answers = await Promise.all(
      [late, early, late, early, late, early].map((body) => reportDiagnosis(world, policy, body)),
    );
    expect(codesOf(answers)).toEqual({ "200": 6 });
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    const rows = await world.sql(
      "SELECT 1 FROM diagnosis_reports WHERE policy_id = (SELECT id FROM policies WHERE code = $1)",
      [policy.code],
    );
    expect(rows).toHaveLength(1);
  });

  test("at once with a surrender: one of them ends it", async () => {
    for (let round = 0; round < 4; round += 1) {
      const policy = await issueAtNoon(world);
      await friendPays(world, policy.code);
      await passDays(world, 5);
      const body = { diagnosedOn: today(world), outcome: "refund_all" };
      const answers = await Promise.all([
        postSurrender(world, policy, { reason: "cooling_off", totalFen: 200 }),
        reportDiagnosis(world, policy, body),
      ]);
      expect(codesOf(answers)).toEqual({ "200": 1, "409 policy_not_open": 1 });
      expect(new Set(Object.values(await refundsOf(world, policy.code))).size).toBe(1);
    }
  });
});

describe("what was seen is what is done", () => {
  test("another outcome than seen, a day to come, a day long ago, no day", async () => {
    const policy = await issueAtNoon(world);
    const diagnosedOn = today(world);
    const changed = await reportDiagnosis(world, policy, { diagnosedOn, outcome: "pay_matured" });
    expect([changed.status, changed.json.code]).toEqual([409, "quote_changed"]);
    const year = Number(diagnosedOn.slice(0, 4));
    for (const [day, code] of [
      [addDays(diagnosedOn, 1), "in_future"],
      ["9999-12-31", "in_future"],
      [`${year - 1}-12-31`, "before_policy"],
      ["0001-01-01", "before_policy"],
    ] as const) {
      const answer = await reportDiagnosis(world, policy, {
        diagnosedOn: day,
        outcome: "refund_all",
      });
      expect(answer.status, answer.text).toBe(422);
      expect(answer.json.invalid_params).toMatchObject([{ name: "diagnosedOn", code }]);
    }
    for (const day of ["2026-02-30", "yesterday", ""]) {
      expect((await previewDiagnosis(world, policy, day)).status).toBe(422);
    }
    expect(await policyRow(world, policy.code)).toMatchObject({ status: "active" });
  });

  test("nobody but the insured, and no policy that is not there", async () => {
    const policy = await issueAtNoon(world);
    const { friend } = await friendPays(world, policy.code);
    const body = { diagnosedOn: today(world), outcome: "refund_all" };
    const other = { ...policy, owner: friend };
    expect((await reportDiagnosis(world, other, body)).json.code).toBe("not_found");
    expect((await previewDiagnosis(world, other, body.diagnosedOn)).json.code).toBe("not_found");
    const path = `/api/policies/${policy.code}/diagnosis`;
    expect((await call(world, "POST", path, { body })).status).toBe(401);
    const { diagnosedOn } = body;
    const preview = { body: { diagnosedOn } };
    expect((await call(world, "POST", `${path}/preview`, preview)).status).toBe(401);
    const owner = await newPerson(world);
    const { policyCode } = (await applyFor(world, owner)).json;
    const unpaid = await reportDiagnosis(world, { owner, code: policyCode }, body);
    expect([unpaid.status, unpaid.json.code]).toEqual([409, "policy_not_open"]);
  });
});

describe("R42: health data stays with the insured", () => {
  test("a day of diagnosis in an address asks nothing", async () => {
    const { code, owner } = await issueAtNoon(world);
    for (const path of ["diagnosis", "diagnosis/preview"]) {
      const address = `/api/policies/${code}/${path}?on=${today(world)}`;
      expect((await call(world, "GET", address, { as: owner })).status).toBe(404);
    }
  });

  test("the day is sealed, the log and the friends are not told", async () => {
    const policy = await issueAtNoon(world);
    const gift = await friendPays(world, policy.code);
    await passDays(world, 30);
    const diagnosedOn = addDays(today(world), -3);
    const logged = world.logs.length;
    await reportDiagnosis(world, policy, { diagnosedOn, outcome: "refund_all" });
    const [row] = await world.sql<{ id: string; cipher: string }>(
      `SELECT id, diagnosed_on_cipher AS cipher FROM diagnosis_reports
       WHERE policy_id = (SELECT id FROM policies WHERE code = $1)`,
      [policy.code],
    );
    expect(row?.cipher).not.toContain(diagnosedOn);
    const field = `diagnosis_reports.diagnosed_on.${row?.id}`;
    expect(world.deps.vault.open(row?.cipher ?? "", field)).toBe(diagnosedOn);
    const lines = world.logs.slice(logged).join("\n");
    expect(lines).toContain('"msg":"policy ended"');
    expect(lines).not.toMatch(/diagnos(?!is"|is\/)/);
    expect(lines).not.toContain(diagnosedOn);

    const shared = await call(world, "GET", `/api/policies/${policy.code}`, { as: gift.friend });
    expect(shared.json.status).toBe("ended");
    expect(shared.text).not.toMatch(/diagnos/);
    const order = await call(world, "GET", `/api/orders/${gift.order.outTradeNo}`, {
      as: gift.friend,
    });
    expect(order.json.outcome).toMatchObject({ kind: "refund", reason: "policy_ended" });
  });

  test("the log is the same for an illness and for a wish, and has nothing of a claim to come", async () => {
    const endsOf = async (end: (policy: InsuredPolicy) => Promise<unknown>, days: number) => {
      const policy = await issueAtNoon(world);
      await passDays(world, days);
      const logged = world.logs.length;
      await end(policy);
      return world.logs
        .slice(logged)
        .filter((line) => line.includes('"endorsementNo"'))
        .map((line) => JSON.parse(line))
        .map(({ time: _time, endorsementNo: _no, ...rest }) => rest);
    };
    const report = (outcome: string) => (policy: InsuredPolicy) =>
      reportDiagnosis(world, policy, { diagnosedOn: today(world), outcome });
    const ill = await endsOf(report("refund_all"), 30);
    expect(ill).toHaveLength(1);
    expect(await endsOf((policy) => surrender(world, policy), 30)).toEqual(ill);
    expect(await endsOf(report("pay_matured"), 95)).toEqual([]);
  });

  test.each([
    ["an illness", "保单已终止，原路退回"],
    ["a wish", "退保，按剩余天数原路退回"],
  ])("WeChat shows the friend nothing of %s, however often it is asked", async (cause, own) => {
    const policy = await issueAtNoon(world);
    const gift = await friendPays(world, policy.code);
    await passDays(world, 30);
    const { outTradeNo } = gift.order;
    await spoil(world, { endpoint: "refund", kind: "error_after_effect", outTradeNo });
    if (cause === "a wish") await surrender(world, policy);
    else {
      const seen = { diagnosedOn: today(world), outcome: "refund_all" };
      await reportDiagnosis(world, policy, seen);
    }
    await runWorkerRound(world);
    await comeToRest(world);
    const reasonOf = (number: string) =>
      world.sandbox.state.refunds.get(`R${number.slice(1)}`)?.reason;
    expect(reasonOf(outTradeNo)).toBe("保单已终止，原路退回");
    expect(reasonOf(policy.outTradeNo)).toBe(own);
  });
});
