"use client";

import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { focusHeading } from "@/components/endings/focus-heading";
import { callApi } from "@/components/payments/call-api";
import { Button } from "@/components/ui/button";
import type { MilestoneName } from "@/lib/milestones/contract";

/**
 * Tells the server at once that the moment has been seen, so that no reload and no other phone shows
 * it again; once more on closing, should that have been lost. Escape closes it, like the button.
 */
export function CelebrationFrame({
  code,
  name,
  title,
  closeLabel,
  children,
}: {
  code: string;
  name: MilestoneName;
  title: string;
  closeLabel: string;
  children: ReactNode;
}) {
  const [isOpen, setIsOpen] = useState(true);
  const frame = useRef<HTMLElement>(null);
  const isKept = useRef(false);

  const keep = useCallback(async () => {
    const path = `/api/policies/${code}/celebrations`;
    const answer = await callApi(path, { body: { units: name } });
    isKept.current ||= answer.ok;
  }, [code, name]);

  const close = useCallback(() => {
    if (!isKept.current) void keep();
    // Whoever reads further down stays where he is.
    const hadFocus = frame.current?.contains(document.activeElement);
    setIsOpen(false);
    if (hadFocus) focusHeading();
  }, [keep]);

  useEffect(() => void keep(), [keep]);

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      // A sheet that lies over the page takes its own Escape.
      if (event.key === "Escape" && !document.querySelector("dialog[open]")) close();
    }
    if (!isOpen) return;
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [isOpen, close]);

  if (!isOpen) return null;
  return (
    <section
      ref={frame}
      aria-label={title}
      className="mt-1 mb-4 rounded-card bg-card px-4 pt-4 pb-2 shadow-lift"
    >
      {children}
      <Button variant="text" className="mt-1" onClick={close}>
        {closeLabel}
      </Button>
    </section>
  );
}
