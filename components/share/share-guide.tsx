import { LinkButton } from "@/components/ui/button";
import { Sheet } from "@/components/ui/sheet";
import { commonMessages } from "@/lib/i18n/common";
import type { Locale } from "@/lib/i18n/locale";
import { ownerMessages } from "@/lib/i18n/owner";

/**
 * A page cannot open WeChat's share menu, so the guide shows where it is: an arrow to the corner
 * of the real screen, and the same in a small picture with the steps.
 */
export function ShareGuide({ code, locale }: { code: string; locale: Locale }) {
  const words = ownerMessages(locale).invite;
  return (
    <Sheet label={words.button} title={words.title} closeLabel={commonMessages(locale).close}>
      <CornerArrow />
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
      <LinkButton variant="text" href={`/p/${code}`} className="mt-1">
        {words.preview}
      </LinkButton>
    </Sheet>
  );
}

function CornerArrow() {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 80 80"
      className="pointer-events-none fixed top-3 right-5 size-20 text-white"
      fill="none"
      stroke="currentColor"
      strokeWidth="4"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d="M14 72C20 44 38 24 66 12" />
      <path d="M46 9l21 3-9 19" />
    </svg>
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
