/**
 * Customers accept these texts by their hash (R9), so a published text never changes: an edit, even
 * a formatter's, must fail here and become a new version instead. The numbers in the text are the
 * plan's.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { DOCUMENT_KINDS } from "@/lib/plans/contract";
import { PLAN_2026_1 } from "@/lib/pricing/plan";
import { findDocumentTranslation, PLAN_DOCUMENTS, readPlanDocuments } from "./documents";
import { HEALTH_QUESTIONS } from "./health-questions";

const PUBLISHED = {
  terms: "c6aae0758f7216f0e0e96182e5d2d5675cfcaef7adafc1f1eadec80229ca2859",
  exemptions: "6b989a1c0b4fc590002d83be926dd75797f62ae585a9f454e818a9639a483685",
  sensitive_data: "295e2a1d2a9db0f503f79ccebbb7d0c5f003369d96e994160345a9e6385c91a3",
};

test("every kind of document is there once, with the hash it was published with", async () => {
  const documents = await readPlanDocuments();
  expect(documents.map(({ kind }) => kind)).toEqual([...DOCUMENT_KINDS]);
  expect(Object.fromEntries(documents.map(({ kind, sha256 }) => [kind, sha256]))).toEqual(
    PUBLISHED,
  );
});

test("line ends of a Windows checkout do not change a hash", () => {
  for (const { file } of PLAN_DOCUMENTS) {
    expect(readFileSync(join(process.cwd(), "lib/plans/content", file), "utf8")).not.toContain(
      "\r",
    );
  }
});

test("each version has its English translation, marked as one; an unknown version has none", async () => {
  for (const { kind, version } of PLAN_DOCUMENTS) {
    expect(await findDocumentTranslation(kind, version)).toContain("courtesy translation");
    expect(await findDocumentTranslation(kind, "1999-1")).toBeNull();
  }
});

describe("the terms agree with the plan", () => {
  test.each([
    [
      "the price",
      `每份保险费 ${PLAN_2026_1.unitPremiumFen / 100} 元（${PLAN_2026_1.unitPremiumFen} 分）`,
    ],
    ["the units cap", `不超过 ${PLAN_2026_1.unitsMax} 份`],
    ["the cover cap", `不超过 ${PLAN_2026_1.coverYuanMax.toLocaleString("en-US")} 元`],
    ["the wait", `等待期为 ${PLAN_2026_1.waitingDays} 日`],
    ["the window", `求助期共 ${PLAN_2026_1.collectingDays} 个自然日`],
    ["late payments", `${PLAN_2026_1.latePaymentMinutes} 分钟内付款`],
    ["cooling-off", `次日起 ${PLAN_2026_1.coolingOffDays} 日内`],
    ["renewal", "不保证续保"],
    ["complaints", "12378"],
    ["the mark of a demonstration", "演示条款"],
  ])("%s", async (_label, words) => {
    const [terms] = await readPlanDocuments();
    expect(terms?.body).toContain(words);
  });

  test.each(PLAN_2026_1.bands)(
    "the band from $ageFrom",
    async ({ ageFrom, ageTo, coverPerUnitYuan }) => {
      const [terms] = await readPlanDocuments();
      const row = terms?.body
        .split("\n")
        .find((line) => line.includes(`${ageFrom} 至 ${ageTo} 周岁`));
      expect(row).toContain(`${coverPerUnitYuan.toLocaleString("en-US")} 元`);
    },
  );
});

test("R8: nine questions with different ids, in both languages, none a catch-all", () => {
  expect(HEALTH_QUESTIONS).toHaveLength(9);
  expect(new Set(HEALTH_QUESTIONS.map(({ id }) => id)).size).toBe(9);
  for (const { text } of HEALTH_QUESTIONS) {
    expect(text["zh-CN"]).toMatch(/？$/);
    expect(text.en).toMatch(/\?$/);
    expect(text["zh-CN"]).not.toMatch(/其他|其它|等疾病/);
    expect(text.en).not.toMatch(/\bother\b/i);
  }
});
