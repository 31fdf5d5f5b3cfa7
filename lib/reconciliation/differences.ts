/** Rows of differences: found once, however often their day is compared. */
import type { Deps } from "@/lib/deps";
import { newId } from "@/lib/ids";
import type { CalendarDate } from "@/lib/pricing/calendar";
import type { Difference, DifferenceKind } from "./rules";

export interface StoredDifference extends Difference {
  id: string;
  billDate: CalendarDate;
  state: "open" | "repaired" | "explained";
  /** What repaired it, why it could not be repaired, or a person's words. */
  resolution: string | null;
  foundAt: Date;
  resolvedAt: Date | null;
}

const COLUMNS = `id, bill_date AS "billDate", kind, subject, out_trade_no AS "outTradeNo",
  transaction_id AS "transactionId", out_refund_no AS "outRefundNo", ours, theirs, state, resolution,
  found_at AS "foundAt", resolved_at AS "resolvedAt"`;
// An explained one stays explained, an open one keeps its first sight, and one that comes back after
// its repair is open again.
const RECORD = {
  name: "record_differences",
  text: `INSERT INTO bill_differences (id, bill_date, kind, subject, out_trade_no, transaction_id, out_refund_no, ours,
      theirs, state, found_at)
    SELECT id, $1, kind, subject, "outTradeNo", "transactionId", "outRefundNo", ours, theirs, 'open', $3
    FROM jsonb_to_recordset($2::jsonb) AS found(id text, kind text, subject text, "outTradeNo" text,
      "transactionId" text, "outRefundNo" text, ours jsonb, theirs jsonb)
    ON CONFLICT (bill_date, kind, subject) DO UPDATE
      SET state = 'open', resolution = NULL, resolved_at = NULL, ours = EXCLUDED.ours, theirs = EXCLUDED.theirs
      WHERE bill_differences.state = 'repaired'`,
};
const OPEN_OF_DAY = {
  name: "open_differences_of_day",
  text: `SELECT id, kind, subject FROM bill_differences
    WHERE bill_date = $1 AND state = 'open' AND (kind, subject) > ($2, $3) ORDER BY kind, subject LIMIT $4`,
};
const CLOSE_VANISHED = {
  name: "close_vanished_differences",
  text: `UPDATE bill_differences SET state = 'repaired', resolution = 'equal at a later comparison', resolved_at = $2
    WHERE id = ANY ($1::text[]) AND state = 'open'`,
};
const COUNT = {
  name: "count_differences",
  text: `SELECT count(*) FILTER (WHERE state = 'open')::int AS open,
      count(*) FILTER (WHERE state = 'repaired')::int AS repaired,
      count(*) FILTER (WHERE state = 'explained')::int AS explained
    FROM bill_differences WHERE bill_date = $1`,
};
const LIST_OPEN = {
  name: "list_open_differences",
  text: `SELECT ${COLUMNS} FROM bill_differences
    WHERE bill_date = $1 AND state = 'open' AND kind = ANY ($2) AND (kind, subject) > ($3, $4)
    ORDER BY kind, subject LIMIT $5`,
};
const LIST = {
  name: "list_differences",
  text: `SELECT ${COLUMNS} FROM bill_differences
    WHERE ($1::date IS NULL OR bill_date = $1) AND ($2::text IS NULL OR state = $2)
    ORDER BY bill_date DESC, kind, subject LIMIT $3`,
};
const RESOLVE = {
  name: "resolve_difference",
  text: `UPDATE bill_differences SET state = $2, resolution = $3,
      resolved_at = CASE WHEN $2 = 'open' THEN NULL ELSE $4::timestamptz END
    WHERE id = $1 AND state = 'open' AND ($2 <> 'open' OR resolution IS DISTINCT FROM $3)
    RETURNING id`,
};

export async function recordDifferences(
  deps: Deps,
  billDate: CalendarDate,
  found: readonly Difference[],
): Promise<void> {
  if (found.length === 0) return;
  const now = deps.now();
  const rows = found.map((difference) => ({ id: newId("billDifference", now), ...difference }));
  await deps.db.query(RECORD, [billDate, JSON.stringify(rows), now]);
}

/** A statement of so many rows takes some 50 ms. */
const CHUNK = 2_000;

/** Where a difference stands among its day's: an index holds them in this order. */
export interface Place {
  kind: string;
  subject: string;
}

export const BEFORE_ALL: Place = { kind: "", subject: "" };

/** What was open and is no longer found has been settled by somebody else. */
export async function closeVanished(
  deps: Deps,
  billDate: CalendarDate,
  found: readonly Pick<Difference, "kind" | "subject">[],
  beforeChunk: () => Promise<void>,
): Promise<void> {
  const nameOf = ({ kind, subject }: Pick<Difference, "kind" | "subject">) => `${kind} ${subject}`;
  const names = new Set(found.map(nameOf));
  let after: Place = BEFORE_ALL;
  for (;;) {
    await beforeChunk();
    const values = [billDate, after.kind, after.subject, CHUNK];
    const open = await deps.db.query<StoredDifference>(OPEN_OF_DAY, values);
    const vanished = open.filter((one) => !names.has(nameOf(one))).map(({ id }) => id);
    if (vanished.length > 0) await deps.db.query(CLOSE_VANISHED, [vanished, deps.now()]);
    const last = open.at(-1);
    if (!last || open.length < CHUNK) return;
    after = last;
  }
}

export interface DifferenceCounts {
  open: number;
  repaired: number;
  explained: number;
}

export async function countDifferences(
  deps: Pick<Deps, "db">,
  billDate: CalendarDate,
): Promise<DifferenceCounts> {
  const [counts] = await deps.db.query<DifferenceCounts>(COUNT, [billDate]);
  return counts ?? { open: 0, repaired: 0, explained: 0 };
}

/** Open ones of these kinds after this place, in order. */
export function listOpenDifferences(
  deps: Pick<Deps, "db">,
  page: { billDate: CalendarDate; kinds: DifferenceKind[]; after: Place; limit: number },
): Promise<StoredDifference[]> {
  const { billDate, kinds, after, limit } = page;
  const values = [billDate, kinds, after.kind, after.subject, limit];
  return deps.db.query<StoredDifference>(LIST_OPEN, values);
}

/** More than this on one screen is a wrong bill, not a list for a person. */
const LISTED_MAX = 500;

/** Newest day first; of all days or states when none is named. */
export function listDifferences(
  deps: Pick<Deps, "db">,
  filter: { billDate?: CalendarDate; state?: StoredDifference["state"] } = {},
): Promise<StoredDifference[]> {
  const { billDate = null, state = null } = filter;
  return deps.db.query<StoredDifference>(LIST, [billDate, state, LISTED_MAX]);
}

/** Moves an open difference, or says of it why it stays open. False when it was not open. */
export async function resolveDifference(
  deps: Pick<Deps, "db" | "now">,
  id: string,
  { state, resolution }: { state: StoredDifference["state"]; resolution: string },
): Promise<boolean> {
  return (await deps.db.query(RESOLVE, [id, state, resolution, deps.now()])).length > 0;
}
