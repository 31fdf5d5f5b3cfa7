/** `npm run audit`: one line for every invariant, exit 1 when one is broken. */
import { createDatabase } from "@/lib/db/database";
import { auditDatabase } from "@/lib/ledger/audit";

const databaseUrl = process.env.DATABASE_URL ?? (await demoDatabaseUrl());
const db = createDatabase(databaseUrl, 2, 0);
const lines = await auditDatabase(db, new Date());
await db.close();
for (const line of lines) {
  console.log(`${line.count === 0 ? "ok  " : "BAD "} ${line.name}: ${line.statement}`);
  for (const breach of line.breaches) console.log(`       ${JSON.stringify(breach)}`);
  if (line.count > line.breaches.length) console.log(`       … ${line.count} in all`);
}
const broken = lines.filter((line) => line.count > 0).length;
console.log(broken === 0 ? `${lines.length} invariants hold` : `${broken} invariants are broken`);
process.exit(broken === 0 ? 0 : 1);

/** Without DATABASE_URL: the running demo's database. */
async function demoDatabaseUrl(): Promise<string> {
  const { demoDatabaseUrl: url } = await import("./support/postgres");
  return url();
}
