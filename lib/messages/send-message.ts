/**
 * One message, at most once whatever dies: the claim is committed before WeChat is called, and a claim
 * whose answer nobody has heard is never sent again. The inbox tells everything anyway.
 */
import type { Deps } from "@/lib/deps";
import type { NoticeKind } from "@/lib/notices/contract";
import { shanghaiDateOf, startOfShanghaiDay } from "@/lib/pricing/calendar";
import type { SendOutcome } from "@/lib/wechat/messages/messages";
import { CONSENTS_MAX, type MessageKind } from "./contract";
import { findMessageKind } from "./plan";
import { decideMessage, type MessageDecision } from "./rules";
import { messageWords } from "./words";

interface DueMessage {
  id: string;
  userId: string;
  openid: string;
  template: string;
  notice: NoticeKind;
  details: Record<string, unknown>;
  createdAt: Date;
  consents: number;
  isStopped: boolean;
  sentToday: number;
  sentThisCampaign: number;
}

// A lock of its own for each person: two of his messages that are due at once are decided in turn. The
// facts are read by the next statement, which sees what was committed while this one waited.
const TAKE_TURN = {
  name: "take_turn_of_messages",
  text: `SELECT pg_advisory_xact_lock(hashtextextended('messages of ' || user_id, 0))
    FROM messages WHERE id = $1 AND state = 'due'`,
};
/** May have reached the person. */
const COUNTS = "s.state IN ('sending', 'sent', 'unknown')";
const DUE_MESSAGE = {
  name: "due_message",
  text: `SELECT m.id, m.user_id AS "userId", u.openid, m.template, n.kind AS notice, n.details, m.created_at AS "createdAt",
      coalesce(c.remaining, 0) AS consents, f.reminders_stopped_at IS NOT NULL AS "isStopped",
      (SELECT count(*)::int FROM messages s WHERE s.user_id = m.user_id AND ${COUNTS} AND s.claimed_at >= $3) AS "sentToday",
      (SELECT count(*)::int FROM messages s WHERE s.user_id = m.user_id AND ${COUNTS} AND s.policy_id = m.policy_id
        AND s.claimed_at < p.collecting_until AND $2 < p.collecting_until) AS "sentThisCampaign"
    FROM messages m JOIN notices n ON n.id = m.notice_id JOIN users u ON u.id = m.user_id
      LEFT JOIN policies p ON p.id = m.policy_id LEFT JOIN profiles f ON f.user_id = m.user_id
      LEFT JOIN message_consents c ON c.user_id = m.user_id AND c.template = m.template
    WHERE m.id = $1 AND m.state = 'due' AND m.due_at <= $2`,
};
const CLAIM = {
  name: "claim_message",
  text: `WITH spent AS (
      UPDATE message_consents SET remaining = remaining - 1, updated_at = $2
      WHERE user_id = $3 AND template = $4 AND remaining > 0 RETURNING 1)
    UPDATE messages SET state = 'sending', due_at = NULL, claimed_at = $2
    FROM spent WHERE id = $1 AND state = 'due' RETURNING id`,
};
const WAIT = {
  name: "postpone_message",
  text: "UPDATE messages SET due_at = $2 WHERE id = $1 AND state = 'due'",
};
const SKIP = {
  name: "skip_message",
  text: "UPDATE messages SET state = 'skipped', due_at = NULL, reason = $2 WHERE id = $1 AND state = 'due'",
};
// Only by the claim that asked: one that was given up as unknown may still hear the truth.
const OF_CLAIM = "id = $1 AND claimed_at = $2 AND state IN ('sending', 'unknown')";
const MARK_SENT = {
  name: "mark_message_sent",
  text: `UPDATE messages SET state = 'sent', sent_at = $3, reason = NULL WHERE ${OF_CLAIM}`,
};
const MARK_UNKNOWN = {
  name: "mark_message_unknown",
  text: `UPDATE messages SET state = 'unknown', reason = 'no_answer' WHERE ${OF_CLAIM}`,
};
/** Nobody got it: unless WeChat says that there is no consent, the consent is still there. */
const GIVE_BACK = `UPDATE message_consents c SET updated_at = $3,
    remaining = CASE WHEN $4 = 'no_consent' THEN 0 ELSE least(c.remaining + 1, ${CONSENTS_MAX}) END
  FROM ended e WHERE c.user_id = e.user_id AND c.template = e.template`;
