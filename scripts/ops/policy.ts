/**
 * `npm run policy -- void <code> <underwriting_failed|age_misstated>`: takes a policy back as if it had
 * never been and returns every premium to its payer (R32, R33), once a person has agreed to the sum.
 * `--yes` agrees beforehand.
 */
import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { DomainError } from "@/lib/errors/errors";
import { formatFen } from "@/lib/format/money";
import { previewVoid, VOID_REASONS, voidPolicy } from "@/lib/policies/void-policy";
import { runOpsCommand } from "../support/ops-deps";

const USAGE = `npm run policy -- void <code> <${VOID_REASONS.join("|")}> [--yes]`;

async function agree(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw new Error("Nobody is there to agree: say --yes.");
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(`${question} Type yes: `)).trim() === "yes";
  } finally {
    terminal.close();
  }
}

/** The refusals of the domain in words of this command. */
function explain(error: unknown): unknown {
  if (!(error instanceof DomainError)) return error;
  if (error.code === "not_found") return new Error("There is no policy with this code.");
  if (error.code === "policy_not_open") return new Error("This policy is not in force.");
  if (error.code === "quote_changed") return new Error("The sum has changed. Nothing was done.");
  return error;
}

await runOpsCommand(async (deps) => {
  const { values, positionals } = parseArgs({
    options: { yes: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  const [verb, code, given] = positionals;
  const reason = VOID_REASONS.find((one) => one === given);
  if (verb !== "void" || !code || !reason) throw new Error(USAGE);
  try {
    let totalFen: number | undefined;
    if (!values.yes) {
      const preview = await previewVoid(deps, { code, reason });
      ({ totalFen } = preview);
      const sum = `${formatFen(totalFen)} for ${preview.units} units`;
      if (!(await agree(`${code} ends and ${sum} goes back.`))) {
        console.log("Nothing was done.");
        return 1;
      }
    }
    const done = await voidPolicy(deps, { code, reason, totalFen });
    console.log(
      `Endorsement ${done.endorsementNo}: ${formatFen(done.totalFen)} for ${done.units.length} units ` +
        "goes back to those who paid; `npm run refunds` shows how far it is.",
    );
    return 0;
  } catch (error) {
    throw explain(error);
  }
});
