"use client";

import { useState, useSyncExternalStore } from "react";

const never = () => () => undefined;

/** True once scripts run: a button that only they can serve is not shown before. */
function useHasScripts(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}

/** Copies one number, and says so or says how to do it by hand. */
export function CopyNumber({
  value,
  label,
  words,
}: {
  value: string;
  /** What the number is, for those who hear the button. */
  label: string;
  words: { copy: string; copied: string; copyFailed: string };
}) {
  const [note, setNote] = useState("");
  const hasScripts = useHasScripts();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setNote(words.copied);
    } catch {
      // No permission, or plain http: the number stays selectable.
      setNote(words.copyFailed);
    }
  };
  return (
    <span className="flex shrink-0 items-center">
      <span role="status" className="text-accent-text">
        {note}
      </span>
      {hasScripts && (
        <button
          type="button"
          onClick={copy}
          aria-label={`${words.copy} ${label}`}
          // A target of 44 px around a small mark that ends where the times above it end.
          className="-my-3 -mr-3.5 grid size-11 place-items-center text-soft active:text-accent-text"
        >
          <svg
            viewBox="0 0 16 16"
            aria-hidden="true"
            className="size-4"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.4"
            strokeLinejoin="round"
          >
            <rect x="5.5" y="5.5" width="8" height="8" rx="2" />
            <path d="M10.5 5.5v-1a2 2 0 0 0-2-2h-4a2 2 0 0 0-2 2v4a2 2 0 0 0 2 2h1" />
          </svg>
        </button>
      )}
    </span>
  );
}
