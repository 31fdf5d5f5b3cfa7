import type { Deps } from "@/lib/deps";
import { DomainError } from "@/lib/errors/errors";

// Every place that names a giver reads this column when it is asked, so the change holds at once and
// everywhere: in the insured's list, on his wall, and in notices of long ago.
const SET_ANONYMITY = {
  name: "set_anonymity",
  text: `UPDATE orders SET is_anonymous = CASE WHEN kind = 'gift' THEN $3 ELSE is_anonymous END
    WHERE out_trade_no = $1 AND payer_id = $2 RETURNING kind, is_anonymous AS "anonymous"`,
};

/**
 * A giver changes whether the insured may read his name, also long after the gift.
 *
 * @throws DomainError not_found (also for somebody else's order), own_policy for the insured's own unit.
 */
export async function setAnonymity(
  deps: Pick<Deps, "db">,
  choice: { outTradeNo: string; userId: string; anonymous: boolean },
): Promise<{ anonymous: boolean }> {
  const { outTradeNo, userId } = choice;
  const [order] = await deps.db.query<{ kind: string; anonymous: boolean }>(SET_ANONYMITY, [
    outTradeNo,
    userId,
    choice.anonymous,
  ]);
  if (!order) throw new DomainError("not_found");
  if (order.kind === "first") throw new DomainError("own_policy");
  return { anonymous: order.anonymous };
}
