import type { ReactNode } from "react";

/** Second acts: in elder mode folded behind one word, so that a screen has one; else as they are. */
export function More({
  isElder,
  label,
  children,
}: {
  isElder: boolean;
  label: string;
  children: ReactNode;
}) {
  if (!isElder) return children;
  return (
    <details className="group mt-8 border-t border-line">
      <summary className="flex min-h-14 items-center justify-between font-medium">
        {label}
        <span aria-hidden="true" className="group-open:rotate-90">
          ›
        </span>
      </summary>
      {children}
    </details>
  );
}
