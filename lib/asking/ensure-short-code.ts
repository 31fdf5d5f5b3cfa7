import { isUniqueViolation } from "@/lib/db/errors";
import type { Deps } from "@/lib/deps";
import { newShortCode } from "@/lib/ids";

/** With a million codes one in a million draws is taken: three in a row are taken by an error of ours. */
const DRAWS_MAX = 3;

// Whoever comes second finds the first one's code: the row is locked, and read anew after the wait.
const GIVE_SHORT_CODE = {
  name: "give_short_code",
  text: `UPDATE policies SET short_code = coalesce(short_code, $2) WHERE id = $1
    RETURNING short_code AS "shortCode"`,
};

/**
 * Gives a policy the code that is typed where its link is lost; the same one for ever.
 *
 * @param draw makes a candidate; a test draws one that is taken.
 * @returns the policy's code, eight characters.
 */
export async function ensureShortCode(
  deps: Pick<Deps, "db">,
  policyId: string,
  draw: () => string = newShortCode,
): Promise<string> {
  for (let drawn = 1; ; drawn += 1) {
    try {
      const [row] = await deps.db.query<{ shortCode: string }>(GIVE_SHORT_CODE, [policyId, draw()]);
      if (!row) throw new Error(`no policy ${policyId}`);
      return row.shortCode;
    } catch (error) {
      if (!isUniqueViolation(error, "policies_short_code_key") || drawn === DRAWS_MAX) throw error;
    }
  }
}
