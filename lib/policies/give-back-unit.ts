/**
 * One friend's unit ends before it takes effect: its payer takes the gift back (R30), or the insured
 * declines it (R26). Its number on the grid is free again, its payer gets everything back.
 */
import type { Database } from "@/lib/db/database";
import type { Deps } from "@/lib/deps";
import { DomainError } from "@/lib/errors/errors";
import type { CalendarDate } from "@/lib/pricing/calendar";
import { decideUnitRefund, type RefundableUnit } from "@/lib/pricing/refunds";
import type { RefusedUnit } from "./contract";
import { decideAgain, endUnit } from "./end-units";

interface GivenUnit {
  policyId: string;
  orderId: string;
  outTradeNo: string;
  kind: "first" | "gift";
  orderState: string;
  premiumFen: number;
  /** All null when the order has not become a unit. */
  id: string | null;
  seq: number;
  coverYuan: number;
  effectiveOn: CalendarDate;
  maturesOn: CalendarDate;
  lastDayOn: CalendarDate;
  endedOn: CalendarDate | null;
  /** Of the refund that counts; null without one. */
  refundReason: string | null;
  refundFen: number;
  /** Of the endorsement that ended this unit alone. */
  endorsementNo: string | null;
}

const COLUMNS = `p.id AS "policyId", o.id AS "orderId", o.out_trade_no AS "outTradeNo", o.kind,
  o.state AS "orderState", o.amount_fen AS "premiumFen", u.id, u.seq, u.cover_yuan AS "coverYuan",
  u.effective_on AS "effectiveOn", u.matures_on AS "maturesOn", u.last_day_on AS "lastDayOn",
  u.ended_on AS "endedOn", r.reason AS "refundReason", r.amount_fen AS "refundFen",
  e.number AS "endorsementNo"
  FROM orders o JOIN policies p ON p.id = o.policy_id LEFT JOIN units u ON u.order_id = o.id
    LEFT JOIN refunds r ON r.order_id = o.id AND r.superseded_by IS NULL
    LEFT JOIN endorsements e ON e.unit_id = u.id AND e.kind = 'unit_ended'`;

const UNIT_OF_PAYER = {
  name: "unit_of_payer",
  text: `SELECT ${COLUMNS} WHERE o.out_trade_no = $1 AND o.payer_id = $2`,
};
const UNIT_OF_INSURED = {
  name: "unit_of_insured",
  text: `SELECT ${COLUMNS} WHERE p.code = $1 AND p.user_id = $2 AND u.seq = $3
    AND u.id = (SELECT a.unit_id FROM endorsements a WHERE a.number = $4 AND a.kind = 'unit_added')`,
};

const REASONS = { payer: "gift_withdrawn", insured: "cancelled_before_effective" } as const;

export type GiftToEnd =
  | { by: "payer"; outTradeNo: string; userId: string }
  | { by: "insured"; code: string; userId: string; seq: number; endorsementNo: string };

/**
 * Asked again when it has been done for the same reason, it answers the same.
 *
 * @throws DomainError not_found (also for somebody else's), not_settled when there is no live unit,
 *   base_unit_ends_policy for unit 1, unit_in_effect from 00:00 of its effective date.
 */
export function giveBackUnit(
  deps: Pick<Deps, "db" | "now" | "log">,
  gift: GiftToEnd,
): Promise<RefusedUnit> {
  return decideAgain(async () => {
    const unit = await findGivenUnit(deps.db, gift);
    if (!unit) throw new DomainError("not_found");
    const { endorsementNo, endedOn, refundFen } = unit;
    if (endorsementNo && endedOn && unit.refundReason === REASONS[gift.by]) {
      return { endorsementNo, seq: unit.seq, refundFen, endedOn };
    }
    return endNow(deps, unit, gift.by);
  });
}

async function endNow(
  deps: Pick<Deps, "db" | "now" | "log">,
  { id, ...unit }: GivenUnit,
  by: GiftToEnd["by"],
): Promise<RefusedUnit> {
  if (!id || unit.orderState !== "settled") throw new DomainError("not_settled");
  const now = deps.now();
  const refundable: RefundableUnit = { ...unit, unitNumber: unit.seq };
  const decision = decideUnitRefund(refundable, { by, requestedAt: now });
  if (!decision.ok) {
    const { code } = decision;
    throw new DomainError(code === "unit_already_ended" ? "not_settled" : code);
  }
  const { refund } = decision;
  const identified = { id, orderId: unit.orderId, outTradeNo: unit.outTradeNo };
  const endorsementNo = await endUnit(deps.db.query, unit.policyId, identified, refund, now);
  deps.log.info({ outTradeNo: unit.outTradeNo, endorsementNo, by }, "unit given back");
  const { refundFen, endedOn } = refund;
  return { endorsementNo, seq: unit.seq, refundFen, endedOn };
}

async function findGivenUnit(db: Database, gift: GiftToEnd): Promise<GivenUnit | null> {
  const [row] =
    gift.by === "payer"
      ? await db.query<GivenUnit>(UNIT_OF_PAYER, [gift.outTradeNo, gift.userId])
      : await db.query<GivenUnit>(UNIT_OF_INSURED, [
          gift.code,
          gift.userId,
          gift.seq,
          gift.endorsementNo,
        ]);
  return row ?? null;
}
