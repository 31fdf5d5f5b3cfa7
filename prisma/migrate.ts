import { fileURLToPath } from "node:url";
import { runMigrations } from "graphile-worker";
import pg from "pg";
import { findDrift } from "./drift";
import { migrationsFolder, noFilters, readMigrations, withSchemaEngine } from "./schema-engine";

/**
 * Applies every migration that `databaseUrl` does not have yet, in name order, and returns their
 * names. Two processes that start at once take turns: the engine holds an advisory lock. Throws with the engine's message when a
 * migration fails; a failed migration stays marked and stops later runs until someone looks.
 */
export async function migrate(
  databaseUrl: string,
  folder = migrationsFolder,
): Promise<{ applied: string[] }> {
  await installJobQueue(databaseUrl);
  const migrationsList = await readMigrations(folder);
  const { appliedMigrationNames } = await withSchemaEngine(databaseUrl, (engine) =>
    engine.applyMigrations({ migrationsList, filters: noFilters }),
  );
  return { applied: appliedMigrationNames };
}

/** Any number that nothing else locks. */
const JOB_QUEUE_LOCK = 7_236_001;

/** The job queue keeps its tables in its own schema, and our functions name them: it comes first. */
async function installJobQueue(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [JOB_QUEUE_LOCK]);
    await runMigrations({ connectionString: databaseUrl, maxPoolSize: 1 });
  } finally {
    await client.end();
  }
}

/**
 * Everything that keeps `databaseUrl` from being the database this checkout describes, one
 * sentence each: migrations missing, edited or failed, and differences from the Prisma schema.
 * Writes nothing to that database; the comparison uses a scratch database on the same server.
 */
export async function checkMigrations(databaseUrl: string): Promise<string[]> {
  const migrationsList = await readMigrations();
  const found = await withSchemaEngine(databaseUrl, (engine) =>
    engine.diagnoseMigrationHistory({
      migrationsList,
      optInToShadowDatabase: false,
      filters: noFilters,
    }),
  );
  const history = found.history;
  const problems = [
    ...found.failedMigrationNames.map((name) => `Migration ${name} failed and was left half done.`),
    ...found.editedMigrationNames.map((name) => `Migration ${name} was edited after it ran.`),
  ];
  if (history && "unappliedMigrationNames" in history) {
    problems.push(...history.unappliedMigrationNames.map((name) => `Migration ${name} never ran.`));
  }
  if (history && "unpersistedMigrationNames" in history) {
    problems.push(
      ...history.unpersistedMigrationNames.map(
        (name) => `Migration ${name} ran, its file is gone.`,
      ),
    );
  }
  return problems.length > 0 ? problems : findDrift(databaseUrl);
}

async function main(): Promise<void> {
  const databaseUrl = process.env.DATABASE_URL;
  if (!databaseUrl) throw new Error("Set DATABASE_URL to the database to migrate.");
  if (process.argv.includes("--check")) {
    const problems = await checkMigrations(databaseUrl);
    for (const problem of problems) console.error(problem);
    if (problems.length === 0) console.log("The database is what the migrations and schema say.");
    process.exitCode = problems.length === 0 ? 0 : 1;
    return;
  }
  const { applied } = await migrate(databaseUrl);
  for (const name of applied) console.log(`Applied ${name}`);
  if (applied.length === 0) console.log("Nothing to apply.");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
