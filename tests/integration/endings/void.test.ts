/** R32, R33: staff take a policy back as if it had never been. And R21: the year is over. */
import { execFile } from "node:child_process";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { findOwnerPolicy } from "@/lib/policies/queries";
import { previewVoid, VOID_REASONS, voidPolicy } from "@/lib/policies/void-policy";
import { addDays } from "@/lib/pricing/calendar";
import { appEnvironment } from "@/sandbox/keys";
import { startWorld, type World } from "@/tests/support/world";
import { comeToRest, expectCleanBooks } from "@/tests/support/world-books";
import { applyFor, friendPays, getPolicy, runWorkerRound } from "@/tests/support/world-story";
import {
  issueAtNoon,
  ledgerOf,
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

/** Each start of the command compiles it, on a machine that does other things as well. */
const COMMANDS_MS = 90_000;

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(() => expectCleanBooks(world));
afterAll(() => world.close());

test.each(VOID_REASONS)(
  "R32, R33 %s: every live unit in full, long after it took effect",
  async (reason) => {
    const policy = await issueAtNoon(world);
    const effectiveOn = addDays(today(world), 1);
    const gift = await friendPays(world, policy.code);
    await passDays(world, 120);
    expect((await getPolicy(world, policy.code)).payableNowYuan).toBe(2000);
    expect(await previewVoid(world.deps, { code: policy.code, reason })).toEqual({
      units: 2,
      totalFen: 200,
    });
    const done = await voidPolicy(world.deps, { code: policy.code, reason, totalFen: 200 });
    expect(done).toMatchObject({
      reason,
      totalFen: 200,
      units: [
        { seq: 1, refundFen: 100, endedOn: effectiveOn, isOwn: true },
        { seq: 2, refundFen: 100, endedOn: effectiveOn, isOwn: false },
      ],
    });
    expect(await voidPolicy(world.deps, { code: policy.code, reason })).toEqual(done);
    expect(await policyRow(world, policy.code)).toMatchObject({
      status: "ended",
      end_reason: reason,
      ended_on: effectiveOn,
    });
    expect(Object.values(await refundsOf(world, policy.code))).toEqual([
      `${reason} 100`,
      `${reason} 100`,
    ]);
    await comeToRest(world);
    expect(await ledgerOf(world, gift.order.outTradeNo)).toEqual(returnedInFull);

    // It never insured anybody, so no claim can rest on a day of it.
    const late = await previewDiagnosis(world, policy, addDays(effectiveOn, 100));
    expect([late.status, late.json.code]).toEqual([409, "policy_not_open"]);
  },
);

test(
  "R32 the command: nothing without a yes, then the whole sum",
  async () => {
    const policy = await issueAtNoon(world);
    await friendPays(world, policy.code);
    const unasked = await runCommand("void", policy.code, "underwriting_failed");
    expect(unasked).toMatchObject({ exitCode: 1, output: expect.stringContaining("--yes") });
    expect(await policyRow(world, policy.code)).toMatchObject({ status: "active" });
    const done = await runCommand("void", policy.code, "underwriting_failed", "--yes");
    expect(done.output).toMatch(/Endorsement WH\d{4}-\d{6}-003: ¥2(\.00)? for 2 units/);
    expect(done.exitCode).toBe(0);
  },
  COMMANDS_MS,
);

test("an unknown code, another sum than confirmed, a policy that is over", async () => {
  const policy = await issueAtNoon(world);
  const reason = "underwriting_failed";
  const unknown = { code: "0".repeat(22), reason } as const;
  await expect(voidPolicy(world.deps, unknown)).rejects.toMatchObject({ code: "not_found" });
  const other = { code: policy.code, reason, totalFen: 200 } as const;
  await expect(voidPolicy(world.deps, other)).rejects.toMatchObject({ code: "quote_changed" });
  await surrender(world, policy);
  await expect(voidPolicy(world.deps, { code: policy.code, reason })).rejects.toMatchObject({
    code: "policy_not_open",
  });
});

test("R24 what the insured sees: what still counts tonight, why it ended, and every document", async () => {
  const policy = await issueAtNoon(world);
  await friendPays(world, policy.code);
  await passDays(world, 100);
  const done = await surrender(world, policy);
  const view = () =>
    findOwnerPolicy(world.deps, { code: policy.code, userId: policy.owner.userId });
  expect(await view()).toMatchObject({
    status: "ended",
    endReason: "surrender",
    endedOn: addDays(today(world), 1),
    canSurrender: false,
    payableNowYuan: 2000,
    totalYuan: 2000,
    units: [
      { seq: 1, isMatured: true, endedOn: addDays(today(world), 1) },
      { seq: 2, isMatured: true },
    ],
    diagnosis: null,
    endorsements: [
      { number: done.endorsementNo, kind: "policy_ended", coverDeltaYuan: -2000 },
      { kind: "unit_added", coverDeltaYuan: 1000 },
      { kind: "unit_added", coverDeltaYuan: 1000 },
    ],
  });
  await passDays(world, 1);
  expect(await view()).toMatchObject({ payableNowYuan: 0, totalYuan: 0, units: [] });
});

test("the insured's page says what was told of a diagnosis, not of which day", async () => {
  const policy = await issueAtNoon(world);
  await passDays(world, 95);
  const diagnosedOn = today(world);
  await reportDiagnosis(world, policy, { diagnosedOn, outcome: "pay_matured" });
  const view = await findOwnerPolicy(world.deps, {
    code: policy.code,
    userId: policy.owner.userId,
  });
  expect(view).toMatchObject({
    status: "active",
    canSurrender: true,
    diagnosis: { outcome: "pay_matured", payableYuan: 1000, reportedAt: expect.any(String) },
  });
});

test("R21 after 24:00 of its last day it has expired, with nothing to give back", async () => {
  const policy = await issueAtNoon(world);
  const [dates] = await world.sql<{ last: string; days: number }>(
    "SELECT last_day_on::text AS last, last_day_on - $2::date AS days FROM policies WHERE code = $1",
    [policy.code, today(world)],
  );
  await passDays(world, (dates?.days ?? 0) + 1);
  const seen = { reason: "surrender", totalFen: 0 } as const;
  expect((await postSurrender(world, policy, seen)).json.code).toBe("policy_not_open");
  await runWorkerRound(world);
  const row = await policyRow(world, policy.code);
  expect(row).toMatchObject({ status: "ended", end_reason: "expired", units_paid: 1 });
  expect(row?.ended_on).toBe(addDays(dates?.last ?? "", 1));
  expect((await postSurrender(world, policy, seen)).json.code).toBe("policy_not_open");
  expect(await refundsOf(world, policy.code)).toEqual({});
  expect((await applyFor(world, policy.owner)).status).toBe(201);
});

/** `npm run policy` as a person without a terminal starts it. */
function runCommand(...words: string[]): Promise<{ exitCode: number; output: string }> {
  const { PATH = "", HOME = "" } = process.env;
  const environment = {
    PATH,
    HOME,
    ...appEnvironment(world.keys, world.sandbox.url),
    NODE_ENV: "test" as const,
    PUBLIC_URL: world.url,
    DATABASE_URL: world.databaseUrl,
    SESSION_SECRET: "aa".repeat(32),
    IDENTITY_ENCRYPTION_KEY: "bb".repeat(32),
    IDENTITY_INDEX_KEY: "cc".repeat(32),
  };
  const commandWords = ["--import", "tsx", "scripts/ops/policy.ts", ...words];
  return new Promise((resolve) => {
    execFile(process.execPath, commandWords, { env: environment }, (error, stdout, stderr) =>
      resolve({ exitCode: error ? Number(error.code) : 0, output: stdout + stderr }),
    );
  });
}
