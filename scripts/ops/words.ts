/**
 * `npm run words`: what people wrote and nobody has judged yet, the oldest first; exit 1 while there is some.
 * `-- show <id@moment> --by <who>` lets it be read, `-- hide <id[@moment]> --by <who> --reason "<why>"` does
 * not, which also takes down what is shown. The moment is that of the text that was read: should its
 * author have written anew meanwhile, nothing is decided.
 */
import { parseArgs } from "node:util";
import { judgeWords, listHeldWords } from "@/lib/words/judge-words";
import { runOpsCommand } from "../support/ops-deps";

const USAGE = `npm run words [-- show <id@moment> --by <who> | hide <id[@moment]> --by <who> --reason "<why>"]`;

function parseJudgement() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { by: { type: "string" }, reason: { type: "string" } },
  });
  const [verb, address = ""] = positionals;
  if (!verb) return null;
  const [, id, moment] = /^(wrd_[0-9a-z]+)(?:@(\d+))?$/.exec(address) ?? [];
  const by = values.by?.trim();
  const reason = values.reason?.trim() || null;
  const isComplete = verb === "show" ? moment : verb === "hide" && reason;
  if (!id || !by || !isComplete) throw new Error(USAGE);
  const writtenAt = moment ? { writtenAt: new Date(Number(moment)) } : {};
  return verb === "show"
    ? { id, by, state: "shown" as const, reason: null, ...writtenAt }
    : { id, by, state: "hidden" as const, reason, ...writtenAt };
}

await runOpsCommand(async (deps) => {
  const judgement = parseJudgement();
  if (judgement) {
    const isDone = await judgeWords(deps, judgement);
    console.log(
      isDone
        ? `Now ${judgement.state}.`
        : "Nothing was changed: unknown, already so, or rewritten.",
    );
    return isDone ? 0 : 1;
  }
  const held = await listHeldWords(deps);
  for (const { id, kind, text, verdict, policyCode, writtenAt } of held) {
    console.log(`${id}@${writtenAt.getTime()} ${kind} on ${policyCode}: ${verdict}`);
    console.log(`    ${JSON.stringify(text)}, ${writtenAt.toISOString()}`);
  }
  if (held.length === 0) console.log("No words wait for a person.");
  return held.length === 0 ? 0 : 1;
});
