/** A wish fits on one line of a phone twice over; longer texts belong in a chat. */
export const WORDS_CHARS_MAX = 60;

/** As they are stored; the page draws them and has their names. */
export const EMOJI = ["heart", "hug", "clap", "strong", "flower", "laugh"] as const;
export type Emoji = (typeof EMOJI)[number];
