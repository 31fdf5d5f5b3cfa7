"use client";

import { useRef } from "react";
import { fill } from "@/lib/i18n/fill";

/** Says once, politely, that a cell was lit while one looked: from the count alone, so nobody is named. */
export function NewCell({ units, template }: { units: number; template: string }) {
  const seen = useRef(units);
  // A unit that went back to its payer is not told of; the next one is.
  if (units < seen.current) seen.current = units;
  return (
    <p role="status" className="mt-2 text-small text-accent-text empty:hidden">
      {units > seen.current && fill(template, { seq: units })}
    </p>
  );
}
