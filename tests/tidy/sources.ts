import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** The root of the checkout; vitest runs there. */
export const root = process.cwd();

export type Source = { file: string; text: string };

/** What a run makes, what others wrote, and the history. */
const FOREIGN = /^(node_modules|dist|coverage|test-results|playwright-report|\.next|\.data|\.git)$/;
const GENERATED = /^lib\/db\/generated\/|^next-env\.d\.ts$|\.tsbuildinfo$|^\.env(\.local)?$/;

function walk(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) return FOREIGN.test(entry.name) ? [] : walk(file);
    return entry.isFile() && !GENERATED.test(file) ? [file] : [];
  });
}

/** Reads the repository's own files whose path matches, in name order. */
export function readSources(pattern: RegExp): Source[] {
  return walk("")
    .filter((file) => pattern.test(file))
    .sort()
    .map((file) => ({ file, text: readFileSync(path.join(root, file), "utf8") }));
}
