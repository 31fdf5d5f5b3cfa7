import { existsSync } from "node:fs";
import path from "node:path";
import { runNode } from "./commands";
import { ensureGenerated } from "./generated";
import { repositoryFolder } from "./paths";
import { hashSources, isStamped, stamp } from "./stamps";

/** What `next build` reads. Tests lie beside the code and do not end up in the build. */
const SOURCES = [
  "app",
  "components",
  "lib",
  "public",
  "prisma/schema",
  "next.config.ts",
  "postcss.config.mjs",
  "proxy.ts",
  "tsconfig.json",
  "package-lock.json",
];
const isSource = (file: string): boolean =>
  !/\.test\.tsx?$/.test(file) && !file.startsWith(path.join("lib", "db", "generated"));

/** Builds the app for production when a source has changed since the last build; true if it did. */
export async function ensureBuilt(): Promise<boolean> {
  await ensureGenerated();
  const hash = hashSources(SOURCES, isSource);
  const isBuilt = existsSync(path.join(repositoryFolder, ".next/BUILD_ID"));
  if (isBuilt && (await isStamped("build", hash))) return false;
  await runNode("next build", ["node_modules/next/dist/bin/next", "build"], {
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
  });
  await stamp("build", hash);
  return true;
}
