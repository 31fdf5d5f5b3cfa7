import type { Deps } from "@/lib/deps";
import type { WordsKind, WordsState } from "./contract";
import type { Decision } from "./moderation";

/** Somebody waits for his order meanwhile; the words can wait for a person instead. */
const REVIEW_MS = 800;

const STATES = { show: "shown", hold: "held", hide: "hidden" } as const satisfies Record<
  Decision,
  WordsState
>;

/**
 * In which state words start. A moderation that fails, or takes too long, holds them: it never shows
 * what nobody has judged, and it is never the author's error.
 *
 * @returns `verdict` is null exactly for words that are shown.
 */
export async function reviewWords(
  deps: Pick<Deps, "moderation" | "log">,
  text: string,
  kind: WordsKind,
): Promise<{ state: WordsState; verdict: string | null }> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("the moderation is late")), REVIEW_MS);
  });
  try {
    const review = deps.moderation.review(text, { kind });
    const { decision, verdict } = await Promise.race([review, late]);
    const state = STATES[decision];
    return { state, verdict: state === "shown" ? null : (verdict ?? "unexplained") };
  } catch (error) {
    deps.log.warn({ error: String(error) }, "moderation failed, words are held");
    return { state: "held", verdict: "no_verdict" };
  } finally {
    clearTimeout(timer);
  }
}
