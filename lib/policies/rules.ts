/** Decisions about applying (R1–R9) and about what a name shows to friends. Pure. */
import type { FieldError } from "@/lib/errors/errors";
import type { CalendarDate } from "@/lib/pricing/calendar";
import { decideEligibility } from "@/lib/pricing/eligibility";
import { parseIdNumber } from "@/lib/pricing/identity";
import type { Band, Plan } from "@/lib/pricing/plan";
import type { CreateApplication } from "./contract";

export type ApplicationDecision =
  | { ok: true; idNumber: string; age: number; band: Band }
  | { ok: false; code: "invalid_input"; fields: FieldError[] }
  | {
      ok: false;
      code: "documents_outdated" | "age_out_of_range" | "health_declined";
      fields: FieldError[];
    };

/**
 * The gate before any order (R9), in the order in which a person can mend things: what was typed,
 * whether the texts are today's, then the product's own limits. `effectiveOn` is the day cover would
 * start if unit 1 were paid now (R3 takes the age on that day).
 */
export function decideApplication(
  input: CreateApplication,
  context: {
    plan: Plan;
    questionIds: readonly string[];
    documents: readonly { kind: string; sha256: string }[];
    today: CalendarDate;
    effectiveOn: CalendarDate;
  },
): ApplicationDecision {
  const fields = answerErrors(input.healthAnswers, context.questionIds);
  const person = parseIdNumber(input.idNumber, context.today);
  if (!person.ok) fields.push({ name: "idNumber", code: person.code, reason: person.code });
  if (!person.ok || fields.length > 0) return { ok: false, code: "invalid_input", fields };

  const outdated = outdatedDocuments(input, context);
  if (outdated.length > 0) return { ok: false, code: "documents_outdated", fields: outdated };

  const eligibility = decideEligibility(context.plan, {
    bornOn: person.bornOn,
    effectiveOn: context.effectiveOn,
  });
  if (!eligibility.ok) return { ok: false, code: "age_out_of_range", fields: [] };

  if (context.questionIds.some((id) => input.healthAnswers[id])) {
    return { ok: false, code: "health_declined", fields: [] };
  }
  return { ok: true, idNumber: person.idNumber, age: eligibility.age, band: eligibility.band };
}

/** R8: each question answered on its own, nothing answered that was not asked. */
function answerErrors(
  answers: Record<string, boolean>,
  questionIds: readonly string[],
): FieldError[] {
  const missing = questionIds
    .filter((id) => !(id in answers))
    .map((id) => ({ name: `healthAnswers.${id}`, code: "required", reason: "not answered" }));
  const unknown = Object.keys(answers)
    .filter((id) => !questionIds.includes(id))
    .slice(0, questionIds.length)
    .map((id) => ({ name: `healthAnswers.${id}`, code: "unknown", reason: "not a question" }));
  return [...missing, ...unknown];
}

/** R9: every document of today's plan, each by the hash of the text that was shown. */
function outdatedDocuments(
  input: CreateApplication,
  context: { plan: Plan; documents: readonly { kind: string; sha256: string }[] },
): FieldError[] {
  const outdated = context.documents
    .filter(({ kind, sha256 }) => input.documents[kind as keyof typeof input.documents] !== sha256)
    .map(({ kind }) => ({
      name: `documents.${kind}`,
      code: "outdated",
      reason: "not today's text",
    }));
  if (input.planVersion !== context.plan.version) {
    outdated.unshift({ name: "planVersion", code: "outdated", reason: "not today's plan" });
  }
  return outdated;
}

/** Compound surnames common enough to meet; everything else has a surname of one character. */
const COMPOUND_SURNAMES = [
  "欧阳",
  "上官",
  "司马",
  "诸葛",
  "东方",
  "皇甫",
  "尉迟",
  "公孙",
  "慕容",
  "司徒",
];

/**
 * What friends see instead of the full name (R42): the given name of a Chinese name, 小 + one
 * character when it has only one, and the first part of a name with a middle dot or a space.
 */
export function askerNameOf(fullName: string): string {
  const name = fullName.trim();
  const first = name.split(/[·.\s]/)[0] ?? name;
  if (first !== name || !/^\p{Script=Han}+$/u.test(name)) return [...first].slice(0, 12).join("");
  const characters = [...name];
  const surnameLength =
    characters.length > 2 && COMPOUND_SURNAMES.includes(characters.slice(0, 2).join("")) ? 2 : 1;
  const given = characters.slice(surnameLength);
  return given.length === 1 ? `小${given[0]}` : given.join("");
}
