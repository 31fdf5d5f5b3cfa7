/** What one person has been told: bounded reads, and the mark that he has seen it. */
import type { Deps } from "@/lib/deps";
import type { RefundReason } from "@/lib/payments/contract";
import { reasonForPayer } from "@/lib/payments/reason-for-payer";
import { NOTICES_MAX, type Notice, type NoticeKind, type Notices } from "./contract";

type Reads = Pick<Deps, "db">;

interface Row {
  id: string;
  kind: NoticeKind;
  createdAt: Date;
  isRead: boolean;
  details: Record<string, unknown>;
  nickname: string | null;
  thanks: string | null;
  outTradeNo: string | null;
  orderKind: "first" | "gift" | null;
  policyCode: string | null;
}

// Each half walks one person's notices from the newest; a person has at most a few hundred. Names and
// words of others are read as they are now: a giver may have become anonymous, words may be hidden.
const NOTICES = {
  name: "notices_of_user",
  text: `WITH mine AS (
      (SELECT * FROM notices WHERE user_id = $1 AND read_at IS NULL ORDER BY id DESC LIMIT $2)
      UNION ALL
      (SELECT * FROM notices WHERE user_id = $1 AND read_at IS NOT NULL ORDER BY id DESC LIMIT $2))
    SELECT n.id::text, n.kind, n.created_at AS "createdAt", n.read_at IS NOT NULL AS "isRead",
      n.details, o.out_trade_no AS "outTradeNo", o.kind AS "orderKind", p.code AS "policyCode",
      (SELECT w.nickname FROM units u JOIN orders g ON g.id = u.order_id JOIN users w ON w.id = g.payer_id
        WHERE n.kind = 'unit_received' AND u.id = substr(n.fact, length('unit_received:') + 1)
          AND NOT g.is_anonymous) AS nickname,
      (SELECT w.text FROM words w
        WHERE n.kind = 'thanked' AND w.id = substr(n.fact, length('thanked:') + 1) AND w.state = 'shown') AS thanks
    FROM mine n LEFT JOIN orders o ON o.id = n.order_id LEFT JOIN policies p ON p.id = n.policy_id
    ORDER BY n.read_at IS NOT NULL, n.id DESC LIMIT $2`,
};
const UNREAD = {
  name: "unread_notices",
  text: `SELECT count(*)::int AS unread FROM (
    SELECT 1 FROM notices WHERE user_id = $1 AND read_at IS NULL LIMIT $2) AS counted`,
};
const MARK_READ = {
  name: "mark_notices_read",
  text: `UPDATE notices SET read_at = $3
    WHERE user_id = $1 AND id = ANY ($2::bigint[]) AND read_at IS NULL`,
};

export async function listNotices(
  deps: Reads,
  { userId, take = NOTICES_MAX }: { userId: string; take?: number },
): Promise<Notices> {
  const [rows, unread] = await Promise.all([
    deps.db.query<Row>(NOTICES, [userId, Math.min(take, NOTICES_MAX)]),
    countUnread(deps, { userId }),
  ]);
  return { unread, notices: rows.map(toNotice) };
}

/** Up to 100, which stands for "100 or more". */
export async function countUnread(deps: Reads, { userId }: { userId: string }): Promise<number> {
  const [row] = await deps.db.query<{ unread: number }>(UNREAD, [userId, NOTICES_MAX]);
  return row?.unread ?? 0;
}

/** Ids of somebody else are left alone, and a second time changes nothing. */
export async function markNoticesRead(
  deps: Pick<Deps, "db" | "now">,
  { userId, ids }: { userId: string; ids: readonly string[] },
): Promise<void> {
  await deps.db.query(MARK_READ, [userId, ids, deps.now()]);
}

function toNotice({ details, ...row }: Row): Notice {
  const { id, kind, createdAt, isRead } = row;
  const values = Object.fromEntries(
    Object.entries(details).filter(
      (entry): entry is [string, string | number] =>
        typeof entry[1] === "string" || typeof entry[1] === "number",
    ),
  );
  // Rows from before names were read anew have one stored, which may no longer be told.
  delete values.nickname;
  if (row.nickname) values.nickname = row.nickname;
  if (row.thanks) values.thanks = row.thanks;
  // Nobody needs to be told his own name.
  if (details.isOwn === true) delete values.askerName;
  // R42: why the insured's policy ended is not the friend's to know.
  if (kind === "refund_requested") {
    values.reason = reasonForPayer(values.reason as RefundReason, row.orderKind ?? "gift");
  }
  return { id, kind, createdAt: createdAt.toISOString(), isRead, path: pathOf(row), values };
}

/** Where on the policy the story of a kind is. */
const PAGES: Partial<Record<NoticeKind, string>> = {
  policy_ended: "/service",
  policy_full: "/full",
};

function pathOf({ kind, outTradeNo, policyCode }: Omit<Row, "details">): string | null {
  if (outTradeNo) return `/orders/${outTradeNo}`;
  if (!policyCode) return null;
  return `/me/policies/${policyCode}${PAGES[kind] ?? ""}`;
}
