import { z } from "zod";

/** GB/T 2260: the provinces whose ID numbers there are; the database's `region_codes()`. */
export const REGION_CODES: readonly string[] = [
  ...["11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37"],
  ...["41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64"],
  ...["65", "71", "81", "82", "83"],
];

/** What a person can agree to and take back; each change is a row of `consents` (R43, R51). */
export const CONSENT_KINDS = [
  "boards",
  "nickname",
  "region",
  "asking",
  "appraisal",
  "face",
  "reminders",
] as const;
export type ConsentKind = (typeof CONSENT_KINDS)[number];

/** Enough to see one's own doings; the table keeps everything. */
export const CONSENTS_MAX = 50;

/** `POST /api/me/profile`: what is named is changed, the rest stays as it is. */
export const updateProfileSchema = z
  .strictObject({
    isOnBoards: z.boolean(),
    /** On boards his nickname is masked but for its first letter. */
    isMasked: z.boolean(),
    /** Only together with `isOnBoards`, and with a policy that says where he is from. */
    takesPartInRegion: z.boolean(),
    isAskingVisible: z.boolean(),
    isAppraisalVisible: z.boolean(),
    isFaceOnPoster: z.boolean(),
    wantsReminders: z.boolean(),
  })
  .partial();
export type UpdateProfile = z.infer<typeof updateProfileSchema>;

/** `GET /api/me/profile`: what the person shows of himself, for himself. */
export const profileSchema = z.strictObject({
  isOnBoards: z.boolean(),
  isMasked: z.boolean(),
  /** Two digits of GB/T 2260; null unless he takes part in his region's board. */
  regionCode: z.string().nullable(),
  isAskingVisible: z.boolean(),
  isAppraisalVisible: z.boolean(),
  isFaceOnPoster: z.boolean(),
  wantsReminders: z.boolean(),
});
export type Profile = z.infer<typeof profileSchema>;
