import type { Profile, UpdateProfile } from "@/lib/profile/contract";

/** The switches by their names in the words; on always shows or sends more than off. */
export const SHOWN_CHOICES = [
  "isOnBoards",
  "isNicknameShown",
  "takesPartInRegion",
  "isAskingVisible",
  "isAppraisalVisible",
  "isFaceOnPoster",
] as const;
export type Choice = (typeof SHOWN_CHOICES)[number] | "wantsReminders";

/** Choices that mean nothing off the boards. */
const OF_BOARDS: readonly Choice[] = ["isNicknameShown", "takesPartInRegion"];

export function isOffered(choice: Choice, profile: Profile): boolean {
  return profile.isOnBoards || !OF_BOARDS.includes(choice);
}

export function isDependent(choice: Choice): boolean {
  return OF_BOARDS.includes(choice);
}

export function isOn(choice: Choice, profile: Profile): boolean {
  switch (choice) {
    case "isNicknameShown":
      return !profile.isMasked;
    case "takesPartInRegion":
      return profile.regionCode !== null;
    default:
      return profile[choice];
  }
}

/** What is asked of the server to turn a switch. */
export function inputFor(choice: Choice, isWanted: boolean): UpdateProfile {
  return choice === "isNicknameShown" ? { isMasked: !isWanted } : { [choice]: isWanted };
}
