"use client";

import { useEffect, useRef, useState } from "react";
import { callApi } from "@/components/payments/call-api";
import type { Board } from "@/lib/leaderboard/contract";

/** A board is two seconds behind at most (design §6), so asking sooner tells nothing new. */
const SHORTEST_MS = 2_000;
/** Where nothing happens one asks ever more slowly. */
const LONGEST_MS = 20_000;
const SLOWING = 1.5;

/** A board as it is now: asked again while somebody looks at the page, and never behind his back. */
export function useBoard(initial: Board, address: string): Board {
  const [board, setBoard] = useState(initial);
  const shown = useRef(factsOf(initial));

  useEffect(() => {
    let isOver = false;
    let waitMs = SHORTEST_MS;
    let timer: ReturnType<typeof setTimeout> | undefined;

    async function ask() {
      const answer = await callApi<Board>(address);
      if (isOver || document.hidden) return;
      const isNew = answer.ok && factsOf(answer.body) !== shown.current;
      if (answer.ok && isNew) {
        shown.current = factsOf(answer.body);
        setBoard(answer.body);
      }
      waitMs = isNew ? SHORTEST_MS : Math.min(LONGEST_MS, waitMs * SLOWING);
      wait();
    }
    function wait() {
      clearTimeout(timer);
      if (!document.hidden) timer = setTimeout(() => void ask(), waitMs);
    }
    // Hidden pages do not ask; one that is looked at again, also out of iOS's cache, starts over.
    function onReturn() {
      waitMs = SHORTEST_MS;
      wait();
    }
    document.addEventListener("visibilitychange", onReturn);
    window.addEventListener("pageshow", onReturn);
    wait();
    return () => {
      isOver = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onReturn);
      window.removeEventListener("pageshow", onReturn);
    };
  }, [address]);

  return board;
}

/** What is drawn; the instant and the sealed cursor are others each time. */
function factsOf({ total, topUnits, own, viewer, rows }: Board): string {
  return JSON.stringify([total, topUnits, own, viewer, rows]);
}
