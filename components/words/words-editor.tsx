"use client";

import { type ReactNode, useRef, useState } from "react";
import { callApi } from "@/components/payments/call-api";
import { Button } from "@/components/ui/button";
import type { OwnWords, WrittenWords } from "@/lib/words/contract";
import { SmallButton } from "./small-button";
import { useKeptFocus } from "./use-kept-focus";
import { WordsForm } from "./words-form";

export interface EditorWords {
  write: string;
  label: string;
  placeholder: string;
  yours: string;
  /** Said when it is done. */
  saved: string;
  unsaid: string;
  save: string;
  keep: string;
  busy: string;
  change: string;
  unsay: string;
  states: { held: string; hidden: string };
  failures: Readonly<Record<string, string>>;
}

/** One's own words: what they are and what became of them, to write, change or take back. */
export function WordsEditor({
  path,
  initial,
  canWrite = true,
  words,
  children,
}: {
  path: string;
  initial: OwnWords | null;
  canWrite?: boolean;
  words: EditorWords;
  /** What others answered; it was to these words, so it goes with them. */
  children?: ReactNode;
}) {
  const [own, setOwn] = useState(initial);
  const [isWriting, setWriting] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [told, setTold] = useState<{ isFailure: boolean; text: string } | null>(null);
  const isActing = useRef(false);
  const box = useKeptFocus(`${isWriting} ${own !== null}`);

  async function save(text: string | null) {
    // A second tap is the same tap; saving the same words again changes nothing.
    if (isActing.current) return;
    isActing.current = true;
    setBusy(true);
    setTold(null);
    const answer = await callApi<WrittenWords>(path, { body: { text } });
    isActing.current = false;
    setBusy(false);
    if (!answer.ok) {
      const say = words.failures[answer.code] ?? words.failures.other ?? "";
      return setTold({ isFailure: true, text: say });
    }
    const now = answer.body.words;
    setOwn(now);
    setWriting(false);
    if (!now) setTold({ isFailure: false, text: words.unsaid });
    else if (now.state === "shown") setTold({ isFailure: false, text: words.saved });
  }

  return (
    <div ref={box}>
      {isWriting ? (
        <WordsForm
          text={own?.text ?? ""}
          isBusy={isBusy}
          words={words}
          onSave={(text) => void save(text)}
          onKeep={() => setWriting(false)}
        />
      ) : own ? (
        <>
          <p className="text-fine text-soft">{words.yours}</p>
          <p className="whitespace-pre-line">{own.text}</p>
          {own.text === initial?.text && children}
          {own.state !== "shown" && (
            <p role="status" className="mt-1 text-fine text-pretty text-soft">
              {words.states[own.state]}
            </p>
          )}
          <div className="flex gap-5">
            {canWrite && <SmallButton onClick={() => setWriting(true)}>{words.change}</SmallButton>}
            {own.state !== "hidden" && (
              <SmallButton onClick={() => void save(null)}>{words.unsay}</SmallButton>
            )}
          </div>
        </>
      ) : (
        canWrite && (
          <Button variant="quiet" onClick={() => setWriting(true)}>
            {words.write}
          </Button>
        )
      )}
      <p
        role="status"
        className={`text-fine empty:hidden ${told?.isFailure ? "text-bad" : "text-soft"}`}
      >
        {told?.text}
      </p>
    </div>
  );
}
