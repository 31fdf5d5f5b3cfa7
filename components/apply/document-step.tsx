import { Card } from "@/components/ui/card";
import { classNames } from "@/components/ui/class-names";
import { fill } from "@/lib/i18n/fill";
import type { DocumentKind } from "@/lib/plans/contract";
import type { ApplyWords, ShownDocument } from "./apply-props";
import { type ApplyEvent, tickId } from "./machine";

/**
 * One document on its own screen (R9): its points where it is long, all of it in place, and a box
 * that only the person ticks. `isFolded` is for the long terms; what is not paid is never folded.
 */
export function DocumentStep({
  kind,
  document,
  points,
  isFolded,
  tick,
  isTicked,
  isMissing,
  words,
  dispatch,
}: {
  kind: DocumentKind;
  document: ShownDocument;
  points: readonly string[];
  isFolded: boolean;
  tick: string;
  isTicked: boolean;
  isMissing: boolean;
  words: ApplyWords["documents"];
  dispatch: (event: ApplyEvent) => void;
}) {
  const fullText = (
    <div lang="zh-CN" className="border-t border-line pt-5 first:border-0 first:pt-0">
      {document.body}
    </div>
  );
  return (
    <>
      {points.length > 0 && (
        <ul className="mt-6 space-y-3">
          {points.map((point) => (
            <li key={point} className="flex gap-3">
              <span aria-hidden="true" className="mt-2 size-3 shrink-0 rounded-[32%] bg-coral" />
              <span>{point}</span>
            </li>
          ))}
        </ul>
      )}
      <Card className="mt-6">
        {document.translation && (
          <Fold label={words.translation} hide={words.hide}>
            <div className="border-t border-line pt-5">{document.translation}</div>
          </Fold>
        )}
        {isFolded ? (
          <Fold label={words.readAll} hide={words.hide}>
            {fullText}
          </Fold>
        ) : (
          fullText
        )}
      </Card>
      <p className="mt-3 text-fine text-soft">
        {fill(words.version, { version: document.version })}
      </p>
      <Tick
        id={tickId(kind)}
        label={tick}
        isTicked={isTicked}
        error={isMissing ? words.tickMissing : null}
        onChange={(isNowTicked) =>
          dispatch({ kind: "ticked", document: kind, isTicked: isNowTicked })
        }
      />
    </>
  );
}

function Fold({
  label,
  hide,
  children,
}: {
  label: string;
  hide: string;
  children: React.ReactNode;
}) {
  return (
    <details className="group">
      <summary className="flex min-h-11 items-center justify-between gap-4 font-medium text-accent-text">
        <span className="group-open:hidden">{label}</span>
        <span className="hidden group-open:inline">{hide}</span>
        <svg
          viewBox="0 0 16 16"
          aria-hidden="true"
          className="size-4 shrink-0 transition-transform group-open:rotate-180"
        >
          <path
            d="m3 6 5 5 5-5"
            fill="none"
            stroke="currentColor"
            strokeWidth="2"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </svg>
      </summary>
      <div className="pt-2">{children}</div>
    </details>
  );
}

function Tick({
  id,
  label,
  isTicked,
  error,
  onChange,
}: {
  id: string;
  label: string;
  isTicked: boolean;
  error: string | null;
  onChange: (isTicked: boolean) => void;
}) {
  return (
    <div className="mt-6">
      <label
        className={classNames(
          "flex min-h-14 items-center gap-4 rounded-card border bg-card p-4 font-medium",
          error ? "border-bad" : isTicked ? "border-accent" : "border-edge",
        )}
      >
        <input
          id={id}
          type="checkbox"
          checked={isTicked}
          onChange={(event) => onChange(event.target.checked)}
          aria-invalid={error ? true : undefined}
          aria-describedby={`${id}-error`}
          className="size-6 shrink-0 accent-(--accent)"
        />
        <span>{label}</span>
      </label>
      <p id={`${id}-error`} aria-live="polite" className="mt-2 text-small text-bad empty:mt-0">
        {error}
      </p>
    </div>
  );
}
