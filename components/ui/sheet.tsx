"use client";

import { type ReactNode, useRef } from "react";
import { Button, type ButtonVariant } from "./button";

/**
 * A sheet from the bottom on the native `<dialog>`: focus, Escape and the inert page behind it are
 * the browser's. A tap on the veil closes it. Its content is server-rendered `children`.
 */
export function Sheet({
  label,
  title,
  closeLabel,
  variant = "primary",
  children,
}: {
  label: ReactNode;
  title: string;
  closeLabel: string;
  variant?: ButtonVariant;
  children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <>
      <Button variant={variant} aria-haspopup="dialog" onClick={() => dialog.current?.showModal()}>
        {label}
      </Button>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a modal dialog by itself. */}
      <dialog
        ref={dialog}
        aria-label={title}
        className="sheet"
        onClick={(event) => event.target === dialog.current && dialog.current.close()}
      >
        <div className="safe-bottom px-6 pt-6">
          <h2 className="text-title font-semibold">{title}</h2>
          {children}
          <Button variant="quiet" className="mt-6" onClick={() => dialog.current?.close()}>
            {closeLabel}
          </Button>
        </div>
      </dialog>
    </>
  );
}
