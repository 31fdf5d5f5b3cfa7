/** Rows of orders as the verbs use them, and the statements that read and move them. */
import { createBatcher } from "@/lib/db/batcher";
import type { Database } from "@/lib/db/database";
import { perDatabase } from "@/lib/db/per-database";
import type { OrderSnapshot } from "./rules";

export interface OrderRow {
  id: string;
  outTradeNo: string;
  kind: "first" | "gift";
  policyId: string;
  policyCode: string;
  payerId: string;
  payerOpenid: string;
  amountFen: number;
  currency: string;
  description: string;
  isAnonymous: boolean;
  state: OrderSnapshot["state"];
  expiresAt: Date;
  prepayId: string | null;
  checksCount: number;
  transactionId: string | null;
  createdAt: Date;
}

export const ORDER_COLUMNS = `o.id, o.out_trade_no AS "outTradeNo", o.kind, o.policy_id AS "policyId",
  (SELECT p.code FROM policies p WHERE p.id = o.policy_id) AS "policyCode", o.payer_id AS "payerId", o.payer_openid AS "payerOpenid", o.amount_fen AS "amountFen", o.currency,
  o.description, o.is_anonymous AS "isAnonymous", o.state, o.expires_at AS "expiresAt",
  o.prepay_id AS "prepayId", o.checks_count AS "checksCount", o.transaction_id AS "transactionId",
  o.created_at AS "createdAt"`;

const ORDER_BY_NUMBER = {
  name: "order_by_number",
  text: `SELECT ${ORDER_COLUMNS} FROM orders o WHERE o.out_trade_no = $1`,
};
const ORDER_BY_KEY = {
  name: "order_by_key",
  text: `SELECT ${ORDER_COLUMNS} FROM idempotency_keys k JOIN orders o ON o.id = k.order_id
    WHERE k.payer_id = $1 AND k.key = $2`,
};
const LIVE_GIFT = {
  name: "live_gift",
  text: `SELECT ${ORDER_COLUMNS} FROM orders o
    WHERE o.policy_id = $1 AND o.payer_id = $2 AND o.kind = 'gift' AND o.state IN ('pending', 'settled')`,
};
const PENDING_FIRST = {
  name: "pending_first",
  text: `SELECT ${ORDER_COLUMNS} FROM orders o
    WHERE o.policy_id = $1 AND o.kind = 'first' AND o.state = 'pending'`,
};
export const SETTLE_SNAPSHOTS = {
  name: "settle_snapshots",
  text: `SELECT o.id, o.policy_id AS "policyId", o.out_trade_no AS "outTradeNo", o.kind, o.payer_openid AS "payerOpenid",
      o.amount_fen AS "amountFen", o.currency, o.state, o.transaction_id AS "transactionId",
      o.created_at AS "createdAt", p.status AS "policyStatus", p.units_paid AS "unitsPaid",
      p.units_held AS "unitsHeld", p.units_max AS "unitsMax", p.plan_version AS "planVersion",
      p.cover_per_unit_yuan AS "coverPerUnitYuan", p.effective_on AS "effectiveOn",
      p.last_day_on AS "lastDayOn", p.collecting_until AS "collectingUntil",
      i.id AS "identityId", i.id_number_cipher AS "idNumberCipher"
    FROM orders o JOIN policies p ON p.id = o.policy_id
      LEFT JOIN identities i ON i.id = p.identity_id AND o.kind = 'first'
    WHERE o.out_trade_no = ANY($1::text[])`,
};

export async function findOrder(db: Database, outTradeNo: string): Promise<OrderRow | null> {
  return (await db.query<OrderRow>(ORDER_BY_NUMBER, [outTradeNo]))[0] ?? null;
}

/** The order that this payer's key has made, whatever became of it. */
export async function findOrderByKey(
  db: Database,
  payerId: string,
  idempotencyKey: string,
): Promise<OrderRow | null> {
  return (await db.query<OrderRow>(ORDER_BY_KEY, [payerId, idempotencyKey]))[0] ?? null;
}

/** R15: the payer's gift on this policy that is paid or may yet be. */
export async function findLiveGift(
  db: Database,
  policyId: string,
  payerId: string,
): Promise<OrderRow | null> {
  return (await db.query<OrderRow>(LIVE_GIFT, [policyId, payerId]))[0] ?? null;
}

export async function findPendingFirst(db: Database, policyId: string): Promise<OrderRow | null> {
  return (await db.query<OrderRow>(PENDING_FIRST, [policyId]))[0] ?? null;
}

export interface SettleSnapshot extends OrderSnapshot {
  id: string;
  policyId: string;
  /** The insured of a first order, sealed; null for gifts. */
  identityId: string | null;
  idNumberCipher: string | null;
  outTradeNo: string;
  planVersion: string;
}

type SnapshotRow = Omit<SettleSnapshot, "policy"> &
  Omit<SettleSnapshot["policy"], "status"> & { policyStatus: SettleSnapshot["policy"]["status"] };

/** Settles that run at the same time read together. */
const snapshotReaderOf = perDatabase((db: Database) =>
  createBatcher<string, SnapshotRow | null>({
    lanes: 1,
    sizeMax: 64,
    run: async (outTradeNos) => {
      const rows = await db.query<SnapshotRow>(SETTLE_SNAPSHOTS, [outTradeNos]);
      const byNumber = new Map(rows.map((row) => [row.outTradeNo, row]));
      return outTradeNos.map((outTradeNo) => byNumber.get(outTradeNo) ?? null);
    },
  }),
);

/** Order and policy as they stand now, in one read and without a lock. */
export async function findSettleSnapshot(
  db: Database,
  outTradeNo: string,
): Promise<SettleSnapshot | null> {
  const row = await snapshotReaderOf(db)(outTradeNo);
  if (!row) return null;
  const { policyStatus: status, unitsPaid, unitsHeld, unitsMax, coverPerUnitYuan } = row;
  const { effectiveOn, lastDayOn, collectingUntil } = row;
  return {
    ...row,
    policy: {
      status,
      unitsPaid,
      unitsHeld,
      unitsMax,
      coverPerUnitYuan,
      effectiveOn,
      lastDayOn,
      collectingUntil,
    },
  };
}
