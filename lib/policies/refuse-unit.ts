import type { Deps } from "@/lib/deps";
import type { RefusedUnit } from "./contract";
import { giveBackUnit } from "./give-back-unit";

/**
 * R26: the insured declines a friend's unit before it takes effect; the friend gets it all back.
 *
 * @throws DomainError not_found, not_settled, base_unit_ends_policy, unit_in_effect.
 */
export function refuseUnit(
  deps: Pick<Deps, "db" | "now" | "log">,
  unit: { code: string; userId: string; seq: number; endorsementNo: string },
): Promise<RefusedUnit> {
  return giveBackUnit(deps, { by: "insured", ...unit });
}
