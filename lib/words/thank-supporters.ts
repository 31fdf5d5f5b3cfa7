/** The insured thanks one supporter, by a tap or with words, or everybody he has not thanked yet. */
import type { Deps } from "@/lib/deps";
import { DomainError } from "@/lib/errors/errors";
import { newId } from "@/lib/ids";
import type { OwnWords, Thank, Thanked } from "./contract";
import { REPLACE_WORDS, WORDS_COLUMNS } from "./replace-words";
import { reviewWords } from "./review-words";

/** As many gifts as a policy can have. */
const THANKS_MAX = 100;

const OWN_POLICY = {
  name: "policy_to_thank_for",
  text: "SELECT id, status FROM policies WHERE code = $1 AND user_id = $2",
};
// Each giver hears of it once: the message is written with the row, and only with a new one.
const TELL = `told AS (
      INSERT INTO outbox_messages (topic, payload, next_attempt_at, created_at)
      SELECT 'thanked', jsonb_build_object('wordsId', id), $2, $2 FROM thanked WHERE "isNew")`;
const GIFTS = `FROM policies p JOIN units u ON u.policy_id = p.id AND u.status = 'active'
        JOIN orders o ON o.id = u.order_id AND o.kind = 'gift'`;
const THANK_ONE = {
  name: "thank_one",
  text: `WITH gift AS (
      SELECT o.id, p.id AS policy_id, p.user_id ${GIFTS}
        JOIN endorsements e ON e.unit_id = u.id AND e.kind = 'unit_added' AND e.number = $4
      WHERE p.id = $1 AND p.status = 'active'),
    unreacted AS (
      DELETE FROM reactions r USING words w, gift
      WHERE r.words_id = w.id AND w.order_id = gift.id AND w.kind = 'thanks' AND w.text IS DISTINCT FROM coalesce($5, w.text)),
    thanked AS (
      INSERT INTO words AS w (${WORDS_COLUMNS})
      SELECT $3, 'thanks', user_id, policy_id, id, $5, $6, $7, $2, $2 FROM gift
      ON CONFLICT (order_id, kind) ${REPLACE_WORDS}
      RETURNING id, text, state, xmax = 0 AS "isNew"),
    ${TELL}
    SELECT * FROM thanked`,
};
// In one order, so that two of these at once wait for each other instead of for ever.
const THANK_ALL = {
  name: "thank_all",
  text: `WITH gifts AS (
      SELECT o.id, p.id AS policy_id, p.user_id, row_number() OVER (ORDER BY o.id) AS n ${GIFTS}
      WHERE p.id = $1 AND p.status = 'active'
        AND NOT EXISTS (SELECT 1 FROM words t WHERE t.order_id = o.id AND t.kind = 'thanks')),
    thanked AS (
      INSERT INTO words (${WORDS_COLUMNS})
      SELECT ($3::text[])[n], 'thanks', user_id, policy_id, id, NULL, 'shown', NULL, $2, $2
      FROM gifts WHERE n <= cardinality($3::text[]) ORDER BY n
      ON CONFLICT (order_id, kind) DO NOTHING
      RETURNING id, true AS "isNew"),
    ${TELL}
    SELECT id FROM thanked`,
};

/**
 * Asking twice thanks nobody twice; words that come later replace the tap. Anonymous supporters are
 * thanked like everybody and stay anonymous. Words that are held reach the giver as a plain thank you
 * meanwhile.
 *
 * @throws DomainError not_found (also for somebody else's policy), policy_not_open once it has ended,
 *   not_settled when the endorsement adds no living gift.
 */
export async function thankSupporters(
  deps: Pick<Deps, "db" | "now" | "moderation" | "log">,
  { code, userId, thank }: { code: string; userId: string; thank: Thank },
): Promise<Thanked> {
  const [policy] = await deps.db.query<{ id: string; status: string }>(OWN_POLICY, [code, userId]);
  if (!policy) throw new DomainError("not_found");
  if (policy.status !== "active") throw new DomainError("policy_not_open");
  return "all" in thank ? thankAll(deps, policy.id) : thankOne(deps, policy.id, thank);
}

async function thankAll(deps: Pick<Deps, "db" | "now">, policyId: string): Promise<Thanked> {
  const now = deps.now();
  const ids = Array.from({ length: THANKS_MAX }, () => newId("words", now));
  const rows = await deps.db.query(THANK_ALL, [policyId, now, ids]);
  return { thanked: rows.length, words: null };
}

async function thankOne(
  deps: Pick<Deps, "db" | "now" | "moderation" | "log">,
  policyId: string,
  { endorsementNo, text: given }: Extract<Thank, { endorsementNo: string }>,
): Promise<Thanked> {
  const now = deps.now();
  const text = given || null;
  const { state, verdict } = text
    ? await reviewWords(deps, text, "thanks")
    : { state: "shown", verdict: null };
  const values = [policyId, now, newId("words", now), endorsementNo, text, state, verdict];
  const [row] = await deps.db.query<OwnWords & { isNew: boolean }>(THANK_ONE, values);
  if (!row) throw new DomainError("not_settled");
  const { isNew, ...words } = row;
  return { thanked: isNew ? 1 : 0, words };
}
