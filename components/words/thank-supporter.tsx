"use client";

import { type ReactNode, useRef, useState } from "react";
import { callApi } from "@/components/payments/call-api";
import type { OwnWords, Thanked } from "@/lib/words/contract";
import { SmallButton } from "./small-button";
import { useKeptFocus } from "./use-kept-focus";
import { WordsForm } from "./words-form";

export interface ThankWords {
  thank: string;
  thankFor: string;
  thanked: string;
  addWords: string;
  yourThanks: string;
  label: string;
  placeholder: string;
  save: string;
  keep: string;
  change: string;
  busy: string;
  states: { held: string; hidden: string };
  failures: Readonly<Record<string, string>>;
}

/** One tap says thanks; words may follow, and may be changed. */
export function ThankSupporter({
  code,
  endorsementNo,
  initial,
  words,
  children,
}: {
  code: string;
  endorsementNo: string;
  initial: OwnWords | null;
  words: ThankWords;
  /** Other small acts in the same line. */
  children?: ReactNode;
}) {
  const [answer, setAnswer] = useState<OwnWords | null>(null);
  const [isWriting, setWriting] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const isActing = useRef(false);
  const box = useKeptFocus(`${isWriting}`);
  // Thanking everybody redraws the page: then what it brings is the truth.
  const thanks = answer ?? initial;

  async function thank(text?: string) {
    if (isActing.current) return;
    isActing.current = true;
    setBusy(true);
    setFailure(null);
    const body = { endorsementNo, ...(text && { text }) };
    const result = await callApi<Thanked>(`/api/policies/${code}/thanks`, { body });
    isActing.current = false;
    setBusy(false);
    if (!result.ok) return setFailure(words.failures[result.code] ?? words.failures.other ?? "");
    setAnswer(result.body.words);
    setWriting(false);
  }

  return (
    <div ref={box}>
      {thanks?.text && !isWriting && (
        <div className="mt-2 border-l-2 border-line pl-3 text-small">
          <span className="text-fine text-soft">{words.yourThanks}</span>
          <p className="whitespace-pre-line">{thanks.text}</p>
          {thanks.state !== "shown" && (
            <p className="text-fine text-pretty text-soft">{words.states[thanks.state]}</p>
          )}
        </div>
      )}
      {isWriting ? (
        <WordsForm
          text={thanks?.text ?? ""}
          isBusy={isBusy}
          words={words}
          onSave={(text) => void thank(text)}
          onKeep={() => setWriting(false)}
        />
      ) : (
        <div className="flex flex-wrap items-center gap-x-5">
          <span aria-live="polite" className="text-fine text-soft empty:hidden">
            {thanks && words.thanked}
          </span>
          <SmallButton
            className="text-accent-text"
            aria-label={thanks ? undefined : words.thankFor}
            aria-busy={isBusy || undefined}
            onClick={() => (thanks ? setWriting(true) : void thank())}
          >
            {isBusy
              ? words.busy
              : thanks?.text
                ? words.change
                : thanks
                  ? words.addWords
                  : words.thank}
          </SmallButton>
          {children}
        </div>
      )}
      <p role="alert" className="text-fine text-bad empty:hidden">
        {failure}
      </p>
    </div>
  );
}
