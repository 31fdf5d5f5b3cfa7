/** Six emoji, and who may answer whose words with one: the two of a gift each other, anybody a note. */
import type { Deps } from "@/lib/deps";
import { DomainError } from "@/lib/errors/errors";
import type { Reactions, WordsKind, WordsState } from "./contract";
import type { Emoji } from "./limits";
import { decideAudience } from "./rules";

interface WordsAndViewer {
  kind: WordsKind;
  state: WordsState;
  isAlive: boolean;
  isAuthor: boolean;
  isAddressee: boolean;
}

// A wish is addressed to the insured, thanks to the giver, a note to whoever has the link.
const WORDS_FOR_VIEWER = {
  name: "words_for_viewer",
  text: `SELECT w.kind, w.state, w.author_id = $2 AS "isAuthor",
      p.status = 'active' AND (w.order_id IS NULL OR u.status = 'active') IS TRUE AS "isAlive",
      CASE w.kind WHEN 'wish' THEN p.user_id = $2 WHEN 'thanks' THEN o.payer_id = $2 ELSE w.author_id IS DISTINCT FROM $2 END IS TRUE
        AS "isAddressee"
    FROM words w JOIN policies p ON p.id = w.policy_id LEFT JOIN orders o ON o.id = w.order_id
      LEFT JOIN units u ON u.order_id = w.order_id
    WHERE w.id = $1`,
};
// The row is locked against deletion, not against others who react to it.
const SET_REACTION = {
  name: "set_reaction",
  text: `INSERT INTO reactions (words_id, user_id, emoji, created_at)
    SELECT id, $2, $3, $4 FROM words WHERE id = $1 AND (state = 'shown' OR kind = 'thanks') FOR KEY SHARE
    ON CONFLICT (words_id, user_id) DO UPDATE SET emoji = EXCLUDED.emoji`,
};
const TAKE_REACTION_BACK = {
  name: "take_reaction_back",
  text: "DELETE FROM reactions WHERE words_id = $1 AND user_id = $2",
};
const REACTIONS = {
  name: "reactions_of_words",
  text: `SELECT emoji, count(*)::int AS count, coalesce(bool_or(user_id = $2), false) AS "isMine"
    FROM reactions WHERE words_id = $1 GROUP BY emoji`,
};

/**
 * One reaction a person: another one takes its place, null takes it back.
 *
 * @throws DomainError not_found for words that the person may not read, own_policy for his own.
 */
export async function react(
  deps: Pick<Deps, "db" | "now">,
  { wordsId, userId, emoji }: { wordsId: string; userId: string; emoji: Emoji | null },
): Promise<Reactions> {
  const audience = await audienceOf(deps, wordsId, userId);
  if (audience === "nobody") throw new DomainError("not_found");
  if (audience === "author") throw new DomainError("own_policy");
  await (emoji
    ? deps.db.query(SET_REACTION, [wordsId, userId, emoji, deps.now()])
    : deps.db.query(TAKE_REACTION_BACK, [wordsId, userId]));
  return countReactions(deps, { wordsId, userId });
}

/** @throws DomainError not_found for words that the viewer may not read. */
export async function getReactions(
  deps: Pick<Deps, "db">,
  { wordsId, userId }: { wordsId: string; userId: string | null },
): Promise<Reactions> {
  if ((await audienceOf(deps, wordsId, userId)) === "nobody") throw new DomainError("not_found");
  return countReactions(deps, { wordsId, userId });
}

async function audienceOf(deps: Pick<Deps, "db">, wordsId: string, userId: string | null) {
  const [row] = await deps.db.query<WordsAndViewer>(WORDS_FOR_VIEWER, [wordsId, userId]);
  return row ? decideAudience(row) : "nobody";
}

export async function countReactions(
  deps: Pick<Deps, "db">,
  { wordsId, userId }: { wordsId: string; userId: string | null },
): Promise<Reactions> {
  const rows = await deps.db.query<{ emoji: Emoji; count: number; isMine: boolean }>(REACTIONS, [
    wordsId,
    userId,
  ]);
  return {
    counts: Object.fromEntries(rows.map(({ emoji, count }) => [emoji, count])),
    mine: rows.find(({ isMine }) => isMine)?.emoji ?? null,
  };
}
