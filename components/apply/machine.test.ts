import { describe, expect, test } from "vitest";
import {
  type ApplyDraft,
  type ApplyRules,
  EMPTY_DRAFT,
  findBand,
  findFieldError,
  furthestStep,
  normaliseField,
  STEPS,
} from "./draft";
import {
  type ApplyEvent,
  type ApplyProblem,
  type ApplyState,
  INITIAL_STATE,
  reduceApply,
} from "./machine";

const rules: ApplyRules = {
  planVersion: "2026-1",
  today: "2026-03-01",
  bands: [
    { ageFrom: 18, ageTo: 39, coverPerUnitYuan: 1000 },
    { ageFrom: 40, ageTo: 49, coverPerUnitYuan: 300 },
  ],
  questionIds: ["cancer", "leukaemia"],
  documents: { terms: "a".repeat(64), exemptions: "b".repeat(64), sensitive_data: "c".repeat(64) },
};

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/** A number born on that day with the right check mark. */
function idBorn(day: string): string {
  const body = `110105${day.replaceAll("-", "")}002`;
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(body[place]), 0);
  return body + "10X98765432"[sum % 11];
}

const complete: ApplyDraft = {
  who: { name: "王小雨", idNumber: idBorn("1990-05-06"), phone: "13800138000" },
  answers: { cancer: false, leukaemia: false },
  accepted: { ...rules.documents },
};
const at = (step: ApplyState["step"], draft: ApplyDraft = complete): ApplyState => ({
  ...INITIAL_STATE,
  step,
  draft,
});
const run = (state: ApplyState, ...events: ApplyEvent[]) =>
  events.reduce((before, event) => reduceApply(rules, before, event), state);
const refusal = (code: ApplyProblem["code"], fields: ApplyProblem["fields"] = []): ApplyEvent => ({
  kind: "refused",
  problem: { code, fields },
});

describe("the fields", () => {
  test.each([
    ["idNumber", "１１０１０５ 19491231 002x", "11010519491231002X"],
    ["phone", "+86 138-0013-8000", "13800138000"],
    ["phone", "8613800138000", "13800138000"],
    ["name", "  买买提•吐尔逊 ", "买买提·吐尔逊"],
  ] as const)("%s %j is sent as %j", (field, raw, value) => {
    expect(normaliseField(field, raw)).toBe(value);
  });

  test.each([
    ["name", "", "required"],
    ["name", "王", "name_too_short"],
    ["name", "王".repeat(31), "name_too_long"],
    ["name", "王小2", "name_characters"],
    ["name", "王小雨", null],
    ["phone", "12800138000", "phone_format"],
    ["phone", "13800138000", null],
    ["idNumber", "1234", "id_format"],
    ["idNumber", "110105199013060023", "id_birth_date"],
    [
      "idNumber",
      `${idBorn("1990-05-06").slice(0, 17)}${idBorn("1990-05-06").endsWith("1") ? "2" : "1"}`,
      "id_checksum",
    ],
    // R3: age counts tomorrow, on the policy's first day.
    ["idNumber", idBorn("2008-03-02"), null],
    ["idNumber", idBorn("2008-03-03"), "age_too_young"],
    ["idNumber", idBorn("1976-03-03"), null],
    ["idNumber", idBorn("1976-03-02"), "age_too_old"],
  ] as const)("%s %j is told %j", (field, raw, code) => {
    expect(findFieldError(rules, field, raw)).toBe(code);
  });

  test("R4: the band follows the age on the day the policy takes effect", () => {
    expect(findBand(rules, idBorn("1986-03-03"))?.coverPerUnitYuan).toBe(1000);
    expect(findBand(rules, idBorn("1986-03-02"))?.coverPerUnitYuan).toBe(300);
    expect(findBand(rules, "nonsense")).toBeNull();
  });
});

