import { classNames } from "@/components/ui/class-names";
import { fill } from "@/lib/i18n/fill";
import type { ApplyFlowProps, ApplyWords } from "./apply-props";
import { type ApplyEvent, type ApplyState, questionId } from "./machine";

/** Nine questions, each with its own answer and none answered beforehand (R8). */
export function HealthStep({
  questions,
  state,
  words,
  dispatch,
}: {
  questions: ApplyFlowProps["questions"];
  state: ApplyState;
  words: ApplyWords["health"];
  dispatch: (event: ApplyEvent) => void;
}) {
  const { answers } = state.draft;
  const count = questions.filter((question) => answers[question.id] !== undefined).length;
  return (
    <>
      <p aria-live="polite" className="mt-2 text-small text-soft figure-numbers">
        {fill(words.answered, { count, total: questions.length })}
      </p>
      <ol className="mt-4 space-y-3">
        {questions.map((question, index) => {
          const isMissing = state.isAttempted && answers[question.id] === undefined;
          return (
            <li key={question.id}>
              <fieldset
                className={classNames(
                  "rounded-card border bg-card p-4 shadow-lift",
                  isMissing ? "border-bad" : "border-transparent",
                )}
              >
                <legend className="float-left mb-3 w-full font-medium">
                  <span className="mr-2 text-soft figure-numbers">{index + 1}</span>
                  {question.text}
                </legend>
                <div className="clear-left grid grid-cols-2 gap-3">
                  {[false, true].map((answer) => (
                    <Choice
                      key={String(answer)}
                      id={answer ? `${questionId(question.id)}-yes` : questionId(question.id)}
                      group={question.id}
                      label={answer ? words.yes : words.no}
                      isChosen={answers[question.id] === answer}
                      onChoose={() => dispatch({ kind: "answered", id: question.id, answer })}
                    />
                  ))}
                </div>
                <p aria-live="polite" className="mt-2 text-small text-bad empty:mt-0">
                  {isMissing && words.missing}
                </p>
              </fieldset>
            </li>
          );
        })}
      </ol>
    </>
  );
}

/** A native radio button behind a target large enough for any thumb. */
function Choice({
  id,
  group,
  label,
  isChosen,
  onChoose,
}: {
  id: string;
  group: string;
  label: string;
  isChosen: boolean;
  onChoose: () => void;
}) {
  return (
    <label
      className={classNames(
        "flex min-h-12 items-center justify-center gap-2 rounded-control border px-2 py-2 text-lead whitespace-nowrap has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent-text",
        isChosen ? "border-accent bg-wait font-semibold" : "border-edge bg-card",
      )}
    >
      <input
        id={id}
        type="radio"
        name={`question-${group}`}
        checked={isChosen}
        onChange={onChoose}
        className="sr-only"
      />
      {isChosen && (
        <svg viewBox="0 0 16 16" aria-hidden="true" className="size-4 shrink-0">
          <path
            d="m2.5 8.5 3.5 3.5 7.5-8"
            fill="none"
            stroke="currentColor"
            strokeWidth="2.2"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </svg>
      )}
      {label}
    </label>
  );
}
