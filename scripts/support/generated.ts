import { existsSync } from "node:fs";
import path from "node:path";
import { runNode } from "./commands";
import { repositoryFolder } from "./paths";
import { hashSources, isStamped, stamp } from "./stamps";

const SOURCES = ["prisma/schema", "prisma.config.ts", "node_modules/prisma/package.json"];
const CLIENT = path.join(repositoryFolder, "lib/db/generated/client.ts");

/** Generates the Prisma client when the schema or Prisma has changed; true when it did. */
export async function ensureGenerated(): Promise<boolean> {
  const hash = hashSources(SOURCES);
  if (existsSync(CLIENT) && (await isStamped("generate", hash))) return false;
  await runNode("prisma generate", ["node_modules/prisma/build/index.js", "generate"], {
    // Any program that exists keeps the CLI from downloading its engine, which generating never
    // runs. Node itself is there on every system, and fails loudly if it is taken for an engine.
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
    CHECKPOINT_DISABLE: "1",
  });
  await stamp("generate", hash);
  return true;
}
