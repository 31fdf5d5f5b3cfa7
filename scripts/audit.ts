/** `npm run audit`: one line for every invariant, exit 1 when one is broken or cannot be read. */
import { createDatabase } from "@/lib/db/database";
import { auditDatabase } from "@/lib/ledger/audit";
import { demoDatabaseUrl } from "./support/postgres";

/** Two connections and no time-outs: it reads everything there is. */
async function audit(): Promise<boolean> {
  const db = createDatabase(process.env.DATABASE_URL ?? (await demoDatabaseUrl()), 2, 0);
  try {
    const lines = await auditDatabase(db, new Date());
    for (const line of lines) {
      console.log(`${line.count === 0 ? "ok  " : "BAD "} ${line.name}: ${line.statement}`);
      for (const breach of line.breaches) console.log(`       ${JSON.stringify(breach)}`);
      if (line.count > line.breaches.length) console.log(`       … ${line.count} in all`);
    }
    const broken = lines.filter((line) => line.count > 0).length;
    console.log(
      broken === 0 ? `${lines.length} invariants hold` : `${broken} invariants are broken`,
    );
    return broken === 0;
  } finally {
    await db.close();
  }
}

audit().then(
  (isClean) => process.exit(isClean ? 0 : 1),
  (error: unknown) => {
    console.error(`The audit could not read: ${error instanceof Error ? error.message : error}`);
    process.exit(1);
  },
);