describe("going forwards", () => {
  test("next on an empty first screen points at every field and moves the focus to the first", () => {
    const state = run(INITIAL_STATE, { kind: "next" });
    expect(state.step).toBe("who");
    expect(state.errors).toEqual({ name: "required", idNumber: "required", phone: "required" });
    expect(state.focus.id).toBe("apply-name");
  });

  test("R8: nothing is preselected and every question needs its own answer", () => {
    const draft = { ...complete, answers: { cancer: false } };
    const state = run(at("health", draft), { kind: "next" });
    expect(state.step).toBe("health");
    expect(state.focus.id).toBe("apply-question-leukaemia");
    expect(
      run(state, { kind: "answered", id: "leukaemia", answer: false }, { kind: "next" }).step,
    ).toBe("terms");
  });

  test("R8: one yes stops the way until it is corrected", () => {
    const declined = run(at("health"), { kind: "answered", id: "cancer", answer: true });
    expect(run(declined, { kind: "next" }).step).toBe("health");
    expect(furthestStep(rules, declined.draft)).toBe("health");
    const corrected = run(declined, { kind: "corrected" });
    expect(corrected.draft.answers).toEqual({ leukaemia: false });
    expect(corrected.focus.id).toBe("apply-question-cancer");
  });

  test("R9: a tick is for the text on screen, and a new text needs a new tick", () => {
    const unread = at("terms", { ...complete, accepted: {} });
    expect(run(unread, { kind: "next" })).toMatchObject({ step: "terms", isAttempted: true });
    const ticked = run(unread, { kind: "ticked", document: "terms", isTicked: true });
    expect(run(ticked, { kind: "next" }).step).toBe("exemptions");
    const newer = { ...rules, documents: { ...rules.documents, terms: "d".repeat(64) } };
    expect(reduceApply(newer, ticked, { kind: "next" }).step).toBe("terms");
  });

  test("a complete draft walks through every screen in order", () => {
    const seen = STEPS.slice(0, -1).reduce<ApplyState[]>(
      (states) => [...states, run(states.at(-1) ?? INITIAL_STATE, { kind: "next" })],
      [at("who")],
    );
    expect(seen.map((state) => state.step)).toEqual(STEPS);
  });
});

describe("coming back", () => {
  test("an address may lead back, never past an incomplete screen", () => {
    const draft = { ...complete, accepted: { terms: rules.documents.terms } };
    expect(run(INITIAL_STATE, { kind: "restored", draft, step: "confirm" }).step).toBe(
      "exemptions",
    );
    expect(run(at("exemptions", draft), { kind: "moved", step: "who" }).step).toBe("who");
    expect(run(INITIAL_STATE, { kind: "restored", draft: EMPTY_DRAFT, step: "terms" }).step).toBe(
      "who",
    );
  });

  test("moving to another screen clears what was pointed out on this one", () => {
    const state = run(at("confirm"), refusal("offline"), { kind: "moved", step: "terms" });
    expect(state).toMatchObject({
      problem: null,
      isAttempted: false,
      focus: { id: "apply-heading" },
    });
  });
});

describe("a refusal by the server lands on its screen and field", () => {
  test.each([
    ["documents_outdated", "terms"],
    ["health_declined", "health"],
    ["age_out_of_range", "who"],
    ["already_insured", "confirm"],
    ["rate_limited", "confirm"],
    ["provider_unavailable", "confirm"],
    ["offline", "confirm"],
  ] as const)("%s → %s", (code, step) => {
    const state = run(at("confirm"), refusal(code));
    expect(state.step).toBe(step);
    expect(state.problem?.code).toBe(code);
    expect(state.draft.who).toEqual(complete.who);
  });

  test("outdated documents lose their ticks and nothing else", () => {
    const state = run(at("confirm"), refusal("documents_outdated"));
    expect(state.draft).toEqual({ ...complete, accepted: {} });
  });

  test.each([
    ["idNumber", "id_checksum", "who", { idNumber: "id_checksum" }, "apply-idNumber"],
    ["phone", "invalid_format", "who", { phone: "phone_format" }, "apply-phone"],
    ["name", "too_small", "who", { name: "name_too_short" }, "apply-name"],
    ["healthAnswers.cancer", "invalid_type", "health", {}, "apply-heading"],
    ["documents.terms", "invalid_format", "terms", {}, "apply-heading"],
    ["consents.sensitiveData", "invalid_value", "consent", {}, "apply-heading"],
    ["planVersion", "too_big", "confirm", {}, "apply-heading"],
  ] as const)("invalid_input at %s (%s) → %s", (name, code, step, errors, focus) => {
    const state = run(at("confirm"), refusal("invalid_input", [{ name, code }]));
    expect(state).toMatchObject({ step, errors });
    expect(state.focus.id).toBe(focus);
  });
});
