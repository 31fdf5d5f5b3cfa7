"use client";

import { useEffect, useRef } from "react";

/**
 * When what had the focus is gone because of what it did, the first button of the same place has it:
 * `place` changes with every such step.
 */
export function useKeptFocus(place: string) {
  const box = useRef<HTMLDivElement>(null);
  const last = useRef(place);
  useEffect(() => {
    if (last.current === place) return;
    last.current = place;
    if (document.activeElement === document.body) box.current?.querySelector("button")?.focus();
  }, [place]);
  return box;
}
