import { z } from "zod";

/** Everything a person is told about his money or his policy (`write-notices`, `write-date-notices`). */
export const NOTICE_KINDS = [
  "unit_settled",
  "unit_received",
  "thanked",
  "policy_full",
  "refund_requested",
  "refund_succeeded",
  "refund_delayed",
  "unit_ended",
  "policy_ended",
  "cover_matured",
  "window_closing",
  "window_closed",
  "policy_ending",
  "anniversary",
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** A few hundred friends and their refunds are more than one screen. */
export const NOTICES_MAX = 100;

const noticeIdSchema = z.string().regex(/^\d{1,18}$/);

export const noticeSchema = z.strictObject({
  id: noticeIdSchema,
  kind: z.enum(NOTICE_KINDS),
  createdAt: z.iso.datetime(),
  isRead: z.boolean(),
  /** A path of ours where the whole story is; null when there is no more to see. */
  path: z.string().nullable(),
  /** What the sentence names, by the unit in its name: `amountFen`, `coverYuan`, `lastDayOn`. */
  values: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Notice = z.infer<typeof noticeSchema>;

/** `GET /api/me/notices`: unread ones first, then newest first. */
export const noticesSchema = z.strictObject({
  /** Counted up to 100, which stands for "100 or more". */
  unread: z.int(),
  notices: z.array(noticeSchema),
});
export type Notices = z.infer<typeof noticesSchema>;

/** `POST /api/me/notices/read`: those that the person has seen; asking twice changes nothing. */
export const readNoticesSchema = z.strictObject({
  ids: z.array(noticeIdSchema).min(1).max(NOTICES_MAX),
});
