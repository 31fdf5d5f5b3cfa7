/**
 * The port through which everything passes that one person writes for another. Today a word list
 * stands behind it; a cloud provider is another implementation of the same interface, and may fail:
 * see `reviewWords`.
 */
import type { WordsKind } from "./contract";
import { judgeText } from "./rules";

/** `hold` waits for a person; `hide` needs none. */
export type Decision = "show" | "hold" | "hide";

export interface Moderation {
  /** `verdict` says for the log and the queue what was found; null when nothing was. */
  review(
    text: string,
    about: { kind: WordsKind },
  ): Promise<{ decision: Decision; verdict: string | null }>;
}

/** The word list and patterns of `rules.ts`: in process, at once, without a network. */
export function createWordList(): Moderation {
  return { review: async (text, { kind }) => judgeText(text, kind) };
}
