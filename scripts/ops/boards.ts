/**
 * `npm run boards -- check`: what on the boards is not what the units say, without changing anything;
 * `-- recompute` mends it. Exit 1 when something was wrong.
 */
import { createDatabase, type Database } from "@/lib/db/database";
import { runOpsCommand } from "../support/ops-deps";
import { demoDatabaseUrl } from "../support/postgres";

const SHOWN_MAX = 50;

interface Difference {
  subject: string;
  counted: number | null;
  wanted: number | null;
  total: string;
}

await runOpsCommand(async ({ now }) => {
  const [act] = process.argv.slice(2);
  if (act !== "check" && act !== "recompute") {
    throw new Error("Say which: npm run boards -- check, or npm run boards -- recompute");
  }
  // Both read every unit there is, so no time-outs.
  const db = createDatabase(process.env.DATABASE_URL ?? (await demoDatabaseUrl()), 2, 0);
  try {
    return act === "check" ? await check(db, now()) : await recompute(db, now());
  } finally {
    await db.close();
  }
});

async function check(db: Database, now: Date): Promise<number> {
  const differences = await db.transaction(async (query) => {
    await query({ name: "at", text: "SELECT set_config('weihuzhu.audit_now', $1, true)" }, [
      now.toISOString(),
    ]);
    const text = "SELECT v.*, count(*) OVER () AS total FROM audit_i12_rank v LIMIT $1";
    return query<Difference>({ name: "differences", text }, [SHOWN_MAX]);
  });
  for (const { subject, counted, wanted } of differences) {
    console.log(`BAD  ${subject}: ${counted ?? "not there"}, should be ${wanted ?? "not there"}`);
  }
  const total = Number(differences[0]?.total ?? 0);
  if (total > differences.length) console.log(`     … ${total} in all`);
  if (total === 0) console.log("The boards are what the units say.");
  return total === 0 ? 0 : 1;
}

async function recompute(db: Database, now: Date): Promise<number> {
  const statement = { name: "recompute", text: "SELECT recompute_standings($1) AS wrong" };
  const [row] = await db.query<{ wrong: number }>(statement, [now.toISOString()]);
  const wrong = row?.wrong ?? 0;
  console.log(
    wrong === 0
      ? "The boards are what the units say."
      : `${wrong} rows and buckets were mended; changes still in the outbox are among them.`,
  );
  return wrong === 0 ? 0 : 1;
}
