/**
 * What a person fills in to be insured, and the checks of it that need no server (R1, R3, R4, R8,
 * R9). Pure and browser-safe. The server repeats every check: these only answer sooner.
 */
import type { FieldCode } from "@/lib/i18n/field-codes";
import type { DocumentKind } from "@/lib/plans/contract";
import { addDays, type CalendarDate } from "@/lib/pricing/calendar";
import { ageOn, parseIdNumber } from "@/lib/pricing/identity";

export const STEPS = ["who", "health", "terms", "exemptions", "consent", "confirm"] as const;
export type ApplyStep = (typeof STEPS)[number];

export const WHO_FIELDS = ["name", "idNumber", "phone"] as const;
export type WhoField = (typeof WHO_FIELDS)[number];

/** The steps that are a document, and which. */
export const STEP_DOCUMENTS = {
  terms: "terms",
  exemptions: "exemptions",
  consent: "sensitive_data",
} as const satisfies Partial<Record<ApplyStep, DocumentKind>>;
export type DocumentStep = keyof typeof STEP_DOCUMENTS;

export interface ApplyDraft {
  who: Record<WhoField, string>;
  /** By question id; absent while unanswered, so nothing is preselected (R8). */
  answers: Record<string, boolean>;
  /** The hash that was on screen when the box was ticked: another text unticks it by itself (R9). */
  accepted: Partial<Record<DocumentKind, string>>;
}

export const EMPTY_DRAFT: ApplyDraft = {
  who: { name: "", idNumber: "", phone: "" },
  answers: {},
  accepted: {},
};

/** What the draft is checked against: the plan on sale and the server's day. */
export interface ApplyRules {
  planVersion: string;
  today: CalendarDate;
  bands: readonly { ageFrom: number; ageTo: number; coverPerUnitYuan: number }[];
  questionIds: readonly string[];
  documents: Readonly<Record<DocumentKind, string>>;
}

/** The contract's alphabet of names (`createApplicationSchema`). */
const NAME_PATTERN = /^[\p{Script=Han}\p{L}·. ]+$/u;
const MOBILE_PATTERN = /^1[3-9]\d{9}$/;

/** What is sent: pasted spaces, full-width digits and a +86 are ways of writing the same thing. */
export function normaliseField(field: WhoField, raw: string): string {
  const text = raw.normalize("NFKC").trim();
  if (field === "name") return text.replace(/\s+/g, " ").replace(/[•‧・]/g, "·");
  if (field === "idNumber") return text.replace(/[\s-]/g, "").toUpperCase();
  return text.replace(/[\s-]/g, "").replace(/^\+?86(?=1\d{10}$)/, "");
}

/** The age in full years on the day a policy paid today takes effect (R3), or null. */
function findAge(rules: Pick<ApplyRules, "today">, rawIdNumber: string): number | null {
  const parsed = parseIdNumber(normaliseField("idNumber", rawIdNumber), rules.today);
  return parsed.ok ? ageOn(parsed.bornOn, addDays(rules.today, 1)) : null;
}

/** The band that will insure this person, or null while unknown or out of range (R4). */
export function findBand(rules: Pick<ApplyRules, "today" | "bands">, rawIdNumber: string) {
  const age = findAge(rules, rawIdNumber);
  if (age === null) return null;
  return rules.bands.find((band) => band.ageFrom <= age && age <= band.ageTo) ?? null;
}

/** The one thing to say about a field, or null. */
export function findFieldError(rules: ApplyRules, field: WhoField, raw: string): FieldCode | null {
  const value = normaliseField(field, raw);
  if (value === "") return "required";
  if (field === "phone") return MOBILE_PATTERN.test(value) ? null : "phone_format";
  if (field === "name") {
    if (value.length < 2) return "name_too_short";
    if (value.length > 30) return "name_too_long";
    return NAME_PATTERN.test(value) ? null : "name_characters";
  }
  const parsed = parseIdNumber(value, rules.today);
  if (!parsed.ok) return parsed.code;
  const age = ageOn(parsed.bornOn, addDays(rules.today, 1));
  if (rules.bands.some((band) => band.ageFrom <= age && age <= band.ageTo)) return null;
  return age < Math.min(...rules.bands.map((band) => band.ageFrom))
    ? "age_too_young"
    : "age_too_old";
}

export function listFieldErrors(
  rules: ApplyRules,
  draft: ApplyDraft,
): Partial<Record<WhoField, FieldCode>> {
  const errors: Partial<Record<WhoField, FieldCode>> = {};
  for (const field of WHO_FIELDS) {
    const code = findFieldError(rules, field, draft.who[field]);
    if (code) errors[field] = code;
  }
  return errors;
}

export function listUnanswered(rules: ApplyRules, draft: ApplyDraft): string[] {
  return rules.questionIds.filter((id) => draft.answers[id] === undefined);
}

/** The questions answered "yes"; any of them declines at once and without charge (R8). */
export function listYes(rules: ApplyRules, draft: ApplyDraft): string[] {
  return rules.questionIds.filter((id) => draft.answers[id] === true);
}

export function isAccepted(rules: ApplyRules, draft: ApplyDraft, kind: DocumentKind): boolean {
  return draft.accepted[kind] === rules.documents[kind];
}

export function isStepComplete(rules: ApplyRules, draft: ApplyDraft, step: ApplyStep): boolean {
  if (step === "who") return Object.keys(listFieldErrors(rules, draft)).length === 0;
  if (step === "health") {
    return listUnanswered(rules, draft).length === 0 && listYes(rules, draft).length === 0;
  }
  if (step === "confirm") return true;
  return isAccepted(rules, draft, STEP_DOCUMENTS[step]);
}

/** The furthest screen this draft may show: the earliest one that is not complete. */
export function furthestStep(rules: ApplyRules, draft: ApplyDraft): ApplyStep {
  return STEPS.find((step) => !isStepComplete(rules, draft, step)) ?? "confirm";
}
