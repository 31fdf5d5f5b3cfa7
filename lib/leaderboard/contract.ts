import { z } from "zod";

export const BOARDS = ["all", "today", "week", "friends", "region"] as const;
export const boardIdSchema = z.enum(BOARDS);
export type BoardId = z.infer<typeof boardIdSchema>;

/** A screenful and a half of a phone; the next ones are a tap away. */
export const BOARD_ROWS_MAX = 50;

/** Sealed by the server; nothing in it can be read. */
export const boardQuerySchema = z.object({ after: z.string().min(1).max(400).optional() });

/** One line. Nothing in it leads to a person: no code, no id, no address (R42, R43). */
export const boardRowSchema = z.strictObject({
  /** 1 + policies with more units; equal units, equal rank. */
  rank: z.int(),
  /** Nickname, or its first letter and a star; null for somebody who has told WeChat none. */
  name: z.string().nullable(),
  units: z.int(),
  isMe: z.boolean(),
  /** Other policies with as many units, also those that are not listed. */
  tiedWith: z.int(),
});
export type BoardRow = z.infer<typeof boardRowSchema>;

export const ownPositionSchema = z.strictObject({
  rank: z.int(),
  units: z.int(),
  /** Whole percent of the others who have fewer units; null when there is nobody else. */
  aheadOfPercent: z.int().nullable(),
  tiedWith: z.int(),
});
export type OwnPosition = z.infer<typeof ownPositionSchema>;

/** `GET /api/leaderboards/{board}` */
export const boardSchema = z.strictObject({
  board: boardIdSchema,
  /** First day of `today` and `week`, province of `region` (GB/T 2260); null where there is none. */
  scope: z.string().nullable(),
  asOf: z.iso.datetime(),
  /** Policies that ranks are counted from, listed or not. */
  total: z.int(),
  /** The most units somebody on this board has; 0 when nobody is. */
  topUnits: z.int(),
  /** Null for a guest, without a live policy, and while the policy is not on this board. */
  own: ownPositionSchema.nullable(),
  /** Null for a guest. `isListed`: his name stands on boards; `hasRegion`: also on his region's. */
  viewer: z
    .strictObject({ hasPolicy: z.boolean(), isListed: z.boolean(), hasRegion: z.boolean() })
    .nullable(),
  rows: z.array(boardRowSchema),
  /** What to send as `after` for the following rows; null at the end. */
  next: z.string().nullable(),
});
export type Board = z.infer<typeof boardSchema>;
