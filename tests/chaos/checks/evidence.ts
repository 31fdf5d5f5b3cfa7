/** Everything the judges look at, read once when the world is quiet: our books and WeChat's. */
import type { History } from "../history";
import type { Notification, Refund, Transaction } from "../world/sandbox";
import type { ChaosWorld } from "../world/world";

export interface OurOrder {
  outTradeNo: string;
  state: string;
  kind: string;
  openid: string;
  policyCode: string;
  transactionId: string | null;
  paidFen: number | null;
  settledAt: Date | null;
  units: { status: string; seq: number }[];
  /** Without those that WeChat closed for good and a person replaced. */
  refunds: { outRefundNo: string; amountFen: number; state: string }[];
}

export interface Evidence {
  history: History;
  orders: Map<string, OurOrder>;
  transactions: Map<string, Transaction>;
  refunds: Refund[];
  /** Numbers of ours that were replaced, because WeChat had closed them. */
  supersededNos: Set<string>;
  notifications: Notification[];
}

const ORDERS = {
  name: "chaos_orders",
  text: `SELECT o.out_trade_no AS "outTradeNo", o.state, o.kind, o.payer_openid AS openid, p.code AS "policyCode",
      o.transaction_id AS "transactionId", o.paid_fen AS "paidFen", o.settled_at AS "settledAt",
      (SELECT coalesce(json_agg(json_build_object('status', u.status, 'seq', u.seq)), '[]')
        FROM units u WHERE u.order_id = o.id) AS units,
      (SELECT coalesce(json_agg(json_build_object('outRefundNo', r.out_refund_no,
          'amountFen', r.amount_fen, 'state', r.state)), '[]')
        FROM refunds r WHERE r.order_id = o.id AND r.superseded_by IS NULL) AS refunds
    FROM orders o JOIN policies p ON p.id = o.policy_id`,
};

const SUPERSEDED = {
  name: "chaos_superseded",
  text: `SELECT out_refund_no AS "outRefundNo" FROM refunds WHERE superseded_by IS NOT NULL`,
};

export async function collectEvidence(world: ChaosWorld, history: History): Promise<Evidence> {
  const { sandbox, db } = world;
  const [orders, superseded, transactions, refunds, notifications] = await Promise.all([
    db.query<OurOrder>(ORDERS, []),
    db.query<{ outRefundNo: string }>(SUPERSEDED, []),
    sandbox.call<Transaction[]>("GET", "/transactions"),
    sandbox.call<Refund[]>("GET", "/refunds"),
    sandbox.call<Notification[]>("GET", "/notifications"),
  ]);
  return {
    history,
    orders: new Map(orders.map((order) => [order.outTradeNo, order])),
    transactions: new Map(transactions.map((one) => [one.outTradeNo, one])),
    refunds,
    supersededNos: new Set(superseded.map(({ outRefundNo }) => outRefundNo)),
    notifications,
  };
}
