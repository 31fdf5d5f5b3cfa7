import { z } from "zod";
import { EMOJI, WORDS_CHARS_MAX } from "./limits";

/** `wish` of a supporter, `thanks` of the insured to one supporter, `note` of the insured to all. */
export const WORDS_KINDS = ["wish", "thanks", "note"] as const;
export type WordsKind = (typeof WORDS_KINDS)[number];

/** `held` waits for a person; only its author knows of words that are not `shown`. */
export const WORDS_STATES = ["shown", "held", "hidden"] as const;
export type WordsState = (typeof WORDS_STATES)[number];

/**
 * Lines and tabs, but no other control character (Postgres stores no NUL) and no half of a character
 * of two halves, which would be stored as another one.
 */
const PLAIN_TEXT = /^(?:[\n\r\t]|[^\p{Cc}\p{Cs}])*$/u;
/** Nothing at all, or something that can be seen: invisible marks alone would be an empty quote. */
const VISIBLE_TEXT = /^$|[^\s\p{Cf}]/u;
export const wordsTextSchema = z
  .string()
  .trim()
  .max(WORDS_CHARS_MAX)
  .regex(PLAIN_TEXT)
  .regex(VISIBLE_TEXT);

export const wordsIdSchema = z.string().regex(/^wrd_[0-9a-z]{26}$/);
const emojiSchema = z.enum(EMOJI);

export type { Emoji } from "./limits";

/** One's own words, with what became of them. */
export const ownWordsSchema = z.strictObject({
  id: wordsIdSchema,
  /** Null for thanks by one tap. */
  text: z.string().nullable(),
  state: z.enum(WORDS_STATES),
});
export type OwnWords = z.infer<typeof ownWordsSchema>;

/** `POST /api/orders/{outTradeNo}/words` and `POST /api/policies/{code}/note`; null or "" unsays. */
export const writeWordsSchema = z.strictObject({ text: wordsTextSchema.nullable() });
export const writtenWordsSchema = z.strictObject({ words: ownWordsSchema.nullable() });
export type WrittenWords = z.infer<typeof writtenWordsSchema>;

/** `POST /api/orders/{outTradeNo}/anonymity`. */
export const anonymitySchema = z.strictObject({ anonymous: z.boolean() });

/** `POST /api/policies/{code}/thanks`: one supporter, perhaps with words, or all not yet thanked. */
export const thankSchema = z.union([
  z.strictObject({
    endorsementNo: z.string().regex(/^WH\d{4}-\d{6,}-\d{3,}$/),
    text: wordsTextSchema.optional(),
  }),
  z.strictObject({ all: z.literal(true) }),
]);
export type Thank = z.infer<typeof thankSchema>;
export const thankedSchema = z.strictObject({
  /** How many were thanked by this request; those thanked before are not thanked again. */
  thanked: z.int(),
  /** The thanks to the one supporter that was named; null for all. */
  words: ownWordsSchema.nullable(),
});
export type Thanked = z.infer<typeof thankedSchema>;

/** `POST /api/words/{id}/reaction`; null takes it back. */
export const reactSchema = z.strictObject({ emoji: emojiSchema.nullable() });
/** Counts by emoji, never who; `mine` is the viewer's own. */
export const reactionsSchema = z.strictObject({
  counts: z.partialRecord(emojiSchema, z.int()),
  mine: emojiSchema.nullable(),
});
export type Reactions = z.infer<typeof reactionsSchema>;
