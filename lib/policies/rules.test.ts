import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PLAN_2026_1 } from "@/lib/pricing/plan";
import type { CreateApplication } from "./contract";
import { askerNameOf, decideApplication } from "./rules";

const SHA = "a".repeat(64);
const context = {
  plan: PLAN_2026_1,
  questionIds: ["cancer", "nephritis"],
  documents: [
    { kind: "terms", sha256: SHA },
    { kind: "exemptions", sha256: SHA },
  ],
  today: "2026-11-22",
  effectiveOn: "2026-11-23",
};

function application(overrides: Partial<CreateApplication> = {}): CreateApplication {
  return {
    name: "王小雨",
    idNumber: idNumberOf("1992-06-15"),
    phone: "13800138000",
    planVersion: "2026-1",
    healthAnswers: { cancer: false, nephritis: false },
    documents: { terms: SHA, exemptions: SHA } as CreateApplication["documents"],
    consents: { sensitiveData: true },
    ...overrides,
  };
}

const decide = (overrides: Partial<CreateApplication> = {}) =>
  decideApplication(application(overrides), context);

test("R1–R9: an honest application of a 34-year-old is accepted in band A", () => {
  expect(decide()).toMatchObject({
    ok: true,
    age: 34,
    band: { name: "A", coverPerUnitYuan: 1000 },
  });
});

test("the accepted number is the canonical one: trimmed, with a big X", () => {
  const idNumber = idNumberEndingInX();
  expect(decide({ idNumber: `  ${idNumber.toLowerCase()} ` })).toMatchObject({
    ok: true,
    idNumber,
  });
});

describe("refusals", () => {
  const outdated = { terms: "b".repeat(64), exemptions: SHA } as CreateApplication["documents"];
  test.each<[label: string, overrides: Partial<CreateApplication>, expected: string[]]>([
    [
      "a missing answer",
      { healthAnswers: { cancer: false } },
      ["invalid_input", "healthAnswers.nephritis required"],
    ],
    [
      "an answer to no question",
      { healthAnswers: { cancer: false, nephritis: false, smoker: true } },
      ["invalid_input", "healthAnswers.smoker unknown"],
    ],
    ["a number too short", { idNumber: "110105" }, ["invalid_input", "idNumber id_format"]],
    [
      "a wrong check mark",
      { idNumber: wrongCheckMark() },
      ["invalid_input", "idNumber id_checksum"],
    ],
    [
      "a birthday tomorrow",
      { idNumber: idNumberOf("2026-11-23") },
      ["invalid_input", "idNumber id_birth_date"],
    ],
    [
      "both at once",
      { healthAnswers: { cancer: false }, idNumber: "1" },
      ["invalid_input", "healthAnswers.nephritis required", "idNumber id_format"],
    ],
    [
      "an outdated text",
      { documents: outdated },
      ["documents_outdated", "documents.terms outdated"],
    ],
    [
      "a missing text",
      { documents: { terms: SHA } as CreateApplication["documents"] },
      ["documents_outdated", "documents.exemptions outdated"],
    ],
    ["another plan", { planVersion: "2014-1" }, ["documents_outdated", "planVersion outdated"]],
    ["17 when cover starts", { idNumber: idNumberOf("2008-11-24") }, ["age_out_of_range"]],
    ["50 when cover starts", { idNumber: idNumberOf("1976-11-23") }, ["age_out_of_range"]],
    ["one yes", { healthAnswers: { cancer: false, nephritis: true } }, ["health_declined"]],
  ])("%s", (_label, overrides, expected) => {
    const decision = decide(overrides);
    expect(decision.ok).toBe(false);
    if (decision.ok) return;
    const fields = decision.fields.map(({ name, code }) => `${name} ${code}`);
    expect([decision.code, ...fields]).toEqual(expected);
  });

  test("are said in the order in which a person can mend them", () => {
    const everything: Partial<CreateApplication> = {
      idNumber: "1",
      documents: outdated,
      healthAnswers: { cancer: true, nephritis: true },
    };
    const codes = [
      everything,
      { ...everything, idNumber: idNumberOf("1950-01-01") },
      { ...everything, idNumber: idNumberOf("1950-01-01"), documents: application().documents },
      { healthAnswers: everything.healthAnswers },
      {},
    ].map((overrides) => {
      const decision = decide(overrides as Partial<CreateApplication>);
      return decision.ok ? "ok" : decision.code;
    });
    expect(codes).toEqual([
      "invalid_input",
      "documents_outdated",
      "age_out_of_range",
      "health_declined",
      "ok",
    ]);
  });

  test("the age counts on the day cover starts, not today (R3)", () => {
    const birthdayTomorrow = (year: number) => decide({ idNumber: idNumberOf(`${year}-11-23`) });
    expect(birthdayTomorrow(2008)).toMatchObject({ ok: true, age: 18 });
    expect(birthdayTomorrow(1986)).toMatchObject({ ok: true, age: 40, band: { name: "B" } });
    expect(birthdayTomorrow(1976)).toMatchObject({ ok: false, code: "age_out_of_range" });
  });

  test("no reason ever quotes what was typed", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 6, maxLength: 32 }), (typed) => {
        const decision = decide({ idNumber: typed });
        if (decision.ok) return;
        expect(decision.fields.map(({ reason }) => reason)).not.toContain(typed);
      }),
    );
  });
});

describe("R42: what friends are shown of a name", () => {
  test.each([
    ["王小雨", "小雨"],
    ["王雨", "小雨"],
    ["欧阳娜娜", "娜娜"],
    ["欧阳娜", "小娜"],
    ["欧阳", "小阳"],
    ["上官婉儿", "婉儿"],
    ["阿依古丽·买买提", "阿依古丽"],
    ["Anna Schmidt", "Anna"],
    ["Anna", "Anna"],
    [" 王小雨 ", "小雨"],
    ["王𠮷祥", "𠮷祥"],
    ["Maximilianus-von-und-zu", "Maximilianus"],
  ])("%s is %s", (name, shown) => expect(askerNameOf(name)).toBe(shown));

  test("never the whole of a Chinese name, and never nothing", () => {
    const han = fc.string({
      unit: fc.constantFrom(..."王李欧阳司马雨明慧海生"),
      minLength: 2,
      maxLength: 6,
    });
    fc.assert(
      fc.property(han, (name) => {
        const shown = askerNameOf(name);
        expect(shown.length).toBeGreaterThan(0);
        expect(shown).not.toBe(name);
      }),
    );
  });
});

/** A valid number of somebody born on that day, by the definition of ISO 7064 MOD 11-2. */
function idNumberOf(bornOn: string, sequence = "001"): string {
  const digits = `110105${bornOn.replaceAll("-", "")}${sequence}`;
  let sum = 0;
  for (let place = 0; place < 17; place += 1)
    sum += Number(digits[place]) * (2 ** (17 - place) % 11);
  return digits + "10X98765432"[sum % 11];
}

function idNumberEndingInX(): string {
  for (let sequence = 0; sequence < 1000; sequence += 1) {
    const idNumber = idNumberOf("1992-06-15", String(sequence).padStart(3, "0"));
    if (idNumber.endsWith("X")) return idNumber;
  }
  throw new Error("one in eleven ends in X");
}

function wrongCheckMark(): string {
  const idNumber = idNumberOf("1992-06-15");
  return idNumber.slice(0, 17) + (idNumber.endsWith("0") ? "1" : "0");
}
