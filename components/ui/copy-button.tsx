"use client";

import { useState } from "react";
import { Button, type ButtonVariant } from "./button";

/** Copies a text, and says so or says how to do it by hand. */
export function CopyButton({
  text,
  words,
  variant = "primary",
}: {
  text: string;
  words: { copy: string; copied: string; copyFailed: string };
  variant?: ButtonVariant;
}) {
  const [note, setNote] = useState("");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setNote(words.copied);
    } catch {
      // No permission, or plain http: the text stays on screen to be copied by hand.
      setNote(words.copyFailed);
    }
  };
  return (
    <>
      <Button variant={variant} onClick={copy}>
        {words.copy}
      </Button>
      <p role="status" className="mt-2 text-center text-small text-soft empty:mt-0">
        {note}
      </p>
    </>
  );
}
