import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { createDeps, type Deps } from "@/lib/deps";
import { parseEnvironment } from "@/lib/env/env";
import { appEnvironment, ensureSandboxKeys } from "@/sandbox/keys";
import { dataFolder } from "./paths";
import { readLocalSecrets } from "./secrets";

/**
 * What the commands of `npm run` work on: the installation that the environment names, or, without
 * DATABASE_URL, the demo of this checkout. Close `db` when done.
 *
 * @throws Error that says what to set.
 */
export async function openOpsDeps(): Promise<Deps> {
  const environment = process.env.DATABASE_URL ? process.env : await demoEnvironment();
  const deps = createDeps(parseEnvironment({ LOG_LEVEL: "error", ...environment }));
  await deps.clock.refresh();
  return deps;
}

async function demoEnvironment(): Promise<Record<string, string | undefined>> {
  const file = path.join(dataFolder, "world.json");
  if (!existsSync(file)) throw new Error("Run `npm run demo` first, or set DATABASE_URL.");
  const world = JSON.parse(await readFile(file, "utf8")) as {
    appUrl: string;
    sandboxUrl: string;
    databaseUrl: string;
  };
  const secrets = await readLocalSecrets(dataFolder);
  const keys = ensureSandboxKeys(path.join(dataFolder, "sandbox/keys.json"));
  return {
    PUBLIC_URL: world.appUrl,
    DATABASE_URL: world.databaseUrl,
    SESSION_SECRET: secrets.sessionSecret,
    IDENTITY_ENCRYPTION_KEY: secrets.identityEncryptionKey,
    IDENTITY_INDEX_KEY: secrets.identityIndexKey,
    ...appEnvironment(keys, world.sandboxUrl),
  };
}

/**
 * Runs one command: prints what is wrong instead of a stack and ends with the exit code it returns.
 */
export async function runOpsCommand(command: (deps: Deps) => Promise<number>): Promise<void> {
  try {
    const deps = await openOpsDeps();
    try {
      process.exitCode = await command(deps);
    } finally {
      await deps.db.close();
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
