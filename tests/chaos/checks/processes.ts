/** I19 and the logs: no process fell by itself, and no request ended in "internal". */
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { ChaosWorld } from "../world/world";
import { type Finding, type Verdict, verdict } from "./verdict";

/** Enough of a line to know the error by. */
const SHOWN_CHARACTERS = 600;

export async function judgeLogs(world: ChaosWorld): Promise<Verdict> {
  const findings: Finding[] = [];
  for (const { name } of [...world.apps, world.worker]) {
    const text = await readFile(path.join(world.folder, `logs/${name}.log`), "utf8");
    const errors = text.split("\n").filter((line) => line.includes('"code":"internal"'));
    for (const line of errors) {
      findings.push({ kind: "unexplained", text: `${name}: ${line.slice(0, SHOWN_CHARACTERS)}` });
    }
  }
  return verdict("no request ended in an internal error", findings);
}

export function judgeProcesses(world: ChaosWorld): Verdict {
  const findings = [...world.apps, world.worker].flatMap(({ name, crashes }) =>
    crashes.map((how): Finding => ({ kind: "unexplained", text: `${name} fell: ${how}` })),
  );
  return verdict("no process ended that nobody had ended", findings);
}
