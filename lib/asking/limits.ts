/** How one may ask: matter-of-fact, with a wink, or with thanks. Apart from the contract for the browser. */
export const TONES = ["plain", "playful", "grateful"] as const;
export type Tone = (typeof TONES)[number];
