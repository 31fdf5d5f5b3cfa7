/** What the insured says to everybody who opens his link. */
import type { Deps } from "@/lib/deps";
import { DomainError } from "@/lib/errors/errors";
import { newId } from "@/lib/ids";
import type { OwnWords } from "./contract";
import { IS_GUARDED, REPLACE_WORDS, WORDS_COLUMNS } from "./replace-words";
import { reviewWords } from "./review-words";

const OWN_POLICY = {
  name: "policy_to_write_on",
  text: "SELECT id, status FROM policies WHERE code = $1 AND user_id = $2",
};
const WRITE_NOTE = {
  name: "write_note",
  text: `WITH unreacted AS (
      DELETE FROM reactions r USING words w
      WHERE r.words_id = w.id AND w.policy_id = $2 AND w.kind = 'note' AND w.text IS DISTINCT FROM $3)
    INSERT INTO words AS w (${WORDS_COLUMNS})
    SELECT $1, 'note', user_id, id, NULL, $3, $4, $5, $6, $6 FROM policies WHERE id = $2 AND status = 'active'
    ON CONFLICT (policy_id) WHERE kind = 'note' ${REPLACE_WORDS}
    RETURNING id, text, state`,
};
const UNSAY_NOTE = {
  name: "unsay_note",
  text: `DELETE FROM words w WHERE policy_id = $1 AND kind = 'note' AND NOT ${IS_GUARDED}`,
};
const NOTE = {
  name: "own_note",
  text: `SELECT id, text, state FROM words WHERE policy_id = $1 AND kind = 'note'`,
};

/**
 * @param note.text null or "" takes it back, which is possible for ever; writing needs a policy in force.
 * @throws DomainError not_found (also for somebody else's policy), policy_not_open.
 */
export async function writeNote(
  deps: Pick<Deps, "db" | "now" | "moderation" | "log">,
  note: { code: string; userId: string; text: string | null },
): Promise<{ words: OwnWords | null }> {
  const { code, userId, text } = note;
  const [policy] = await deps.db.query<{ id: string; status: string }>(OWN_POLICY, [code, userId]);
  if (!policy) throw new DomainError("not_found");
  if (!text) {
    await deps.db.query(UNSAY_NOTE, [policy.id]);
    const [left] = await deps.db.query<OwnWords>(NOTE, [policy.id]);
    return { words: left ?? null };
  }
  if (policy.status !== "active") throw new DomainError("policy_not_open");
  const now = deps.now();
  const { state, verdict } = await reviewWords(deps, text, "note");
  const values = [newId("words", now), policy.id, text, state, verdict, now];
  const [words] = await deps.db.query<OwnWords>(WRITE_NOTE, values);
  if (!words) throw new DomainError("policy_not_open");
  return { words };
}