const MARK_REFUSED = {
  name: "mark_message_refused",
  text: `WITH ended AS (
      UPDATE messages SET state = 'refused', reason = $4 WHERE ${OF_CLAIM} RETURNING user_id, template)
    ${GIVE_BACK}`,
};
const RETRY = {
  name: "retry_message",
  text: `WITH ended AS (
      UPDATE messages SET state = 'due', due_at = $5, claimed_at = NULL, reason = $4
      WHERE id = $1 AND claimed_at = $2 AND state = 'sending' RETURNING user_id, template)
    ${GIVE_BACK}`,
};
const GIVE_UP = {
  name: "give_up_messages",
  text: `UPDATE messages SET state = 'unknown', reason = 'no_answer' WHERE state = 'sending' AND claimed_at < $1`,
};

/** Until the quota is new or there is a token again; a message lives for two days at the longest. */
const RETRY_MS = 30 * 60_000;
/** Far beyond the six seconds of a call: whoever sent it is dead. */
const LEASE_MS = 2 * 60_000;

type Claimed = DueMessage & { kind: MessageKind };

/** Sends a message that is due, if it still may go. @throws database errors of an outage. */
export async function sendMessage(deps: Deps, messageId: string): Promise<void> {
  const now = deps.now();
  const message = await claimMessage(deps, messageId, now);
  if (!message) return;
  const outcome = await deps.messages.send({
    openid: message.openid,
    templateId: message.template,
    pageUrl: `${deps.config.publicUrl}/me/notices?from=message`,
    at: message.createdAt,
    ...messageWords(message.kind, message.details),
  });
  await recordOutcome(deps, { id: message.id, claimedAt: now }, outcome);
}

/** Decides with the facts of this moment, and commits the decision. Null: nothing to send. */
function claimMessage(deps: Deps, messageId: string, now: Date): Promise<Claimed | null> {
  return deps.db.transaction(async (query) => {
    const today = startOfShanghaiDay(shanghaiDateOf(now));
    await query(TAKE_TURN, [messageId]);
    const [message] = await query<DueMessage>(DUE_MESSAGE, [messageId, now, today]);
    if (!message) return null;
    const kind = findMessageKind(message.notice);
    const decision: MessageDecision = kind
      ? decideMessage({ ...message, kind, now })
      : { action: "skip", reason: "no_consent" };
    if (decision.action === "wait") await query(WAIT, [messageId, decision.dueAt]);
    if (decision.action === "skip") await query(SKIP, [messageId, decision.reason]);
    if (decision.action !== "send" || !kind) return null;
    const claimed = await query(CLAIM, [messageId, now, message.userId, message.template]);
    return claimed.length > 0 ? { ...message, kind } : null;
  });
}

async function recordOutcome(
  deps: Deps,
  { id, claimedAt }: { id: string; claimedAt: Date },
  outcome: SendOutcome,
): Promise<void> {
  const now = deps.now();
  switch (outcome.kind) {
    case "sent":
      await deps.db.query(MARK_SENT, [id, claimedAt, now]);
      return;
    case "unknown":
      await deps.db.query(MARK_UNKNOWN, [id, claimedAt]);
      break;
    case "refused":
      await deps.db.query(MARK_REFUSED, [id, claimedAt, now, outcome.reason]);
      break;
    case "later": {
      const dueAt = new Date(now.getTime() + RETRY_MS);
      await deps.db.query(RETRY, [id, claimedAt, now, outcome.reason, dueAt]);
      break;
    }
  }
  const reason = "reason" in outcome ? outcome.reason : "no_answer";
  deps.log.warn({ messageId: id, outcome: outcome.kind, reason }, "message not confirmed");
}

/** What was claimed by somebody who has died since is not sent again. */
export async function giveUpMessages(deps: Pick<Deps, "db" | "now">): Promise<void> {
  await deps.db.query(GIVE_UP, [new Date(deps.now().getTime() - LEASE_MS)]);
}
