"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef, useState, useTransition } from "react";
import { callApi } from "@/components/payments/call-api";
import { Button, type ButtonVariant } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { fill } from "@/lib/i18n/fill";
import { focusHeading } from "./focus-heading";

export interface ConfirmActWords {
  /** On the button that opens the sheet. */
  label: string;
  /** For those who do not see what the button stands beside. */
  longLabel?: string;
  title: string;
  confirm: string;
  keep: string;
  busy: string;
  /** A sentence for each way in which it can fail, by error code. */
  failures: Readonly<Record<string, string>> & { other: string };
  /** Said in the sheet when it is done; without it the page itself tells. */
  done?: { title: string; body: string; close: string };
}

/** The page has moved on since it was drawn: there is nothing left to confirm. */
const FINAL_FAILURES: readonly string[] = ["unit_in_effect", "not_settled", "policy_not_open"];

type Phase =
  | { kind: "asking"; failure: string | null }
  | { kind: "acting" }
  | { kind: "failed"; failure: string }
  | { kind: "done"; endorsementNo: string };

/**
 * One act that gives money back: a button, a sheet that says what will happen (`children`), and the
 * act. A second tap is the same tap, and asking the server again never acts twice, so an answer that
 * was lost is asked for again by the same button.
 */
export function ConfirmAct({
  path,
  body,
  words,
  variant = "quiet",
  isInline = false,
  children,
}: {
  path: string;
  body?: Readonly<Record<string, unknown>>;
  words: ConfirmActWords;
  variant?: ButtonVariant;
  /** A quiet word in a line instead of a button of the page's width. */
  isInline?: boolean;
  children: ReactNode;
}) {
  const router = useRouter();
  const dialog = useRef<HTMLDialogElement>(null);
  const isActing = useRef(false);
  const isDone = useRef(false);
  const [isOpen, setOpen] = useState(false);
  const [phase, setPhase] = useState<Phase>({ kind: "asking", failure: null });
  const [hasQuoteChanged, setQuoteChanged] = useState(false);
  const [isRedrawing, startRedraw] = useTransition();
  const redraw = () => startRedraw(() => router.refresh());
  const isBusy = phase.kind === "acting" || isRedrawing;

  // Gone with the page's old story: the new one is read from its heading on.
  useEffect(() => () => void (isDone.current && focusHeading()), []);

  // A list may hold a hundred of these, so a sheet is there only while it is open. It takes the focus
  // itself: its first button is the one that cannot be undone.
  useEffect(() => {
    if (!isOpen) return;
    dialog.current?.showModal();
    dialog.current?.focus();
  }, [isOpen]);

  async function act() {
    if (isActing.current || isDone.current) return;
    isActing.current = true;
    setPhase({ kind: "acting" });
    const answer = await callApi<{ endorsementNo?: string }>(path, { body: body ?? {} });
    isActing.current = false;
    if (answer.ok) {
      isDone.current = !words.done;
      setPhase({ kind: "done", endorsementNo: answer.body.endorsementNo ?? "" });
      // Whoever has closed the sheet meanwhile sees it on the page.
      if (!words.done || !dialog.current) redraw();
    } else if (answer.code === "quote_changed") {
      dialog.current?.close();
      setPhase({ kind: "asking", failure: null });
      setQuoteChanged(true);
      redraw();
    } else if (FINAL_FAILURES.includes(answer.code)) {
      setPhase({ kind: "failed", failure: answer.code });
    } else {
      setPhase({ kind: "asking", failure: answer.code });
    }
  }

  function open() {
    setQuoteChanged(false);
    setOpen(true);
  }
  const close = () => dialog.current?.close();
  function onClose() {
    setOpen(false);
    if (phase.kind === "failed" || (phase.kind === "done" && words.done)) redraw();
    if (phase.kind === "asking") setPhase({ kind: "asking", failure: null });
  }
  const say = (code: string) => words.failures[code] ?? words.failures.other;
  const failure = phase.kind === "asking" || phase.kind === "failed" ? phase.failure : null;

  return (
    <>
      {hasQuoteChanged && (
        <Notice tone="warn" isLive className="mb-4">
          {say("quote_changed")}
        </Notice>
      )}
      {isInline ? (
        <button
          type="button"
          aria-haspopup="dialog"
          aria-label={words.longLabel}
          onClick={open}
          className="inline-flex min-h-11 min-w-11 items-center justify-end text-fine text-soft underline decoration-line underline-offset-4"
        >
          {words.label}
        </button>
      ) : (
        <Button variant={variant} aria-haspopup="dialog" isBusy={isRedrawing} onClick={open}>
          {words.label}
        </Button>
      )}
      {isOpen && (
        // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a modal dialog by itself.
        <dialog
          ref={dialog}
          aria-label={words.title}
          tabIndex={-1}
          className="sheet text-body outline-none"
          onClose={onClose}
          onClick={(event) => event.target === dialog.current && close()}
        >
          <div className="safe-bottom px-6 pt-6">
            {phase.kind === "done" && words.done ? (
              <Finished words={words.done} endorsementNo={phase.endorsementNo} onClose={close} />
            ) : (
              <>
                <h2 className="text-title font-semibold">{words.title}</h2>
                {phase.kind !== "failed" && children}
                <p role="alert" className="mt-4 text-small text-bad empty:mt-0">
                  {failure && say(failure)}
                </p>
                <div className="mt-6 flex flex-col gap-3">
                  {phase.kind !== "failed" && (
                    <Button isBusy={isBusy} onClick={() => void act()}>
                      {isBusy ? words.busy : words.confirm}
                    </Button>
                  )}
                  <Button variant="quiet" onClick={close}>
                    {words.keep}
                  </Button>
                </div>
              </>
            )}
          </div>
        </dialog>
      )}
    </>
  );
}

function Finished({
  words,
  endorsementNo,
  onClose,
}: {
  words: NonNullable<ConfirmActWords["done"]>;
  endorsementNo: string;
  onClose: () => void;
}) {
  return (
    <>
      <div role="status">
        <h2 className="text-title font-semibold">{words.title}</h2>
        <p className="mt-3">{fill(words.body, { endorsementNo })}</p>
      </div>
      <Button variant="quiet" className="mt-6" onClick={onClose}>
        {words.close}
      </Button>
    </>
  );
}
