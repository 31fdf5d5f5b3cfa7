/** `npm run yuan`, run as a person at the server runs it. */
import { execFile } from "node:child_process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isStaffLink } from "@/lib/yuan/staff-link";
import { startWorld, type World } from "@/tests/support/world";
import { applyAndPay, friendPays } from "@/tests/support/world-story";

let world: World;
let outTradeNo: string;
beforeAll(async () => {
  world = await startWorld();
  const policy = await applyAndPay(world);
  outTradeNo = (await friendPays(world, policy.code)).order.outTradeNo;
});
afterAll(() => world.close());

interface Run {
  code: number;
  printed: string;
  complained: string;
}

function runYuan(...options: string[]): Promise<Run> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ["--import", "tsx", "scripts/yuan.ts", ...options],
      {
        env: {
          NODE_ENV: "test",
          PATH: process.env.PATH,
          DATABASE_URL: world.databaseUrl,
          PUBLIC_URL: "https://weihuzhu.example/",
          SESSION_SECRET: world.deps.config.sessionSecret,
        },
      },
      (error, printed, complained) =>
        resolve({ code: error ? Number(error.code) : 0, printed, complained }),
    );
  });
}

test("tells the yuan's story for each of its numbers", async () => {
  const [row] = await world.sql<{ id: string }>(
    "SELECT transaction_id AS id FROM orders WHERE out_trade_no = $1",
    [outTradeNo],
  );
  const runs = await Promise.all([runYuan(outTradeNo), runYuan(row?.id ?? "")]);
  for (const { code, printed } of runs) {
    expect(code).toBe(0);
    expect(printed).toContain(outTradeNo);
    expect(printed).toMatch(
      /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} {2}Became unit 2, cover ¥1,000$/m,
    );
    expect(printed).toMatch(/^Now: on the policy, unit 2, waiting$/m);
  }
});

test("--json is the same for programs", async () => {
  const { code, printed } = await runYuan(outTradeNo, "--json");
  expect(code).toBe(0);
  const yuan = JSON.parse(printed);
  expect(yuan.facts.order.outTradeNo).toBe(outTradeNo);
  expect(yuan.ending).toMatchObject({ kind: "unit", seq: 2 });
});

test("--link opens the staff's page of that order", async () => {
  const { printed } = await runYuan(outTradeNo, "--link");
  const url = new URL(printed.trim());
  expect(url.origin + url.pathname).toBe(`https://weihuzhu.example/admin/yuan/${outTradeNo}`);
  const token = url.searchParams.get("link") ?? undefined;
  expect(isStaffLink(world.deps.config, { outTradeNo, token }, new Date())).toBe(true);
});

test.each([
  ["an unknown number", ["W261122unknown"], /has the number W261122unknown/],
  ["no number", [], /Usage/],
  ["an option that does not exist", ["W1", "--all"], /--all/],
])("%s ends with exit code 1 and says why", async (_label, options, why) => {
  const { code, printed, complained } = await runYuan(...options);
  expect(code).toBe(1);
  expect(printed).toBe("");
  expect(complained).toMatch(why);
});
