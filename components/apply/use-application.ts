import { useRouter } from "next/navigation";
import { useCallback, useEffect, useReducer, useRef, useState } from "react";
import type { ApplyFlowProps } from "./apply-props";
import { WHO_FIELDS } from "./draft";
import {
  type ApplyEvent,
  type ApplyState,
  fieldId,
  HEADING_ID,
  INITIAL_STATE,
  reduceApply,
} from "./machine";
import { loadDraft, saveDraft, stepOfAddress, takeSubmit } from "./stored-draft";
import { usePayment } from "./use-payment";
import { useStepAddress } from "./use-step-address";

/** State, storage, address and focus of the application. */
export function useApplication({ rules, initialStep }: ApplyFlowProps) {
  const router = useRouter();
  const [state, dispatch] = useReducer(
    (before: ApplyState, event: ApplyEvent) => reduceApply(rules, before, event),
    { ...INITIAL_STATE, step: initialStep },
  );
  const [isReady, setReady] = useState(false);

  const refuse = useCallback(
    (problem: Extract<ApplyEvent, { kind: "refused" }>["problem"]) => {
      dispatch({ kind: "refused", problem });
      // The new texts come with the page; what the person entered stays in this island.
      if (problem.code === "documents_outdated") router.refresh();
    },
    [router],
  );
  const payment = usePayment(rules, refuse);
  const move = useCallback((step: ApplyState["step"]) => dispatch({ kind: "moved", step }), []);
  const goBack = useStepAddress(state.step, isReady, move);

  useEffect(() => {
    dispatch({
      kind: "restored",
      draft: withTyped(loadDraft()),
      step: stepOfAddress(location.search),
    });
    setReady(true);
  }, []);

  useEffect(() => {
    if (isReady) saveDraft(state.draft);
  }, [isReady, state.draft]);

  // The tap on "pay" that had to go through WeChat's login goes on by itself, once.
  const { pay, reset } = payment;
  useEffect(() => {
    if (isReady && state.step === "confirm" && takeSubmit()) void pay(state.draft);
  }, [isReady, state.step, state.draft, pay]);

  useEffect(() => {
    const wake = (event: PageTransitionEvent) => event.persisted && reset();
    addEventListener("pageshow", wake);
    return () => removeEventListener("pageshow", wake);
  }, [reset]);

  useFocus(state.focus);
  return { state, dispatch, isReady, payment, goBack };
}

/** What was typed or filled in by the phone before the scripts arrived wins over nothing stored. */
function withTyped(draft: ApplyState["draft"]): ApplyState["draft"] {
  const who = { ...draft.who };
  for (const field of WHO_FIELDS) {
    const input = document.getElementById(fieldId(field));
    if (input instanceof HTMLInputElement && input.value) who[field] = input.value;
  }
  return { ...draft, who };
}

/** A new screen starts at its heading, an error at its field. */
function useFocus(focus: ApplyState["focus"]) {
  const seen = useRef(0);
  useEffect(() => {
    if (focus.count === seen.current) return;
    seen.current = focus.count;
    const isHeading = focus.id === HEADING_ID;
    if (isHeading) window.scrollTo(0, 0);
    const element = document.getElementById(focus.id);
    element?.focus({ preventScroll: true });
    if (!isHeading) element?.closest("fieldset, label, div")?.scrollIntoView({ block: "center" });
  }, [focus]);
}
