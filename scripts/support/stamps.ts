import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { dataFolder, repositoryFolder } from "./paths";

// A stamp is the hash of what a step read, recorded when the step succeeded. The same hash next
// time means that the step would make the same thing again.

function listFiles(entry: string): string[] {
  const absolute = path.join(repositoryFolder, entry);
  const found = statSync(absolute, { throwIfNoEntry: false });
  if (!found) return [];
  if (found.isFile()) return [entry];
  return readdirSync(absolute, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => path.relative(repositoryFolder, path.join(file.parentPath, file.name)));
}

/** A hash over names and contents of files and folders of the repository; absent ones count too. */
export function hashSources(
  entries: string[],
  isSource = (_file: string): boolean => true,
): string {
  const hash = createHash("sha256");
  for (const file of entries.flatMap(listFiles).filter(isSource).sort()) {
    hash.update(file).update("\0");
    hash.update(readFileSync(path.join(repositoryFolder, file))).update("\0");
  }
  return hash.digest("hex");
}

function stampFile(name: string): string {
  return path.join(dataFolder, "stamps", name);
}

/** True when the step last succeeded on sources with this hash. */
export async function isStamped(name: string, hash: string): Promise<boolean> {
  return (await readFile(stampFile(name), "utf8").catch(() => "")) === hash;
}

/** Records that the step succeeded on sources with this hash. */
export async function stamp(name: string, hash: string): Promise<void> {
  await mkdir(path.dirname(stampFile(name)), { recursive: true });
  await writeFile(stampFile(name), hash);
}
