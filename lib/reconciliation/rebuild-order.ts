/**
 * A payment that WeChat has and we have not: our row was lost with its database's last minutes. Its
 * `attach` names the policy, so the order can be made again and settled as any late payment is.
 */
import type { Deps } from "@/lib/deps";
import { signIn } from "@/lib/identity/sign-in";
import { newId } from "@/lib/ids";
import { parseAttach } from "@/lib/payments/attach";
import { getPlan } from "@/lib/plans/queries";
import type { Transaction } from "@/lib/wechat/pay/types";

const POLICY_OF_LOST_ORDER = {
  name: "policy_of_lost_order",
  text: `SELECT id, user_id AS "userId", plan_version AS "planVersion", asker_name AS "askerName"
    FROM policies WHERE code = $1`,
};
// Closed: it owns no place and settles only when one is free. The giver's message is lost with the
// row, and so is his wish to be named: he is not.
const REBUILD_ORDER = {
  name: "rebuild_order",
  text: `INSERT INTO orders (id, out_trade_no, kind, policy_id, payer_id, payer_openid, amount_fen, description,
      is_anonymous, state, expires_at, created_at)
    VALUES ($1, $2, $3::order_kind, $4, $5, $6, $7, $8, $3 = 'gift', 'closed', $9, $10)
    ON CONFLICT (out_trade_no) DO NOTHING`,
};
const EXPLAIN_UNKNOWN = {
  name: "explain_unknown_order",
  text: `UPDATE payment_incidents SET resolved_at = $2, resolution = 'the lost order was made again'
    WHERE out_trade_no = $1 AND kind = 'unknown_order' AND resolved_at IS NULL`,
};

/** Numbers that our orders can have; `lib/ids` makes them. */
const OUR_NUMBER = /^[0-9A-Za-z]{6,32}$/;
/** The order came before its payment; by how much is lost, and nothing depends on it. */
const ORDERED_BEFORE_MS = 60_000;

/**
 * @param transaction WeChat's own answer about the payment, never the bill's line.
 * @returns why it cannot be made again, or null when the order is on record now.
 */
export async function rebuildOrder(deps: Deps, transaction: Transaction): Promise<string | null> {
  const { outTradeNo, openid, successAt, tradeState, appId, mchId } = transaction;
  const origin = parseAttach(transaction.attach);
  if (!origin || !OUR_NUMBER.test(outTradeNo))
    return "WeChat knows it as no payment of this product";
  if (appId !== deps.config.appId || mchId !== deps.config.mchId)
    return "it belongs to another app";
  if (tradeState === "REFUND") return "the order is lost and its money went back at WeChat already";
  if (tradeState !== "SUCCESS" || !openid || !successAt) return `WeChat says ${tradeState}`;
  const [policy] = await deps.db.query<{
    id: string;
    userId: string;
    planVersion: string;
    askerName: string;
  }>(POLICY_OF_LOST_ORDER, [origin.policyCode]);
  if (!policy) {
    return `its policy ${origin.policyCode} is lost too: refund ${outTradeNo} at WeChat's console, or restore the policy and run again`;
  }
  const { userId } = await signIn(deps, { openid, unionid: null });
  if (origin.kind === "first" && userId !== policy.userId) return "the payer is not the insured";
  const { plan } = await getPlan(deps, policy.planVersion);
  const orderedAt = new Date(successAt.getTime() - ORDERED_BEFORE_MS);
  await deps.db.query(REBUILD_ORDER, [
    newId("order", deps.now()),
    outTradeNo,
    origin.kind,
    policy.id,
    userId,
    openid,
    plan.unitPremiumFen,
    `微互助 · 给${policy.askerName}的一份防癌保障`,
    successAt,
    orderedAt,
  ]);
  await deps.db.query(EXPLAIN_UNKNOWN, [outTradeNo, deps.now()]);
  deps.log.warn({ outTradeNo, policyCode: origin.policyCode }, "lost order made again");
  return null;
}
