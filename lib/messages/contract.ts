import { z } from "zod";

/** What may reach a person through WeChat, each with a template of its own (R47, wechat.md §3.3). */
export const MESSAGE_KINDS = [
  "supported",
  "thanked",
  "matured",
  "closing",
  "full",
  "refunded",
] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/** Consents that are kept of one person for one template; whoever taps on has agreed long ago. */
export const CONSENTS_MAX = 100;
/** WeChat asks for up to three templates at a time. */
export const TEMPLATES_AT_ONCE_MAX = 3;

/** `POST /api/me/message-consents`: WeChat's ids of the templates that the person has just accepted. */
export const addMessageConsentsSchema = z.strictObject({
  templates: z.array(z.string().min(1).max(64)).min(1).max(TEMPLATES_AT_ONCE_MAX),
});

/** How many messages the person has agreed to and not yet got, over all templates. */
export const messageConsentsSchema = z.strictObject({ remaining: z.int() });

/** `POST /api/me/reminders`, and its answer. */
export const remindersSchema = z.strictObject({ stopped: z.boolean() });
export type RemindersOut = z.infer<typeof remindersSchema>;
