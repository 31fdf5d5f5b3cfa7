/**
 * The application as a state machine: one screen at a time, forwards only through complete screens,
 * and every answer of the server back to the screen and field it is about. Pure; the island in
 * `apply-flow.tsx` runs it.
 */
import type { ErrorCode, FieldError } from "@/lib/errors/errors";
import { decideFieldCode, type FieldCode } from "@/lib/i18n/field-codes";
import type { DocumentKind } from "@/lib/plans/contract";
import {
  type ApplyDraft,
  type ApplyRules,
  type ApplyStep,
  EMPTY_DRAFT,
  findFieldError,
  furthestStep,
  isStepComplete,
  listFieldErrors,
  listUnanswered,
  listYes,
  STEP_DOCUMENTS,
  STEPS,
  WHO_FIELDS,
  type WhoField,
} from "./draft";

/** `offline` is the browser's own: nothing came back. */
export interface ApplyProblem {
  code: ErrorCode | "offline";
  fields: readonly Pick<FieldError, "name" | "code">[];
}

export interface ApplyState {
  step: ApplyStep;
  draft: ApplyDraft;
  errors: Partial<Record<WhoField, FieldCode>>;
  /** "Next" was pressed on this screen, so what is missing may be pointed out. */
  isAttempted: boolean;
  problem: ApplyProblem | null;
  /** Where the focus goes; `count` tells two requests for the same place apart. */
  focus: { id: string; count: number };
}

export type ApplyEvent =
  | { kind: "restored"; draft: ApplyDraft; step: ApplyStep }
  | { kind: "typed"; field: WhoField; value: string }
  | { kind: "left"; field: WhoField }
  | { kind: "answered"; id: string; answer: boolean }
  | { kind: "corrected" }
  | { kind: "ticked"; document: DocumentKind; isTicked: boolean }
  | { kind: "next" }
  | { kind: "moved"; step: ApplyStep }
  | { kind: "refused"; problem: ApplyProblem }
  | { kind: "dismissed" };

export const HEADING_ID = "apply-heading";
export const fieldId = (field: WhoField) => `apply-${field}`;
export const questionId = (id: string) => `apply-question-${id}`;
export const tickId = (document: DocumentKind) => `apply-tick-${document}`;

export const INITIAL_STATE: ApplyState = {
  step: "who",
  draft: EMPTY_DRAFT,
  errors: {},
  isAttempted: false,
  problem: null,
  focus: { id: HEADING_ID, count: 0 },
};

export function reduceApply(rules: ApplyRules, state: ApplyState, event: ApplyEvent): ApplyState {
  switch (event.kind) {
    case "restored":
      // No focus: somebody who just opened the page has not asked for anything yet.
      return {
        ...state,
        draft: event.draft,
        step: clampStep(rules, event.draft, event.step),
      };
    case "typed": {
      const who = { ...state.draft.who, [event.field]: event.value };
      const { [event.field]: _mended, ...errors } = state.errors;
      return { ...state, draft: { ...state.draft, who }, errors, problem: null };
    }
    case "left":
      return leaveField(rules, state, event.field);
    case "answered": {
      const answers = { ...state.draft.answers, [event.id]: event.answer };
      const answered = { ...state, draft: { ...state.draft, answers }, problem: null };
      return event.answer ? focusOn(answered, HEADING_ID) : answered;
    }
    case "corrected": {
      const answers = Object.fromEntries(
        Object.entries(state.draft.answers).filter(([, answer]) => !answer),
      );
      const [first] = listYes(rules, state.draft);
      const corrected = { ...state, draft: { ...state.draft, answers }, isAttempted: false };
      return first ? focusOn(corrected, questionId(first)) : corrected;
    }
    case "ticked":
      return {
        ...state,
        problem: null,
        draft: {
          ...state.draft,
          accepted: {
            ...state.draft.accepted,
            [event.document]: event.isTicked ? rules.documents[event.document] : undefined,
          },
        },
      };
    case "next":
      return goOn(rules, state);
    case "moved":
      return enter(state, clampStep(rules, state.draft, event.step));
    case "refused":
      return refuse(rules, state, event.problem);
    case "dismissed":
      return { ...state, problem: null };
  }
}

