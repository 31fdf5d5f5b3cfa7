/** The gate before any order (R1–R9): each refusal has its code and a sentence, and orders nothing. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { HEALTH_QUESTIONS } from "@/lib/plans/content/health-questions";
import { addDays, addYears, shanghaiDateOf } from "@/lib/pricing/calendar";
import { newIdNumber } from "@/tests/support/factories";
import { startWorld, type World } from "@/tests/support/world";
import { expectCleanBooks } from "@/tests/support/world-books";
import { applyFor, newPerson } from "@/tests/support/world-story";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(() => expectCleanBooks(world));
afterAll(() => world.close());

/** Cover would start tomorrow, and the age counts on that day (R3). */
const effectiveOn = () => addDays(shanghaiDateOf(world.deps.now()), 1);
const bornYearsBefore = (years: number, daysLater: number) =>
  newIdNumber(addDays(addYears(effectiveOn(), -years), daysLater));
const answers = (overrides: Record<string, boolean>) => ({
  ...Object.fromEntries(HEALTH_QUESTIONS.map(({ id }) => [id, false])),
  ...overrides,
});

describe("refused, in words, without an order", () => {
  const cases: [
    label: string,
    overrides: () => object,
    status: number,
    code: string,
    fields: string[],
  ][] = [
    [
      "17 until the day after cover starts",
      () => ({ idNumber: bornYearsBefore(18, 1) }),
      422,
      "age_out_of_range",
      [],
    ],
    [
      "50 on the day cover starts",
      () => ({ idNumber: bornYearsBefore(50, 0) }),
      422,
      "age_out_of_range",
      [],
    ],
    [
      "a wrong check mark",
      () => ({ idNumber: spoilCheckMark(newIdNumber()) }),
      422,
      "invalid_input",
      ["idNumber id_checksum"],
    ],
    [
      "a 15-digit number",
      () => ({ idNumber: "110105920615002" }),
      422,
      "invalid_input",
      ["idNumber id_format"],
    ],
    [
      "31 February",
      () => ({ idNumber: "110105199202310021" }),
      422,
      "invalid_input",
      ["idNumber id_birth_date"],
    ],
    [
      "a yes to one health question",
      () => ({ healthAnswers: answers({ nephritis: true }) }),
      422,
      "health_declined",
      [],
    ],
    [
      "an unanswered question",
      () => ({ healthAnswers: withoutAnswer("leukaemia") }),
      422,
      "invalid_input",
      ["healthAnswers.leukaemia required"],
    ],
    [
      "an answer to a question nobody asked",
      () => ({ healthAnswers: answers({ smoker: false }) }),
      422,
      "invalid_input",
      ["healthAnswers.smoker unknown"],
    ],
    [
      "terms of another day",
      () => ({ documents: outdated("terms") }),
      409,
      "documents_outdated",
      ["documents.terms outdated"],
    ],
    [
      "two outdated texts",
      () => ({ documents: outdated("terms", "exemptions") }),
      409,
      "documents_outdated",
      ["documents.terms outdated", "documents.exemptions outdated"],
    ],
    [
      "another plan",
      () => ({ planVersion: "2014-1" }),
      409,
      "documents_outdated",
      ["planVersion outdated"],
    ],
    [
      "no consent to sensitive data",
      () => ({ consents: { sensitiveData: false } }),
      422,
      "invalid_input",
      ["consents.sensitiveData invalid_value"],
    ],
    [
      "a phone that is none",
      () => ({ phone: "010-12345678" }),
      422,
      "invalid_input",
      ["phone invalid_format"],
    ],
    ["a name of one character", () => ({ name: "王" }), 422, "invalid_input", ["name too_small"]],
    [
      "a field we did not ask for",
      () => ({ premiumFen: 1 }),
      422,
      "invalid_input",
      [" unrecognized_keys"],
    ],
  ];
  test.each(cases)("%s", async (_label, overrides, status, code, fields) => {
    const before = await countRows();
    const person = await newPerson(world);

    const given = overrides() as Record<string, unknown>;
    const answer = await applyFor(world, person, await resolved(given));

    expect({ status: answer.status, code: answer.json.code }).toEqual({ status, code });
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
    expect(answer.json.detail).toMatch(/[\u4e00-\u9fff].{4,}/);
    expect(
      (answer.json.invalid_params ?? [])
        .map((field: { name: string; code: string }) => `${field.name} ${field.code}`)
        .sort(),
    ).toEqual([...fields].sort());
    expect(await countRows()).toEqual(before);
  });

  test("several wrong fields are all named at once", async () => {
    const answer = await applyFor(world, await newPerson(world), { name: "1", phone: "2" });
    const names = answer.json.invalid_params.map(({ name }: { name: string }) => name);
    expect(new Set(names)).toEqual(new Set(["name", "phone"]));
  });

  test("who is typed wrong, outdated, too old and ill at once hears of what he can mend first", async () => {
    const everything = async (idNumber: string) => ({
      idNumber,
      documents: await resolvedDocuments(["terms"]),
      healthAnswers: answers({ cancer: true }),
    });
    const person = await newPerson(world);
    const old = bornYearsBefore(50, 0);
    const codes = [
      await applyFor(world, person, await everything(spoilCheckMark(old))),
      await applyFor(world, person, await everything(old)),
      await applyFor(world, person, { idNumber: old, healthAnswers: answers({ cancer: true }) }),
    ].map(({ json }) => json.code);
    expect(codes).toEqual(["invalid_input", "documents_outdated", "age_out_of_range"]);
  });
});

