import { z } from "zod";
import { policyCodeSchema } from "@/lib/policies/contract";
import { TONES } from "./limits";

/** Without 0, 1, I and O; the database's `policies_short_code`. */
export const SHORT_CODE = /^[2-9A-HJ-NP-Z]{8}$/;

/**
 * What a person typed, as the code it is meant to be: spaces, dashes and the case do not count, nor
 * whether the phone's keyboard was set to wide letters. Anything longer than a slip is cut off.
 */
export function normaliseShortCode(typed: string): string {
  return typed
    .slice(0, 64)
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s\p{Pd}_.·]+/gu, "");
}

/** In two groups of four, the way people read numbers to each other. */
export function formatShortCode(shortCode: string): string {
  return `${shortCode.slice(0, 4)} ${shortCode.slice(4)}`;
}

/** The path of `GET /api/short-codes/{shortCode}`; what can be nobody's code reads as unknown. */
export const shortCodeSchema = z
  .string()
  .transform(normaliseShortCode)
  .pipe(z.string().regex(SHORT_CODE));

/** One way of asking, in the language asked for. */
export const askCardSchema = z.strictObject({
  tone: z.enum(TONES),
  /** Of the card in a chat. */
  title: z.string(),
  /** Below it: what the law wants read comes first (R44). */
  description: z.string(),
  /** Moments shows a title and a picture and nothing else, so the same words stand in it. */
  momentsTitle: z.string(),
  /** To copy into a chat, with the link at its end. */
  sentence: z.string(),
});
export type AskCard = z.infer<typeof askCardSchema>;

/** `GET /api/policies/{code}/asking`, for the insured only. */
export const askingSchema = z.strictObject({
  code: policyCodeSchema,
  shortCode: z.string().regex(SHORT_CODE),
  link: z.url(),
  cards: z.array(askCardSchema),
});
export type Asking = z.infer<typeof askingSchema>;

/** `GET /api/short-codes/{shortCode}` */
export const foundPolicySchema = z.strictObject({ code: policyCodeSchema });
