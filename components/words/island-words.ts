import type { wordsMessages } from "@/lib/i18n/words";
import type { ReactionWords } from "./reaction-buttons";
import type { EditorWords } from "./words-editor";

type Words = ReturnType<typeof wordsMessages>;

/** The words that reacting needs in the browser, picked on the server. */
export function reactionWords(words: Words, label: string): ReactionWords {
  const { emoji, reactions, failures } = words;
  return { label, open: reactions.open, counted: reactions.counted, emoji, failures };
}

/** The words that writing needs in the browser. */
export function editorWords(
  words: Words,
  about: Omit<EditorWords, "save" | "keep" | "busy" | "change" | "unsay" | "states" | "failures">,
): EditorWords {
  const { editor, failures, held, hidden } = words;
  return { ...editor, ...about, states: { held, hidden }, failures };
}
