import type { ReactNode } from "react";
import type { Emoji } from "@/lib/words/limits";

/** Drawn by us: the same on every phone, in the page's own ink, and no font has to be there. */
const DRAWINGS: Record<Emoji, ReactNode> = {
  heart: (
    <path d="M12 20S4 15.2 4 9.4C4 6.9 5.9 5 8.2 5c1.6 0 3 .9 3.8 2.2C12.8 5.9 14.2 5 15.8 5 18.1 5 20 6.9 20 9.4 20 15.2 12 20 12 20Z" />
  ),
  hug: (
    <>
      <circle cx="12" cy="9" r="5.5" />
      <path d="M10 10.300c.6.7 1.2 1 2 1s1.4-.3 2-1M4.5 20c-.6-3.6 1-6 3-6 1.9 0 3.2 2 4.5 4 1.3-2 2.6-4 4.5-4 2 0 3.6 2.4 3 6" />
    </>
  ),
  clap: (
    <path d="M8.7 20.200c-2.7-1.5-4-4.3-3.6-7.200l.5-3.400c.2-1.2 1.9-1.1 2 .1l.2 2.3 3.3-5.200c.8-1.2 2.5-.1 1.8 1.100l3.1-2.900c1.1-1 2.5.5 1.5 1.500l-1.2 1.300c1.2-.9 2.4.7 1.3 1.700l-1 1c1.1-.5 2 .9 1 1.700l-4.2 5.900c-1.2 1.7-3 2.8-4.7 2.100ZM9 3.500l.6 1.800M13 2.800v1.800M5.5 5.200l1.2 1.3" />
  ),
  strong: (
    <path d="M4.5 20V12l2-6.800c.3-1 1.2-1.7 2.2-1.700h1.800c1.3 0 1.9 1.5 1.1 2.500L10 8l1 3.200c4-1.7 8.8.3 8.8 4.8 0 2.8-2.2 4-5 4H4.500ZM11 11.200c-1 .5-1.7 1.3-2 2.3" />
  ),
  flower: (
    <>
      <circle cx="12" cy="9.5" r="1.9" />
      <path d="M12 7.600c-2-4.8 4-4.8 2 0m-.1.600c4-3.3 6 2.4 1 2.400m-1 .6c3 4.3-2.3 6.2-1.9 1.200m-.6 0c.4 5-4.9 3.1-1.9-1.200m-1-.6c-5 0-3-5.7 1-2.400M12 14v7m0-1.500c0-2.4 1.8-3.7 4.2-3.7" />
    </>
  ),
  laugh: (
    <>
      <circle cx="12" cy="12" r="8" />
      <path d="M8.5 9.800h.01M15.5 9.800h.01M8 13.500h8c-.3 2.3-1.9 3.7-4 3.700s-3.7-1.4-4-3.700Z" />
    </>
  ),
};

export function EmojiIcon({ emoji, className }: { emoji: Emoji; className?: string }) {
  return (
    <svg
      viewBox="0 0 24 24"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      strokeLinecap="round"
      strokeLinejoin="round"
      className={`inline-block size-6 shrink-0 ${className ?? ""}`}
    >
      {DRAWINGS[emoji]}
    </svg>
  );
}
