"use client";

import type { FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { BottomBar, FinePrint } from "@/components/ui/page";
import { fill } from "@/lib/i18n/fill";
import type { ApplyFlowProps } from "./apply-props";
import { ConfirmStep } from "./confirm-step";
import { Declined } from "./declined";
import { DocumentStep } from "./document-step";
import { isAccepted, listYes, STEP_DOCUMENTS, STEPS } from "./draft";
import { HealthStep } from "./health-step";
import { type ApplyEvent, type ApplyState, HEADING_ID } from "./machine";
import { Progress } from "./progress";
import { useApplication } from "./use-application";
import { WhoStep } from "./who-step";

/** The application, one screen at a time. The rules are in `machine.ts`; this draws and connects. */
export function ApplyFlow(props: ApplyFlowProps) {
  const { rules, words } = props;
  const { state, dispatch, isReady, payment, goBack } = useApplication(props);
  const { step, draft } = state;
  const yes = listYes(rules, draft);

  if (isReady && yes.length > 0 && (step === "health" || step === "confirm")) {
    const texts = props.questions.filter(({ id }) => yes.includes(id)).map(({ text }) => text);
    return (
      <Declined
        questions={texts}
        words={words.declined}
        onCorrect={() => dispatch({ kind: "corrected" })}
      />
    );
  }

  const previous = STEPS[STEPS.indexOf(step) - 1];
  const isBusy = payment.phase !== "idle";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (step === "confirm") void payment.pay(draft);
    else dispatch({ kind: "next" });
  };
  return (
    // No validation bubbles of the browser's: ours are at the field, in the page's language.
    <form noValidate onSubmit={submit} className="flex flex-1 flex-col">
      <Progress step={step} words={words} />
      <Heading step={step} props={props} />
      <ProblemNotice state={state} props={props} />
      {!isReady && props.initialStep !== "who" ? (
        <div aria-hidden="true" className="mt-8 h-48 animate-pulse-soft rounded-card bg-sunk" />
      ) : (
        <Screen state={state} dispatch={dispatch} props={props} />
      )}
      <BottomBar>
        {step === "confirm" && payment.note && (
          <Notice tone="warn" isLive className="mb-3">
            {words.confirm[payment.note]}
          </Notice>
        )}
        <Button
          type="submit"
          variant={step === "confirm" ? "pay" : "primary"}
          isBusy={isBusy}
          disabled={!isReady}
          aria-disabled={isBusy || undefined}
        >
          {payLabel(step, payment.phase, props)}
        </Button>
        {previous ? (
          <Button variant="text" onClick={() => goBack(previous)} className="mt-1">
            {words.back}
          </Button>
        ) : (
          <FinePrint className="mt-3">{props.insuranceLine}</FinePrint>
        )}
      </BottomBar>
    </form>
  );
}

function payLabel(
  step: ApplyState["step"],
  phase: string,
  { words, price }: ApplyFlowProps,
): string {
  if (step !== "confirm") return words.next;
  if (phase === "working" || phase === "leaving") return words.confirm.working;
  if (phase === "cashier") return words.confirm.paying;
  if (phase === "checking") return words.confirm.checking;
  return fill(words.confirm.pay, { amount: price });
}

function Heading({ step, props }: { step: ApplyState["step"]; props: ApplyFlowProps }) {
  const { words } = props;
  const lead =
    step === "who"
      ? words.who.lead
      : step === "health"
        ? words.health.lead
        : step === "exemptions" || step === "consent"
          ? words.documents[step].lead
          : null;
  const heading =
    step === "who" || step === "health" || step === "confirm"
      ? words[step].heading
      : words.documents[step].heading;
  return (
    <>
      <h1 id={HEADING_ID} tabIndex={-1} className="mt-4 text-title font-semibold outline-none">
        {fill(heading, { amount: props.price })}
      </h1>
      {lead && <p className="mt-2 text-pretty text-soft">{lead}</p>}
    </>
  );
}

function ProblemNotice({ state, props }: { state: ApplyState; props: ApplyFlowProps }) {
  const { problems, words } = props;
  const { problem, step } = state;
  if (problem) {
    const isUpdate = problem.code === "documents_outdated";
    const text = problem.code === "offline" ? problems.offline : problems.codes[problem.code];
    return (
      <Notice tone={isUpdate ? "warn" : "bad"} isLive className="mt-5">
        <p>{isUpdate ? words.documents.updated : text}</p>
        {problem.code === "already_insured" && (
          <a href="/me" className="inline-flex min-h-11 items-center font-medium underline">
            {words.confirm.finish}
          </a>
        )}
      </Notice>
    );
  }
  if (step === "who" && !props.isWechat) {
    return (
      <Notice tone="warn" className="mt-5">
        <p>{words.openInWechat}</p>
        <a
          href="/open-in-wechat?next=/apply"
          className="inline-flex min-h-11 items-center font-medium underline"
        >
          {words.openInWechatLink}
        </a>
      </Notice>
    );
  }
  return null;
}

function Screen({
  state,
  dispatch,
  props,
}: {
  state: ApplyState;
  dispatch: (event: ApplyEvent) => void;
  props: ApplyFlowProps;
}) {
  const { rules, words } = props;
  const { step, draft } = state;
  if (step === "who") {
    return <WhoStep {...{ rules, state, dispatch }} words={words.who} problems={props.problems} />;
  }
  if (step === "health") {
    return <HealthStep {...{ state, dispatch }} questions={props.questions} words={words.health} />;
  }
  if (step === "confirm") {
    const { preview, waitingDays, price, picture } = props;
    return (
      <ConfirmStep
        {...{ rules, draft, preview, waitingDays, price, picture }}
        words={words.confirm}
      />
    );
  }
  const kind = STEP_DOCUMENTS[step];
  const isTicked = isAccepted(rules, draft, kind);
  return (
    <DocumentStep
      // A document opens folded and unread, whatever was done with the one before.
      key={kind}
      kind={kind}
      document={props.documents[kind]}
      points={step === "terms" ? words.documents.terms.points : []}
      isFolded={step === "terms"}
      tick={words.documents[step].tick}
      isTicked={isTicked}
      isMissing={state.isAttempted && !isTicked}
      words={words.documents}
      dispatch={dispatch}
    />
  );
}
