/**
 * Hidden by a person, or written after that and not looked at yet. Such words are neither replaced nor
 * unsaid into being free again, however often their author writes.
 */
export const IS_GUARDED =
  "((w.state = 'hidden' AND w.reviewed_by IS NOT NULL) OR (w.state = 'held' AND w.verdict LIKE 'after_hidden%'))";

/**
 * What happens to a row of `words AS w` when its author writes anew: new words have their own verdict,
 * and what was said about the old ones is gone. The same words keep theirs, so that repeating them is
 * no way around it, and words that a person has hidden are followed by words that a person looks at.
 * One tap (no text) leaves what is there.
 */
const IS_NEW = "EXCLUDED.text IS NOT NULL AND EXCLUDED.text IS DISTINCT FROM w.text";

const VALUES: Readonly<Record<string, string>> = {
  text: "EXCLUDED.text",
  state: `CASE WHEN ${IS_GUARDED} THEN 'held' ELSE EXCLUDED.state END`,
  verdict: `CASE WHEN ${IS_GUARDED} THEN 'after_hidden' || coalesce(': ' || EXCLUDED.verdict, '') ELSE EXCLUDED.verdict END`,
  reviewed_by: "NULL",
  reviewed_at: "NULL",
  updated_at: "EXCLUDED.updated_at",
};

/** Follows `ON CONFLICT (…)` of an `INSERT INTO words AS w`. */
export const REPLACE_WORDS = `DO UPDATE SET ${Object.entries(VALUES)
  .map(([column, value]) => `${column} = CASE WHEN ${IS_NEW} THEN ${value} ELSE w.${column} END`)
  .join(", ")}`;

/** Columns of an insert, in this order. */
export const WORDS_COLUMNS =
  "id, kind, author_id, policy_id, order_id, text, state, verdict, created_at, updated_at";
