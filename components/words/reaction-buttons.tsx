"use client";

import { useEffect, useRef, useState } from "react";
import { callApi } from "@/components/payments/call-api";
import { classNames } from "@/components/ui/class-names";
import { fill } from "@/lib/i18n/fill";
import type { Reactions } from "@/lib/words/contract";
import { EMOJI, type Emoji } from "@/lib/words/limits";
import { EmojiIcon } from "./emoji-icon";
import { SmallButton } from "./small-button";
import { useKeptFocus } from "./use-kept-focus";

export interface ReactionWords {
  /** What the six buttons are for. */
  label: string;
  /** On the button that shows the six where they are folded. */
  open: string;
  counted: string;
  emoji: Readonly<Record<Emoji, string>>;
  failures: Readonly<Record<string, string>>;
}

/**
 * Six emoji under somebody's words. `isPublic` ones stand open and say how many chose each, never who;
 * the others are folded into one button that shows the chosen one. Who is not signed in goes to sign in.
 */
export function ReactionButtons({
  wordsId,
  counts: initialCounts = {},
  mine: initialMine = null,
  isPublic = false,
  loginPath,
  words,
}: {
  wordsId: string;
  counts?: Reactions["counts"];
  mine?: Emoji | null;
  isPublic?: boolean;
  /** A page of ours to come back to after signing in. */
  loginPath: string;
  words: ReactionWords;
}) {
  const [{ counts, mine }, setReactions] = useState<Reactions>({
    counts: initialCounts,
    mine: initialMine,
  });
  const [isOpen, setOpen] = useState(isPublic);
  const [failure, setFailure] = useState<string | null>(null);
  const isActing = useRef(false);
  const group = useRef<HTMLDivElement>(null);
  const box = useKeptFocus(`${isOpen}`);
  const path = `/api/words/${wordsId}/reaction`;

  // The page is the same for everybody: whether one has reacted is asked by those who look this far.
  useEffect(() => {
    if (!isPublic || !group.current || !("IntersectionObserver" in window)) return;
    const watcher = new IntersectionObserver(([entry]) => {
      if (!entry?.isIntersecting) return;
      watcher.disconnect();
      void callApi<Reactions>(path).then((answer) => {
        if (answer.ok && !isActing.current) setReactions(answer.body);
      });
    });
    watcher.observe(group.current);
    return () => watcher.disconnect();
  }, [isPublic, path]);

  async function choose(emoji: Emoji) {
    if (isActing.current) return;
    isActing.current = true;
    setFailure(null);
    const answer = await callApi<Reactions>(path, {
      body: { emoji: emoji === mine ? null : emoji },
    });
    isActing.current = false;
    if (answer.ok) {
      setReactions(answer.body);
      if (!isPublic) setOpen(false);
    } else if (answer.code === "not_authenticated") {
      location.assign(`/api/auth/wechat?next=${encodeURIComponent(loginPath)}`);
    } else {
      setFailure(words.failures[answer.code] ?? words.failures.other ?? "");
    }
  }

  return (
    <div ref={box} className="contents">
      {!isPublic && (
        <SmallButton
          aria-expanded={isOpen}
          aria-label={mine ? `${words.label} ${words.emoji[mine]}` : words.label}
          onClick={() => setOpen(!isOpen)}
        >
          {mine ? <EmojiIcon emoji={mine} className="text-accent-text" /> : words.open}
        </SmallButton>
      )}
      {isOpen && (
        // biome-ignore lint/a11y/useSemanticElements: six toggles under one name, not fields of a form.
        <div
          ref={group}
          role="group"
          aria-label={words.label}
          className="-mx-1 flex basis-full flex-wrap"
        >
          {EMOJI.map((emoji) => (
            <button
              key={emoji}
              type="button"
              aria-pressed={emoji === mine}
              aria-label={
                counts[emoji] && isPublic
                  ? fill(words.counted, { name: words.emoji[emoji], count: counts[emoji] })
                  : words.emoji[emoji]
              }
              onClick={() => void choose(emoji)}
              className={classNames(
                "inline-flex min-h-11 items-center justify-center gap-1 rounded-control border motion-safe:active:scale-95",
                // Folded ones stand in a row beside a face: six of them fit a phone of 320.
                isPublic ? "min-w-11 px-2" : "min-w-9.5",
                emoji === mine
                  ? "border-accent bg-sunk text-accent-text"
                  : "border-transparent text-soft",
              )}
            >
              <EmojiIcon emoji={emoji} />
              {isPublic && counts[emoji] ? (
                <span aria-hidden="true" className="text-fine text-soft figure-numbers">
                  {counts[emoji]}
                </span>
              ) : null}
            </button>
          ))}
        </div>
      )}
      <p role="status" className="basis-full text-fine text-bad empty:hidden">
        {failure}
      </p>
    </div>
  );
}