/** Never past an incomplete screen, whatever the address bar says. */
function clampStep(rules: ApplyRules, draft: ApplyDraft, wanted: ApplyStep): ApplyStep {
  const furthest = furthestStep(rules, draft);
  return STEPS.indexOf(wanted) <= STEPS.indexOf(furthest) ? wanted : furthest;
}

function enter(state: ApplyState, step: ApplyStep): ApplyState {
  if (step === state.step) return state;
  return focusOn({ ...state, step, isAttempted: false, problem: null }, HEADING_ID);
}

function focusOn(state: ApplyState, id: string): ApplyState {
  return { ...state, focus: { id, count: state.focus.count + 1 } };
}

/** An empty field is not scolded on leaving it: the person may be on the way to another. */
function leaveField(rules: ApplyRules, state: ApplyState, field: WhoField): ApplyState {
  const value = state.draft.who[field];
  if (value.trim() === "") return state;
  const code = findFieldError(rules, field, value);
  return code ? { ...state, errors: { ...state.errors, [field]: code } } : state;
}

function goOn(rules: ApplyRules, state: ApplyState): ApplyState {
  const { step, draft } = state;
  if (isStepComplete(rules, draft, step)) {
    const following = STEPS[STEPS.indexOf(step) + 1];
    return following ? enter(state, clampStep(rules, draft, following)) : state;
  }
  const attempted = { ...state, isAttempted: true };
  if (step === "who") {
    const errors = listFieldErrors(rules, draft);
    const first = WHO_FIELDS.find((field) => errors[field]);
    return first ? focusOn({ ...attempted, errors }, fieldId(first)) : attempted;
  }
  if (step === "health") {
    const [first] = listUnanswered(rules, draft);
    return first ? focusOn(attempted, questionId(first)) : attempted;
  }
  return step === "confirm" ? attempted : focusOn(attempted, tickId(STEP_DOCUMENTS[step]));
}

/** Takes the person to what the server refused; what they entered stays, but for old ticks. */
function refuse(rules: ApplyRules, state: ApplyState, problem: ApplyProblem): ApplyState {
  const onStep = (step: ApplyStep) => ({ ...state, step, isAttempted: true, problem });
  if (problem.code === "documents_outdated") {
    const draft = { ...state.draft, accepted: {} };
    return focusOn({ ...onStep("terms"), draft, isAttempted: false }, HEADING_ID);
  }
  if (problem.code === "health_declined") return focusOn(onStep("health"), HEADING_ID);
  if (problem.code === "age_out_of_range") {
    const code = findFieldError(rules, "idNumber", state.draft.who.idNumber);
    const errors = code ? { idNumber: code } : {};
    return focusOn({ ...onStep("who"), errors }, fieldId("idNumber"));
  }
  if (problem.code === "invalid_input") return refuseFields(state, problem);
  // The notice is on top of the screen, the button that was pressed at its bottom.
  return focusOn(onStep("confirm"), HEADING_ID);
}

function refuseFields(state: ApplyState, problem: ApplyProblem): ApplyState {
  const errors: Partial<Record<WhoField, FieldCode>> = {};
  for (const field of problem.fields) {
    const name = WHO_FIELDS.find((known) => field.name === known);
    if (name) errors[name] ??= decideFieldCode(field);
  }
  const refused = { ...state, problem, errors, isAttempted: true };
  const first = WHO_FIELDS.find((field) => errors[field]);
  if (first) return focusOn({ ...refused, step: "who" }, fieldId(first));
  const root = problem.fields[0]?.name.split(".")[0];
  const step: ApplyStep =
    root === "healthAnswers"
      ? "health"
      : root === "documents"
        ? "terms"
        : root === "consents"
          ? "consent"
          : "confirm";
  return focusOn({ ...refused, step }, HEADING_ID);
}
