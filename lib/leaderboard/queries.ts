/** Boards are read by keys: a hundred buckets, the viewer's own row and fifty rows (design §6). */
import type { Statement } from "@/lib/db/database";
import type { Deps } from "@/lib/deps";
import { shanghaiDateOf } from "@/lib/pricing/calendar";
import { BOARD_ROWS_MAX, type Board, type BoardId, type BoardRow } from "./contract";
import { BEFORE_ALL, type BoardKey, openCursor, sealCursor } from "./cursor";
import { findFriendsStandings } from "./friends";
import {
  aheadOfPercent,
  type Buckets,
  boardName,
  countPolicies,
  mondayOf,
  placeOf,
  topUnits,
} from "./rules";

type Reads = Pick<Deps, "db" | "now" | "config">;

export interface StandingRow extends BoardKey {
  nickname: string | null;
  isMasked: boolean;
}

/** One board at one instant: everything that is shown comes from one statement, so it fits together. */
export interface Standings {
  buckets: Buckets;
  ownUnits: number | null;
  rows: readonly StandingRow[];
}

interface ViewerRow {
  policyId: string | null;
  isListed: boolean;
  regionCode: string | null;
}

// One account insures one person (R6), so one live policy of each plan version: the newest is "mine".
const VIEWER = {
  name: "board_viewer",
  text: `SELECT coalesce(f.is_on_boards, false) AS "isListed", f.region_code AS "regionCode",
      (SELECT p.id FROM policies p WHERE p.user_id = u.id AND p.status = 'active'
        ORDER BY p.issued_at DESC LIMIT 1) AS "policyId"
    FROM users u LEFT JOIN profiles f ON f.user_id = u.id WHERE u.id = $1`,
};

// One more than is shown tells whether there is another page. A number in the text and not a value,
// because the planner has to know that it is small.
const ROWS_READ = BOARD_ROWS_MAX + 1;
const KEYS = "s.units, s.reached_at, s.policy_id";
const PAGES = {
  all: pageOf("all"),
  today: pageOf("today"),
  week: pageOf("week"),
  region: pageOf("region"),
};

// Two ranges of one index, the rest of the cursor's bucket and the buckets below: neither reads what
// was shown before, however many people have the same number of units. The board is part of the text
// for the planner's sake too: a region has thousands of rows where the whole has a million.
function pageOf(board: string): Statement {
  const of = `s.board = '${board}' AND s.scope = $1`;
  return {
    name: `board_page_${board}`,
    text: `WITH page AS (
      SELECT * FROM (
        (SELECT ${KEYS} FROM standings s WHERE ${of} AND s.is_listed AND s.units = $3
          AND (s.reached_at, s.policy_id) > ($4::timestamptz, $5) ORDER BY s.reached_at, s.policy_id LIMIT ${ROWS_READ})
        UNION ALL
        (SELECT ${KEYS} FROM standings s WHERE ${of} AND s.is_listed AND s.units < $3
          ORDER BY s.units DESC, s.reached_at, s.policy_id LIMIT ${ROWS_READ})) s
      ORDER BY s.units DESC, s.reached_at, s.policy_id LIMIT ${ROWS_READ})
    SELECT
      (SELECT coalesce(json_agg(json_build_array(s.units, s.policies)), '[]') FROM standings_histogram s
        WHERE ${of} AND s.policies > 0) AS buckets,
      (SELECT s.units FROM standings s WHERE ${of} AND s.policy_id = $2) AS "ownUnits",
      (SELECT coalesce(json_agg(json_build_object('units', s.units, 'reachedAt', s.reached_at,
          'policyId', s.policy_id, 'nickname', u.nickname, 'isMasked', f.is_masked)
          ORDER BY s.units DESC, s.reached_at, s.policy_id), '[]')
        FROM page s JOIN policies p ON p.id = s.policy_id JOIN users u ON u.id = p.user_id
          JOIN profiles f ON f.user_id = u.id AND f.is_on_boards${board === "region" ? " AND f.region_code = $1" : ""}) AS rows`,
  };
}

/**
 * One page of a board as one person, or a guest (null), may see it: places are counted from all
 * policies, names are only those of people who want to be there (R43).
 *
 * @param after `next` of the page before.
 * @throws DomainError invalid_input when `after` is none of this board's.
 */
export async function findBoard(
  deps: Reads,
  { board, userId, after }: { board: BoardId; userId: string | null; after?: string | undefined },
): Promise<Board> {
  const from = after === undefined ? BEFORE_ALL : openCursor(deps, board, after);
  const viewer = userId === null ? null : await findViewer(deps, userId);
  const scope = scopeOf(board, viewer, deps.now());
  const standings = await findStandings(deps, { board, scope, userId, viewer, from });
  return toBoard(deps, { board, scope, viewer, standings });
}

async function findViewer(deps: Reads, userId: string): Promise<ViewerRow | null> {
  return (await deps.db.query<ViewerRow>(VIEWER, [userId]))[0] ?? null;
}

/** Null where there is no such board for this viewer: a region is only for those who take part. */
function scopeOf(board: BoardId, viewer: ViewerRow | null, now: Date): string | null {
  if (board === "today") return shanghaiDateOf(now);
  if (board === "week") return mondayOf(shanghaiDateOf(now));
  if (board === "region") return viewer?.isListed ? viewer.regionCode : null;
  return board === "friends" && !viewer?.isListed ? null : "";
}

async function findStandings(
  deps: Reads,
  at: {
    board: BoardId;
    scope: string | null;
    userId: string | null;
    viewer: ViewerRow | null;
    from: BoardKey;
  },
): Promise<Standings> {
  const { board, scope, userId, viewer, from } = at;
  if (scope === null) return { buckets: [], ownUnits: null, rows: [] };
  if (board === "friends") return findFriendsStandings(deps, { userId, from });
  const values = [scope, viewer?.policyId ?? null, from.units, from.reachedAt, from.policyId];
  const [row] = await deps.db.query<Standings>(PAGES[board], values);
  return row ?? { buckets: [], ownUnits: null, rows: [] };
}

function toBoard(
  deps: Reads,
  at: { board: BoardId; scope: string | null; viewer: ViewerRow | null; standings: Standings },
): Board {
  const { board, scope, viewer, standings } = at;
  const { buckets, ownUnits, rows } = standings;
  const shown = rows.slice(0, BOARD_ROWS_MAX);
  const last = shown.at(-1);
  return {
    board,
    scope: scope || null,
    asOf: deps.now().toISOString(),
    total: countPolicies(buckets),
    topUnits: topUnits(buckets),
    own:
      ownUnits === null
        ? null
        : {
            ...placeOf(buckets, ownUnits),
            aheadOfPercent: aheadOfPercent(buckets, ownUnits),
          },
    viewer: viewer && {
      hasPolicy: viewer.policyId !== null,
      isListed: viewer.isListed,
      hasRegion: viewer.regionCode !== null,
    },
    rows: shown.map((row) => toRow(row, buckets, viewer)),
    next: last && rows.length > shown.length ? sealCursor(deps, board, last) : null,
  };
}

function toRow(row: StandingRow, buckets: Buckets, viewer: ViewerRow | null): BoardRow {
  return {
    ...placeOf(buckets, row.units),
    name: boardName(row.nickname, row.isMasked),
    isMe: row.policyId === viewer?.policyId,
  };
}