describe("the edges of the ages, on the day cover starts", () => {
  test.each([
    ["18 that very day", 18, 0, "A", 1000],
    ["39, and 40 on the day after", 40, 1, "A", 1000],
    ["40 that very day", 40, 0, "B", 300],
    ["49, and 50 on the day after", 50, 1, "B", 300],
  ])("%s is insured", async (_label, years, daysLater, band, coverYuan) => {
    const idNumber = bornYearsBefore(years, daysLater);
    const answer = await applyFor(world, await newPerson(world), { idNumber });
    expect(answer.status, answer.text).toBe(201);
    const [policy] = await world.sql(
      "SELECT band, cover_per_unit_yuan FROM policies WHERE code = $1",
      [answer.json.policyCode],
    );
    expect(policy).toEqual({ band, cover_per_unit_yuan: coverYuan });
  });
});

function spoilCheckMark(idNumber: string): string {
  return idNumber.slice(0, 17) + (idNumber.endsWith("1") ? "2" : "1");
}

function withoutAnswer(id: string): Record<string, boolean> {
  return Object.fromEntries(Object.entries(answers({})).filter(([key]) => key !== id));
}

/** Cases are written before the world exists; this marks texts to be made outdated later. */
const outdated = (...kinds: string[]) => ({ outdatedKinds: kinds });

async function resolved(given: Record<string, unknown>): Promise<Record<string, unknown>> {
  const documents = given.documents as { outdatedKinds: string[] } | undefined;
  if (!documents) return given;
  return { ...given, documents: await resolvedDocuments(documents.outdatedKinds) };
}

async function resolvedDocuments(outdatedKinds: string[]): Promise<Record<string, string>> {
  const rows = await world.sql<{ kind: string; sha256: string }>(
    "SELECT kind, sha256 FROM plan_documents",
  );
  return Object.fromEntries(
    rows.map(({ kind, sha256 }) => [kind, outdatedKinds.includes(kind) ? "0".repeat(64) : sha256]),
  );
}

async function countRows(): Promise<unknown> {
  const [row] = await world.sql(`SELECT (SELECT count(*) FROM orders) AS orders,
    (SELECT count(*) FROM policies) AS policies, (SELECT count(*) FROM identities) AS identities`);
  return row;
}
