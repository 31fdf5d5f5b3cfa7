/** R43: a person says what others may see of him, or takes it back; it holds at once. */
import type { Database } from "@/lib/db/database";
import type { Deps } from "@/lib/deps";
import { assert, DomainError } from "@/lib/errors/errors";
import { type Profile, REGION_CODES, type UpdateProfile } from "./contract";
import { PROFILE_COLUMNS } from "./queries";
import { decideProfile, movesOnBoards } from "./rules";

type Query = Database["query"];

// Locks the row, there before or not: two switches at once are one after the other.
const LOCK_PROFILE = {
  name: "lock_profile",
  text: `INSERT INTO profiles (user_id, updated_at) VALUES ($1, $2)
    ON CONFLICT (user_id) DO UPDATE SET updated_at = EXCLUDED.updated_at RETURNING ${PROFILE_COLUMNS}`,
};
const WRITE_PROFILE = {
  name: "write_profile",
  text: `UPDATE profiles SET is_on_boards = $2, is_masked = $3, region_code = $4, is_asking_visible = $5,
      is_appraisal_visible = $6, is_face_on_poster = $7,
      reminders_stopped_at = CASE WHEN NOT $8 THEN coalesce(reminders_stopped_at, $9::timestamptz) END
    WHERE user_id = $1`,
};
const WRITE_CONSENTS = {
  name: "write_consents",
  text: `INSERT INTO consents (user_id, kind, is_granted, at)
    SELECT $1, kind, is_granted, $4 FROM unnest($2::text[], $3::boolean[]) AS c(kind, is_granted)`,
};
// A name that is taken back is gone with the commit, because boards name nobody without asking the
// profile. His place follows behind the outbox, so that no switch ever waits for the boards. Policies
// that are not paid yet count too: one may begin at this very moment.
const MOVE_ON_BOARDS = {
  name: "move_on_boards",
  text: `INSERT INTO outbox_messages (topic, payload, next_attempt_at, created_at)
    SELECT 'profile_changed', jsonb_build_object('policyId', id), $2, $2 FROM policies
    WHERE user_id = $1 AND status <> 'ended'`,
};
const LIVE_IDENTITY = {
  name: "identity_of_live_policy",
  text: `SELECT i.id, i.id_number_cipher AS "idNumberCipher"
    FROM policies p JOIN identities i ON i.id = p.identity_id
    WHERE p.user_id = $1 AND p.status = 'active' ORDER BY p.issued_at DESC LIMIT 1`,
};

/**
 * Changes what `input` names, writes a consent for each thing that changed, and has the person's
 * policies moved on the boards, all or nothing. Saying the same again changes nothing.
 *
 * @throws DomainError invalid_input at `takesPartInRegion`: `needs_boards` without `isOnBoards`,
 *   `region_unknown` without a live policy whose ID number names a region.
 */
export function updateProfile(
  deps: Pick<Deps, "db" | "now" | "vault">,
  { userId, input }: { userId: string; input: UpdateProfile },
): Promise<Profile> {
  const now = deps.now();
  return deps.db.transaction(async (query) => {
    const [current] = await query<Profile>(LOCK_PROFILE, [userId, now]);
    assert(current, "a profile that was written is there");
    const region = input.takesPartInRegion ? await findRegion(deps, query, userId) : null;
    const decision = decideProfile(current, input, region);
    if (!decision.ok) throw refusal(decision);
    const { profile, consents } = decision;
    if (consents.length === 0) return profile;
    await query(WRITE_PROFILE, [
      userId,
      profile.isOnBoards,
      profile.isMasked,
      profile.regionCode,
      profile.isAskingVisible,
      profile.isAppraisalVisible,
      profile.isFaceOnPoster,
      profile.wantsReminders,
      now,
    ]);
    const kinds = consents.map(({ kind }) => kind);
    const grants = consents.map(({ isGranted }) => isGranted);
    await query(WRITE_CONSENTS, [userId, kinds, grants, now]);
    if (movesOnBoards(current, profile)) await query(MOVE_ON_BOARDS, [userId, now]);
    return profile;
  });
}

/** The province in the ID number of the person's live policy; null when nothing names one. */
async function findRegion(
  deps: Pick<Deps, "vault">,
  query: Query,
  userId: string,
): Promise<string | null> {
  const [identity] = await query<{ id: string; idNumberCipher: string }>(LIVE_IDENTITY, [userId]);
  if (!identity) return null;
  const field = `identities.id_number.${identity.id}`;
  const code = deps.vault.open(identity.idNumberCipher, field).slice(0, 2);
  return REGION_CODES.includes(code) ? code : null;
}

function refusal({ field, code }: { field: string; code: string }): DomainError {
  const reason =
    code === "needs_boards"
      ? "only together with isOnBoards"
      : "no live policy whose ID number names a region";
  return new DomainError("invalid_input", { fields: [{ name: field, code, reason }] });
}
