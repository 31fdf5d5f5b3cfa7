"use client";

import { LinkButton } from "@/components/ui/button";
import type { ShareState } from "./share-state";

export interface ClosedWords {
  states: Record<Exclude<ShareState, "open">, { title: string; body: string }>;
  toOwnPolicy: string;
  toMyPayments: string;
  alsoMe: string;
}

/** In place of the pay button: what is so, said kindly, and the next step that makes sense. */
export function ClosedBar({
  code,
  state,
  words,
}: {
  code: string;
  state: Exclude<ShareState, "open">;
  words: ClosedWords;
}) {
  const { title, body } = words.states[state];
  return (
    <div role="status" className="pb-1">
      <p className="text-center text-lead font-semibold">{title}</p>
      <p className="mb-3 text-center text-small text-balance text-soft">{body}</p>
      {state === "own_policy" ? (
        <LinkButton href={`/me/policies/${code}`}>{words.toOwnPolicy}</LinkButton>
      ) : state === "already_supported" ? (
        <LinkButton variant="quiet" href="/me">
          {words.toMyPayments}
        </LinkButton>
      ) : (
        <LinkButton variant="quiet" href="/apply">
          {words.alsoMe}
        </LinkButton>
      )}
    </div>
  );
}
