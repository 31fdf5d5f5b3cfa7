import { z } from "zod";

/**
 * What an appraisal counts (R43), all of it done in public and by choice: cells lit for friends,
 * several of them within an hour, friends who came, give and take, thanks, and not doing it all at once.
 */
export const LINE_KINDS = ["gave", "hour", "came", "both", "thanked", "weeks"] as const;
export type LineKind = (typeof LINE_KINDS)[number];

/** From the first title to the last; `lib/i18n` has their words. */
export const TITLES = [
  "loading",
  "hand",
  "heater",
  "kettle",
  "shop",
  "melon",
  "umbrella",
  "powerbank",
  "aunties",
  "heart",
] as const;
export type Title = (typeof TITLES)[number];

/** `counted × pointsEach = points`, with `counted` = `count` up to `countMax`. */
export const appraisalLineSchema = z.strictObject({
  kind: z.enum(LINE_KINDS),
  count: z.int(),
  counted: z.int(),
  countMax: z.int(),
  pointsEach: z.int(),
  points: z.int(),
});
export type AppraisalLine = z.infer<typeof appraisalLineSchema>;

const judgementSchema = z.strictObject({
  /** The sum of the lines' points. */
  score: z.int(),
  title: z.enum(TITLES),
  /** Only those that have points, in the order of `LINE_KINDS`. */
  lines: z.array(appraisalLineSchema).max(LINE_KINDS.length),
});

/** `GET /api/me/appraisal`: the person's own, up to now. */
export const myAppraisalSchema = judgementSchema.extend({
  /** Null with the last title. */
  next: z.strictObject({ title: z.enum(TITLES), pointsToGo: z.int() }).nullable(),
  giving: z.strictObject({ friends: z.int(), cells: z.int() }),
  isVisible: z.boolean(),
});
export type MyAppraisal = z.infer<typeof myAppraisalSchema>;

/**
 * `GET /api/policies/{code}/appraisal`: what whoever has the link may read, and the insured as others
 * read it. Only whole days count, so that nobody can set a point beside a cell that was lit just now.
 */
export const publicAppraisalSchema = judgementSchema.extend({
  /** 00:00 of today in Shanghai: acts before it count. */
  countedUntil: z.iso.datetime(),
});
export type PublicAppraisal = z.infer<typeof publicAppraisalSchema>;
