import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** On Linux a pid that another program got after a restart can be told from ours. */
async function isDemo(pid: number): Promise<boolean> {
  if (!isAlive(pid)) return false;
  const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => undefined);
  return command === undefined || command.includes("demo.mjs");
}

/**
 * Makes sure that only one demo works on a data folder: a second one would take the first one's
 * database for a leftover. Throws when one runs; returns what gives the folder back.
 */
export async function lockDataFolder(folder: string): Promise<() => Promise<void>> {
  const file = path.join(folder, "demo.pid");
  const pid = Number(await readFile(file, "utf8").catch(() => ""));
  if (pid > 0 && pid !== process.pid && (await isDemo(pid))) {
    throw new Error(`The demo already runs from this folder (pid ${pid}). Stop that one first.`);
  }
  await mkdir(folder, { recursive: true });
  await writeFile(file, String(process.pid));
  return () => rm(file, { force: true });
}
