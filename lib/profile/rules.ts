import { CONSENT_KINDS, type ConsentKind, type Profile, type UpdateProfile } from "./contract";

/** Who never said anything shows nothing (R42, R43); his reminders he has not stopped. */
export const NOTHING_SHOWN: Profile = {
  isOnBoards: false,
  isMasked: true,
  regionCode: null,
  isAskingVisible: false,
  isAppraisalVisible: false,
  isFaceOnPoster: false,
  wantsReminders: true,
};

export interface ConsentChange {
  kind: ConsentKind;
  isGranted: boolean;
}

export type ProfileDecision =
  | { ok: true; profile: Profile; consents: readonly ConsentChange[] }
  | { ok: false; field: "takesPartInRegion"; code: "needs_boards" | "region_unknown" };

/**
 * What a change of switches leads to. Leaving the boards leaves the region's board too.
 *
 * @param regionCode where the person's live policy says he is from; null when nothing says so. Only
 *   looked at when he joins his region's board now.
 */
export function decideProfile(
  current: Profile,
  input: UpdateProfile,
  regionCode: string | null,
): ProfileDecision {
  const { takesPartInRegion, ...switches } = input;
  const profile: Profile = { ...current, ...switches };
  if (takesPartInRegion === true) {
    if (!profile.isOnBoards) return refuse("needs_boards");
    profile.regionCode = current.regionCode ?? regionCode;
    if (profile.regionCode === null) return refuse("region_unknown");
  }
  if (takesPartInRegion === false || !profile.isOnBoards) profile.regionCode = null;
  return { ok: true, profile, consents: consentChanges(current, profile) };
}

function refuse(code: "needs_boards" | "region_unknown"): ProfileDecision {
  return { ok: false, field: "takesPartInRegion", code };
}

/** What was granted or taken back between two states; in the order of the kinds. */
export function consentChanges(before: Profile, after: Profile): ConsentChange[] {
  const [was, is] = [consentsOf(before), consentsOf(after)];
  return CONSENT_KINDS.filter((kind) => was[kind] !== is[kind]).map((kind) => ({
    kind,
    isGranted: is[kind],
  }));
}

function consentsOf(profile: Profile): Record<ConsentKind, boolean> {
  return {
    boards: profile.isOnBoards,
    nickname: !profile.isMasked,
    region: profile.regionCode !== null,
    asking: profile.isAskingVisible,
    appraisal: profile.isAppraisalVisible,
    face: profile.isFaceOnPoster,
    reminders: profile.wantsReminders,
  };
}

/** Whether the person's place on a board, not only his name there, is another one now. */
export function movesOnBoards(before: Profile, after: Profile): boolean {
  return before.isOnBoards !== after.isOnBoards || before.regionCode !== after.regionCode;
}
