/** Bounded reads of words for those who may read them. */
import type { Deps } from "@/lib/deps";
import type { OwnWords, WordsState } from "./contract";
import type { Emoji } from "./limits";
import { countReactions } from "./react";
import type { GiftWords, Note } from "./views";

const GIFT_WORDS = {
  name: "words_of_gift",
  text: `SELECT o.is_anonymous AS "anonymous", (u.status = 'active' AND p.status = 'active') IS TRUE AS "canWrite",
      w.id AS "wishId", w.text AS "wishText", w.state AS "wishState", wr.emoji AS "wishReaction",
      t.id AS "thanksId", CASE WHEN t.state = 'shown' THEN t.text END AS "thanksText", t.created_at AS "thankedAt",
      tr.emoji AS "thanksReaction"
    FROM orders o JOIN policies p ON p.id = o.policy_id LEFT JOIN units u ON u.order_id = o.id
      LEFT JOIN words w ON w.order_id = o.id AND w.kind = 'wish'
      LEFT JOIN reactions wr ON wr.words_id = w.id AND wr.user_id = p.user_id AND w.state = 'shown'
      LEFT JOIN words t ON t.order_id = o.id AND t.kind = 'thanks'
      LEFT JOIN reactions tr ON tr.words_id = t.id AND tr.user_id = o.payer_id
    WHERE o.out_trade_no = $1 AND o.payer_id = $2 AND o.kind = 'gift'`,
};
const SHOWN_NOTE = {
  name: "shown_note",
  text: `SELECT w.id, w.text, w.updated_at AS "writtenAt" FROM policies p JOIN words w ON w.policy_id = p.id
    WHERE p.code = $1 AND p.status = 'active' AND w.kind = 'note' AND w.state = 'shown'`,
};
const OWN_NOTE = {
  name: "note_of_owner",
  text: `SELECT w.id, w.text, w.state FROM policies p JOIN words w ON w.policy_id = p.id
    WHERE p.code = $1 AND p.user_id = $2 AND w.kind = 'note'`,
};

interface GiftRow {
  anonymous: boolean;
  canWrite: boolean;
  wishId: string | null;
  wishText: string | null;
  wishState: WordsState;
  wishReaction: Emoji | null;
  thanksId: string | null;
  thanksText: string | null;
  thankedAt: Date;
  thanksReaction: Emoji | null;
}

/** For the giver; null for everybody else, and for the insured's own unit. */
export async function findGiftWords(
  deps: Pick<Deps, "db">,
  { outTradeNo, userId }: { outTradeNo: string; userId: string },
): Promise<GiftWords | null> {
  const [row] = await deps.db.query<GiftRow>(GIFT_WORDS, [outTradeNo, userId]);
  if (!row) return null;
  const { anonymous, canWrite, wishId, thanksId } = row;
  return {
    anonymous,
    canWrite,
    wish:
      wishId === null
        ? null
        : { id: wishId, text: row.wishText, state: row.wishState, reaction: row.wishReaction },
    thanks:
      thanksId === null
        ? null
        : {
            id: thanksId,
            text: row.thanksText,
            thankedAt: row.thankedAt.toISOString(),
            reaction: row.thanksReaction,
          },
  };
}

/** What stands on the public page: the same for everybody, so nothing in it is about the viewer. */
export async function findNote(deps: Pick<Deps, "db">, code: string): Promise<Note | null> {
  const [row] = await deps.db.query<{ id: string; text: string; writtenAt: Date }>(SHOWN_NOTE, [
    code,
  ]);
  if (!row) return null;
  const { counts } = await countReactions(deps, { wordsId: row.id, userId: null });
  return { id: row.id, text: row.text, writtenAt: row.writtenAt.toISOString(), counts };
}

/** The insured's own note, whatever the moderation thinks of it. */
export async function findOwnNote(
  deps: Pick<Deps, "db">,
  { code, userId }: { code: string; userId: string },
): Promise<OwnWords | null> {
  return (await deps.db.query<OwnWords>(OWN_NOTE, [code, userId]))[0] ?? null;
}
