/**
 * `npm run jobs`: what waits and what has been given up. `-- --replay [id …]` runs dead jobs again,
 * `-- --discard id …` removes them. Exit 1 while there are dead jobs.
 */
import { parseArgs } from "node:util";
import { countJobs, discardDeadJobs, listDeadJobs, replayDeadJobs } from "@/lib/jobs/dead-jobs";
import { runOpsCommand } from "../support/ops-deps";

await runOpsCommand(async ({ db }) => {
  const { values, positionals: ids } = parseArgs({
    allowPositionals: true,
    options: { replay: { type: "boolean" }, discard: { type: "boolean" } },
  });
  if (values.replay) {
    console.log(`${await replayDeadJobs(db, ids.length > 0 ? ids : null)} jobs run again`);
    return 0;
  }
  if (values.discard) {
    if (ids.length === 0) throw new Error("Say which: npm run jobs -- --discard <id> …");
    console.log(`${await discardDeadJobs(db, ids)} jobs removed`);
    return 0;
  }
  for (const { task, waiting, failing, oldestAt, lastError } of await countJobs(db)) {
    console.log(
      `${task}: ${waiting} waiting, ${failing} of them failed before; next ${oldestAt.toISOString()}`,
    );
    if (lastError) console.log(`    ${lastError}`);
  }
  const dead = await listDeadJobs(db);
  for (const job of dead) {
    console.log(`DEAD ${job.id} ${job.task} ${JSON.stringify(job.payload)}`);
    console.log(
      `    since ${job.createdAt.toISOString()}, ${job.attempts} tries: ${job.lastError ?? "its worker was killed"}`,
    );
  }
  if (dead.length === 0) console.log("No job has been given up.");
  return dead.length === 0 ? 0 : 1;
});
