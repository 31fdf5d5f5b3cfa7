import { describe, expect, test } from "vitest";
import { decideProfile, movesOnBoards, NOTHING_SHOWN } from "./rules";

const LISTED = { ...NOTHING_SHOWN, isOnBoards: true };
const IN_REGION = { ...LISTED, regionCode: "44" };

describe("decideProfile", () => {
  test("R43: changes what is named and writes a consent for each change, and only for those", () => {
    const input = { isOnBoards: true, isMasked: false, isAskingVisible: false };
    expect(decideProfile(NOTHING_SHOWN, input, null)).toEqual({
      ok: true,
      profile: { ...NOTHING_SHOWN, isOnBoards: true, isMasked: false },
      consents: [
        { kind: "boards", isGranted: true },
        { kind: "nickname", isGranted: true },
      ],
    });
  });

  test("saying the same again changes nothing", () => {
    for (const input of [{}, { isOnBoards: true }, { takesPartInRegion: true }]) {
      expect(decideProfile(IN_REGION, input, "11")).toEqual({
        ok: true,
        profile: IN_REGION,
        consents: [],
      });
    }
  });

  test("leaving the boards leaves the region too, and coming back does not join it", () => {
    const left = decideProfile(IN_REGION, { isOnBoards: false }, null);
    expect(left).toMatchObject({ ok: true, profile: { isOnBoards: false, regionCode: null } });
    expect(left).toMatchObject({
      consents: [
        { kind: "boards", isGranted: false },
        { kind: "region", isGranted: false },
      ],
    });
    expect(decideProfile(NOTHING_SHOWN, { isOnBoards: true }, "44")).toMatchObject({
      profile: { regionCode: null },
    });
  });

  test.each([
    [NOTHING_SHOWN, {}, "44", "needs_boards"],
    [LISTED, { isOnBoards: false }, "44", "needs_boards"],
    [LISTED, {}, null, "region_unknown"],
  ])("the region's board: %j with %j in %s is refused: %s", (current, input, region, code) => {
    expect(decideProfile(current, { ...input, takesPartInRegion: true }, region)).toEqual({
      ok: false,
      field: "takesPartInRegion",
      code,
    });
  });

  test("both at once are fine", () => {
    const both = { isOnBoards: true, takesPartInRegion: true };
    expect(decideProfile(NOTHING_SHOWN, both, "44")).toMatchObject({ profile: IN_REGION });
  });

  test("stopping the reminders is a consent taken back", () => {
    expect(decideProfile(NOTHING_SHOWN, { wantsReminders: false }, null)).toMatchObject({
      consents: [{ kind: "reminders", isGranted: false }],
    });
  });
});

test("only boards and region move a policy; a mask is worn where one stands", () => {
  expect(movesOnBoards(NOTHING_SHOWN, LISTED)).toBe(true);
  expect(movesOnBoards(LISTED, IN_REGION)).toBe(true);
  expect(movesOnBoards(LISTED, { ...LISTED, isMasked: false, isFaceOnPoster: true })).toBe(false);
});
