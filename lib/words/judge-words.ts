/** The queue of words that wait for a person, and what he decides. */
import type { Deps } from "@/lib/deps";
import { assert } from "@/lib/errors/errors";
import type { WordsKind, WordsState } from "./contract";

/** A screenful for one sitting; the rest is there the next time. */
const QUEUE_MAX = 100;

export interface HeldWords {
  id: string;
  kind: WordsKind;
  text: string;
  verdict: string;
  policyCode: string;
  writtenAt: Date;
}

const HELD = {
  name: "held_words",
  text: `SELECT w.id, w.kind, w.text, w.verdict, p.code AS "policyCode", w.updated_at AS "writtenAt"
    FROM words w JOIN policies p ON p.id = w.policy_id WHERE w.state = 'held'
    ORDER BY w.created_at, w.id LIMIT $1`,
};
// The words that were read are those that are judged: another text since is another question.
const JUDGE = {
  name: "judge_words",
  text: `UPDATE words SET state = $2, verdict = $3, reviewed_by = $4, reviewed_at = $5
    WHERE id = $1 AND text IS NOT NULL AND state <> $2 AND ($6::timestamptz IS NULL OR updated_at = $6)
    RETURNING id`,
};

/** Oldest first. */
export function listHeldWords(deps: Pick<Deps, "db">): Promise<HeldWords[]> {
  return deps.db.query<HeldWords>(HELD, [QUEUE_MAX]);
}

/**
 * Shows or hides words for good: what was held, and also what was shown and somebody complained of.
 *
 * @param judgement.reason why they are hidden; the author reads a general sentence, never this.
 * @param judgement.writtenAt of the text that was read; absent, whatever stands there now is judged.
 * @returns false when there is nothing to change: unknown, already so, or written anew meanwhile.
 */
export async function judgeWords(
  deps: Pick<Deps, "db" | "now">,
  judgement: {
    id: string;
    state: Exclude<WordsState, "held">;
    by: string;
    reason: string | null;
    writtenAt?: Date;
  },
): Promise<boolean> {
  const { id, state, by, reason, writtenAt } = judgement;
  assert(state === "shown" || reason, "what is hidden is hidden for a reason");
  const values = [id, state, reason, by, deps.now(), writtenAt ?? null];
  return (await deps.db.query(JUDGE, values)).length > 0;
}
