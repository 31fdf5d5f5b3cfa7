import { expect, test } from "vitest";
import { updateProfileSchema } from "@/lib/profile/contract";
import { decideProfile, NOTHING_SHOWN } from "@/lib/profile/rules";
import { type Choice, inputFor, isOffered, isOn, SHOWN_CHOICES } from "./choices";

const ALL: readonly Choice[] = [...SHOWN_CHOICES, "wantsReminders"];

test.each(ALL)("%s: a turned switch is what the server answers, on and off again", (choice) => {
  let profile = { ...NOTHING_SHOWN, isOnBoards: true };
  for (const isWanted of [true, false, true]) {
    const input = inputFor(choice, isWanted);
    expect(updateProfileSchema.safeParse(input).success).toBe(true);
    const decision = decideProfile(profile, input, "44");
    if (!decision.ok) throw new Error(decision.code);
    profile = decision.profile;
    expect(isOn(choice, profile)).toBe(isWanted);
  }
});

test("off the boards there is neither a mask nor a region to choose", () => {
  const offered = ALL.filter((choice) => isOffered(choice, NOTHING_SHOWN));
  expect(ALL.filter((choice) => !offered.includes(choice))).toEqual([
    "isNicknameShown",
    "takesPartInRegion",
  ]);
});
