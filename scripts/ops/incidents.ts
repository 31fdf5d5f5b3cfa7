/**
 * `npm run incidents`: payment facts that nobody has explained yet; exit 1 while there are some.
 * `-- --explain <id> "<what it was and what was done>"` closes one for good.
 */
import { parseArgs } from "node:util";
import { explainIncident, listOpenIncidents } from "@/lib/payments/explain-incident";
import { runOpsCommand } from "../support/ops-deps";

await runOpsCommand(async (deps) => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { explain: { type: "string" } },
  });
  if (values.explain) {
    const note = positionals.join(" ").trim();
    await explainIncident(deps, { id: values.explain, note });
    console.log("Explained.");
    return 0;
  }
  const open = await listOpenIncidents(deps);
  for (const { id, kind, outTradeNo, transactionId, details, createdAt } of open) {
    console.log(`${id} ${kind} ${outTradeNo} ${transactionId} ${createdAt.toISOString()}`);
    console.log(`    ${JSON.stringify(details)}`);
  }
  if (open.length === 0) console.log("Every payment fact is explained.");
  return open.length === 0 ? 0 : 1;
});
