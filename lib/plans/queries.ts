import type { Database } from "@/lib/db/database";
import { perDatabase } from "@/lib/db/per-database";
import type { Deps } from "@/lib/deps";
import { assert } from "@/lib/errors/errors";
import { PLAN_2026_1, type Plan } from "@/lib/pricing/plan";
import { HEALTH_QUESTIONS } from "./content/health-questions";
import type { DocumentKind, PlanOut } from "./contract";

/** The version sold today. Older versions stay readable for the policies that have them. */
export const CURRENT_PLAN_VERSION = PLAN_2026_1.version;

export interface PublishedPlan {
  plan: Plan;
  documents: readonly { kind: DocumentKind; version: string; sha256: string }[];
}

// Published plans never change (a trigger sees to it), so they are read once per database.
const publishedOf = perDatabase((_db: Database) => new Map<string, PublishedPlan>());

/** @throws Error when the version was never published: policies refer to it, so that is a bug. */
export async function getPlan(deps: Pick<Deps, "db">, version: string): Promise<PublishedPlan> {
  const known = publishedOf(deps.db);
  const cached = known.get(version);
  if (cached) return cached;
  const row = await deps.db.prisma.plan.findUnique({
    where: { version },
    select: {
      parameters: true,
      documents: { select: { kind: true, version: true, sha256: true }, take: 10 },
    },
  });
  assert(row, `plan ${version} is not published`);
  const found: PublishedPlan = {
    plan: row.parameters as unknown as Plan,
    documents: row.documents as PublishedPlan["documents"],
  };
  known.set(version, found);
  return found;
}

/** The plan sold today with everything an application must answer and accept. */
export async function getCurrentPlan(
  deps: Pick<Deps, "db">,
  locale: "zh-CN" | "en" = "zh-CN",
): Promise<PlanOut> {
  const { plan, documents } = await getPlan(deps, CURRENT_PLAN_VERSION);
  return {
    version: plan.version,
    unitPremiumFen: plan.unitPremiumFen,
    unitsMax: plan.unitsMax,
    coverYuanMax: plan.coverYuanMax,
    waitingDays: plan.waitingDays,
    collectingDays: plan.collectingDays,
    bands: plan.bands.map(({ ageFrom, ageTo, coverPerUnitYuan }) => ({
      ageFrom,
      ageTo,
      coverPerUnitYuan,
    })),
    healthQuestions: HEALTH_QUESTIONS.map(({ id, text }) => ({ id, text: text[locale] })),
    documents: documents.map((document) => ({
      ...document,
      url: `/documents/${document.kind.replaceAll("_", "-")}`,
    })),
  };
}

/** One document as it was sold, markdown; null when the plan has none of that kind. */
export async function findDocument(
  deps: Pick<Deps, "db">,
  { planVersion = CURRENT_PLAN_VERSION, kind }: { planVersion?: string; kind: DocumentKind },
): Promise<{ kind: DocumentKind; version: string; sha256: string; body: string } | null> {
  const row = await deps.db.prisma.planDocument.findUnique({
    where: { planVersion_kind: { planVersion, kind } },
    select: { version: true, sha256: true, body: true },
  });
  return row ? { kind, ...row } : null;
}
