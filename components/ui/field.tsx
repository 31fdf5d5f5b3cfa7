import type { InputHTMLAttributes, ReactNode } from "react";
import { INPUT_CLASS } from "./input-class";

/** A labelled input. The hint and the error are tied to it, and the error is announced. */
export function Field({
  id,
  label,
  hint,
  error,
  className,
  ...input
}: {
  id: string;
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
} & InputHTMLAttributes<HTMLInputElement>) {
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-2 block text-body font-medium">
        {label}
      </label>
      <input
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy || undefined}
        className={INPUT_CLASS}
        {...input}
      />
      {hint && (
        <p id={`${id}-hint`} className="mt-2 text-fine text-soft">
          {hint}
        </p>
      )}
      <p id={`${id}-error`} aria-live="polite" className="mt-2 text-small text-bad empty:mt-0">
        {error}
      </p>
    </div>
  );
}
