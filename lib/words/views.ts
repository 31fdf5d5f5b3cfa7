/** What the pages show of words. Built by `queries.ts`, drawn by `components/words`; plain data. */
import type { OwnWords, Reactions } from "./contract";
import type { Emoji } from "./limits";

/** What a giver and the insured have said to each other about one gift, as the giver reads it. */
export interface GiftWords {
  anonymous: boolean;
  /** He may write: his unit lives. */
  canWrite: boolean;
  /** His own words and, while they are shown, what the insured has answered them with. */
  wish: (OwnWords & { reaction: Emoji | null }) | null;
  /** `text` is null for a thank you by one tap, and while a person still looks at the words. */
  thanks: { id: string; text: string | null; thankedAt: string; reaction: Emoji | null } | null;
}

/** What the insured says to everybody who has his link. */
export interface Note {
  id: string;
  text: string;
  writtenAt: string;
  counts: Reactions["counts"];
}
