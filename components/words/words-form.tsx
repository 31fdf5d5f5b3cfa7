"use client";

import { type FormEvent, useId } from "react";
import { Button } from "@/components/ui/button";
import { INPUT_CLASS } from "@/components/ui/input-class";
import { WORDS_CHARS_MAX } from "@/lib/words/limits";

/** One short text for somebody to read. */
export function WordsForm({
  text,
  isBusy,
  words,
  onSave,
  onKeep,
}: {
  text: string;
  isBusy: boolean;
  words: { label: string; placeholder: string; save: string; keep: string; busy: string };
  onSave: (text: string) => void;
  onKeep: () => void;
}) {
  const id = useId();
  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const written = event.currentTarget.querySelector("textarea")?.value.trim();
    if (written) onSave(written);
  }
  return (
    <form onSubmit={onSubmit} className="mt-2">
      <label htmlFor={id} className="mb-2 block text-small">
        {words.label}
      </label>
      <textarea
        id={id}
        rows={2}
        maxLength={WORDS_CHARS_MAX}
        placeholder={words.placeholder}
        defaultValue={text}
        required
        // biome-ignore lint/a11y/noAutofocus: it comes by the person's own tap on "write".
        autoFocus
        className={INPUT_CLASS}
      />
      <div className="mt-3 grid grid-cols-2 gap-3">
        <Button variant="quiet" onClick={onKeep}>
          {words.keep}
        </Button>
        <Button type="submit" isBusy={isBusy}>
          {isBusy ? words.busy : words.save}
        </Button>
      </div>
    </form>
  );
}
