/** What one person shows of himself, and what he has agreed to so far: one row, bounded rows. */
import type { Deps } from "@/lib/deps";
import { CONSENTS_MAX, type Profile } from "./contract";
import { type ConsentChange, NOTHING_SHOWN } from "./rules";

type Reads = Pick<Deps, "db">;

/** The columns of a `Profile`, of the table or alias `profiles`. */
export const PROFILE_COLUMNS = `is_on_boards AS "isOnBoards", is_masked AS "isMasked", region_code AS "regionCode",
  is_asking_visible AS "isAskingVisible", is_appraisal_visible AS "isAppraisalVisible",
  is_face_on_poster AS "isFaceOnPoster", reminders_stopped_at IS NULL AS "wantsReminders"`;

/** One row of the record. */
export interface PastConsent extends ConsentChange {
  id: string;
  at: Date;
}

const PROFILE = {
  name: "profile_of_user",
  text: `SELECT ${PROFILE_COLUMNS} FROM profiles WHERE user_id = $1`,
};
const CONSENTS = {
  name: "consents_of_user",
  text: `SELECT id::text, kind, is_granted AS "isGranted", at FROM consents WHERE user_id = $1
    ORDER BY id DESC LIMIT $2`,
};

/** Never null: who has no row shows nothing. */
export async function findProfile(deps: Reads, { userId }: { userId: string }): Promise<Profile> {
  const [row] = await deps.db.query<Profile>(PROFILE, [userId]);
  return row ?? NOTHING_SHOWN;
}

/** What was granted and taken back, newest first. */
export async function listConsents(
  deps: Reads,
  { userId, take = CONSENTS_MAX }: { userId: string; take?: number },
): Promise<PastConsent[]> {
  return deps.db.query(CONSENTS, [userId, Math.min(take, CONSENTS_MAX)]);
}
