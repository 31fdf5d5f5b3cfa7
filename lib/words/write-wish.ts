/** A giver says something to the insured, says it differently, or unsays it: after he has paid. */
import type { Deps } from "@/lib/deps";
import { DomainError } from "@/lib/errors/errors";
import { newId } from "@/lib/ids";
import type { OwnWords } from "./contract";
import { IS_GUARDED, REPLACE_WORDS, WORDS_COLUMNS } from "./replace-words";
import { reviewWords } from "./review-words";

const GIFT = {
  name: "gift_to_write_on",
  text: `SELECT o.id, o.kind, u.status = 'active' AND p.status = 'active' AS "isAlive"
    FROM orders o JOIN policies p ON p.id = o.policy_id LEFT JOIN units u ON u.order_id = o.id
    WHERE o.out_trade_no = $1 AND o.payer_id = $2`,
};
// The unit is asked for once more: it may have gone back to its payer since. Reactions were to other words.
const WRITE_WISH = {
  name: "write_wish",
  text: `WITH unreacted AS (
      DELETE FROM reactions r USING words w
      WHERE r.words_id = w.id AND w.order_id = $2 AND w.kind = 'wish' AND w.text IS DISTINCT FROM $3)
    INSERT INTO words AS w (${WORDS_COLUMNS})
    SELECT $1, 'wish', o.payer_id, o.policy_id, o.id, $3, $4, $5, $6, $6
    FROM orders o JOIN units u ON u.order_id = o.id JOIN policies p ON p.id = o.policy_id
    WHERE o.id = $2 AND u.status = 'active' AND p.status = 'active'
    ON CONFLICT (order_id, kind) ${REPLACE_WORDS}
    RETURNING id, text, state`,
};
// What a person has hidden nobody sees; it stays, so that taking it back and writing anew is no way around him.
const UNSAY_WISH = {
  name: "unsay_wish",
  text: `DELETE FROM words w WHERE order_id = $1 AND kind = 'wish' AND NOT ${IS_GUARDED}`,
};
const WISH = {
  name: "own_wish",
  text: `SELECT id, text, state FROM words WHERE order_id = $1 AND kind = 'wish'`,
};

/**
 * @param wish.text null or "" takes the words back, which is possible for ever; writing needs a unit that lives.
 * @returns what stands there now, whatever the moderation thinks of it.
 * @throws DomainError not_found (also for somebody else's order), own_policy for the insured's own unit,
 *   not_settled when there is no living unit.
 */
export async function writeWish(
  deps: Pick<Deps, "db" | "now" | "moderation" | "log">,
  wish: { outTradeNo: string; userId: string; text: string | null },
): Promise<{ words: OwnWords | null }> {
  const [gift] = await deps.db.query<{ id: string; kind: string; isAlive: boolean | null }>(GIFT, [
    wish.outTradeNo,
    wish.userId,
  ]);
  if (!gift) throw new DomainError("not_found");
  if (gift.kind === "first") throw new DomainError("own_policy");
  if (!wish.text) {
    await deps.db.query(UNSAY_WISH, [gift.id]);
    const [left] = await deps.db.query<OwnWords>(WISH, [gift.id]);
    return { words: left ?? null };
  }
  if (!gift.isAlive) throw new DomainError("not_settled");
  const now = deps.now();
  const { state, verdict } = await reviewWords(deps, wish.text, "wish");
  const values = [newId("words", now), gift.id, wish.text, state, verdict, now];
  const [words] = await deps.db.query<OwnWords>(WRITE_WISH, values);
  if (!words) throw new DomainError("not_settled");
  return { words };
}
