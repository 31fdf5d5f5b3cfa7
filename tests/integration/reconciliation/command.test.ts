/** `npm run reconcile` as an operator runs it: another process on the same database and WeChat. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CalendarDate } from "@/lib/pricing/calendar";
import { appEnvironment } from "@/sandbox/keys";
import { startWorld, type World } from "@/tests/support/world";
import { applyAndPay, friendPays } from "@/tests/support/world-story";
import { advanceToBill, advanceToHour, onlyDifference, plant } from "./days";

const root = fileURLToPath(new URL("../../..", import.meta.url));

let world: World;
let billDate: CalendarDate;
let outTradeNo: string;
beforeAll(async () => {
  world = await startWorld();
  await advanceToHour(world, 20);
  const { code } = await applyAndPay(world);
  billDate = await advanceToHour(world, 12);
  ({
    order: { outTradeNo },
  } = await friendPays(world, code));
  await friendPays(world, code);
  await plant(world, { billDate, kind: "omit_row", outTradeNo });
});
afterAll(() => world.close());

// Five processes, each of which loads the whole application: seconds on a busy machine.
test("not ready, then different, then explained and balanced: exit 2, 1, 0", async () => {
  expect(await command("--date", billDate)).toMatchObject({ exitCode: 2 });
  await advanceToBill(world, billDate);

  const differs = await command("--date", billDate);
  expect(differs.exitCode).toBe(1);
  expect(differs.output).toContain(`${billDate}  DIFFERS`);
  expect(differs.output).toMatch(/payments +1 for ¥1 +2 for ¥2 +2 for ¥2/);
  expect(differs.output).toContain(`open payment_absent ${outTradeNo}`);

  const listed = await command("--list");
  expect(listed).toMatchObject({ exitCode: 1 });
  const { id } = await onlyDifference(world, billDate);
  expect(listed.output).toContain(id);
  expect(await command("--explain", id, "WeChat corrects it")).toMatchObject({ exitCode: 0 });

  const balanced = await command("--from", billDate, "--to", billDate);
  expect(balanced.exitCode).toBe(0);
  expect(balanced.output).toContain("WeChat corrects it");
}, 120_000);

test("a day that is none: how the command is used, and exit 2", async () => {
  const answer = await command("--from", "2026-01-02", "--to", "2026-01-01");
  expect(answer.exitCode).toBe(2);
  expect(answer.output).toContain("Usage: npm run reconcile");
}, 60_000);

function command(...commandArguments: string[]): Promise<{ exitCode: number; output: string }> {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ...appEnvironment(world.keys, world.sandbox.url),
    NODE_ENV: "test",
    PUBLIC_URL: world.url,
    DATABASE_URL: world.databaseUrl,
    SESSION_SECRET: "aa".repeat(32),
    IDENTITY_ENCRYPTION_KEY: "bb".repeat(32),
    IDENTITY_INDEX_KEY: "cc".repeat(32),
  };
  const all = ["--import", "tsx", "scripts/reconcile.ts", ...commandArguments];
  return new Promise((resolve) => {
    const child = execFile(process.execPath, all, { cwd: root, env }, (_error, stdout, stderr) => {
      resolve({ exitCode: child.exitCode ?? -1, output: stdout + stderr });
    });
  });
}
