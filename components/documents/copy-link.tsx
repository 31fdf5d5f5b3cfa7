"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";

/** Copies an address, and says so or says how to do it by hand. */
export function CopyLink({
  url,
  words,
}: {
  url: string;
  words: { copy: string; copied: string; copyFailed: string };
}) {
  const [note, setNote] = useState("");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url);
      setNote(words.copied);
    } catch {
      // No permission, or plain http: the address stays on screen to be copied by hand.
      setNote(words.copyFailed);
    }
  };
  return (
    <>
      <Button onClick={copy}>{words.copy}</Button>
      <p role="status" className="mt-2 text-center text-small text-soft empty:mt-0">
        {note}
      </p>
    </>
  );
}
