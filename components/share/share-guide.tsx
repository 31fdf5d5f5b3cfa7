import type { ReactNode } from "react";
import type { ButtonVariant } from "@/components/ui/button";
import { Sheet } from "@/components/ui/sheet";

export interface ShareGuideWords {
  title: string;
  steps: readonly string[];
  /** On the mark in the corner of the real screen. */
  corner: string;
  /** What the small picture shows. */
  picture: string;
  honest: string;
  close: string;
}

/**
 * A page cannot open WeChat's share menu, so the guide shows where it is: a mark in the corner of
 * the real screen, and the same in a small picture with the steps.
 */
export function ShareGuide({
  label,
  variant = "primary",
  words,
}: {
  label: ReactNode;
  variant?: ButtonVariant;
  words: ShareGuideWords;
}) {
  return (
    <Sheet label={label} variant={variant} title={words.title} closeLabel={words.close}>
      <CornerMark label={words.corner} />
      <CornerPicture label={words.picture} />
      <ol className="mt-4 space-y-2">
        {words.steps.map((step, index) => (
          <li key={step} className="flex gap-3">
            <span
              aria-hidden="true"
              className="mt-0.5 grid size-6 shrink-0 place-items-center rounded-full bg-wait text-fine font-semibold text-ink"
            >
              {index + 1}
            </span>
            {step}
          </li>
        ))}
      </ol>
      <p className="mt-4 text-small text-soft">{words.honest}</p>
    </Sheet>
  );
}

/** A solid label under WeChat's own corner: it covers what the page has there instead of crossing it. */
function CornerMark({ label }: { label: string }) {
  return (
    <p
      aria-hidden="true"
      className="pointer-events-none fixed top-4 right-3 flex min-h-11 items-center rounded-control bg-card px-4 text-small font-semibold text-ink"
    >
      <svg
        aria-hidden="true"
        viewBox="0 0 20 12"
        className="absolute -top-2.5 right-4 w-5 fill-card"
      >
        <path d="M0 12 11.4.9a1.6 1.6 0 0 1 2.2 0L20 12z" />
      </svg>
      {label}
    </p>
  );
}

function CornerPicture({ label }: { label: string }) {
  return (
    <svg role="img" aria-label={label} viewBox="0 0 300 84" className="mt-4 w-full">
      <path
        d="M1 84V17A16 16 0 0 1 17 1H283a16 16 0 0 1 16 16V84"
        className="fill-paper stroke-line"
        strokeWidth="1.5"
      />
      <path
        d="m24 27-6 6 6 6"
        fill="none"
        className="stroke-soft"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <rect x="116" y="28" width="68" height="10" rx="5" className="fill-line" />
      <circle
        cx="270"
        cy="33"
        r="17"
        className="fill-(--coral-glow) motion-safe:animate-pulse-soft"
      />
      <circle cx="270" cy="33" r="13" fill="none" className="stroke-coral" strokeWidth="1.5" />
      <g className="fill-ink">
        <circle cx="264" cy="33" r="1.8" />
        <circle cx="270" cy="33" r="1.8" />
        <circle cx="276" cy="33" r="1.8" />
      </g>
      <path d="M1 62H299" className="stroke-line" strokeWidth="1.5" />
      <rect x="22" y="73" width="150" height="11" className="fill-line" opacity=".6" />
    </svg>
  );
}
