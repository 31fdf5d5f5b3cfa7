import { isDeepStrictEqual } from "node:util";
import type { Database } from "@/lib/db/database";
import { assert } from "@/lib/errors/errors";
import { decidePlanSound, registryMix } from "@/lib/pricing/actuarial";
import { assertPlan, PLAN_2026_1 } from "@/lib/pricing/plan";
import { readPlanDocuments } from "./content/documents";
import { HEALTH_QUESTIONS_SHA256 } from "./questions-hash";

/**
 * Publishes the plan of this tree once, with its documents. Publishing again changes nothing; a
 * text that differs from what was published under the same version is refused, because customers
 * have accepted its hash (R9).
 */
export async function publishPlan(
  db: Database,
  now: Date,
  { isDemonstration = true }: { isDemonstration?: boolean } = {},
): Promise<void> {
  assertPlan(PLAN_2026_1);
  const sound = decidePlanSound(PLAN_2026_1, registryMix(PLAN_2026_1));
  assert(sound.ok, "R55: the plan's expected loss ratio lies within its bounds");
  const documents = await readPlanDocuments();
  for (const { kind, body } of documents) {
    assert(
      isDemonstration || !body.includes("演示"),
      `${kind} is a demonstration text; replace lib/plans/content and publish a new version`,
    );
  }
  const { version } = PLAN_2026_1;
  // The wording of the health questions belongs to the version as the documents do (R8).
  const parameters = { ...PLAN_2026_1, questionsSha256: HEALTH_QUESTIONS_SHA256 };
  const existing = await db.prisma.plan.findUnique({
    where: { version },
    select: { parameters: true, documents: { select: { kind: true, sha256: true }, take: 10 } },
  });
  if (existing) {
    assert(
      isDeepStrictEqual(existing.parameters, JSON.parse(JSON.stringify(parameters))),
      `plan ${version} was published with other parameters or questions; publish a new version`,
    );
    for (const document of documents) {
      const match = existing.documents.find((row) => row.kind === document.kind);
      assert(
        match?.sha256 === document.sha256,
        `${document.kind} of plan ${version} was published with another text; publish a new version`,
      );
    }
    return;
  }
  await db.prisma.plan.create({
    data: {
      version,
      parameters: JSON.parse(JSON.stringify(parameters)),
      createdAt: now,
      documents: { create: documents },
    },
  });
}
