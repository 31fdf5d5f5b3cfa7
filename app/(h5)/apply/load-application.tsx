import type { ReactNode } from "react";
import { InsuranceLine } from "@/app/(h5)/insurance-line";
import type { ApplyFlowProps, ShownDocument } from "@/components/apply/apply-props";
import { Markdown } from "@/components/documents/markdown";
import { HundredCells } from "@/components/policies/hundred-cells";
import type { Deps } from "@/lib/deps";
import { assert } from "@/lib/errors/errors";
import { cellsFromCounts } from "@/lib/format/cells";
import { formatFullDay } from "@/lib/format/dates";
import { formatFen, formatYuan } from "@/lib/format/money";
import { applyMessages } from "@/lib/i18n/apply";
import { commonMessages } from "@/lib/i18n/common";
import { fill } from "@/lib/i18n/fill";
import type { Locale } from "@/lib/i18n/locale";
import { problemMessages } from "@/lib/i18n/problems";
import { findDocumentTranslation } from "@/lib/plans/content/documents";
import type { DocumentKind, PlanOut } from "@/lib/plans/contract";
import { findDocument, getCurrentPlan, getPlan } from "@/lib/plans/queries";
import { shanghaiDateOf } from "@/lib/pricing/calendar";
import { policyTerm, unitDates } from "@/lib/pricing/term";

/** Server only: the plan on sale, its documents and the words, ready for the island. */
export async function loadApplication(
  deps: Pick<Deps, "db" | "now">,
  locale: Locale,
): Promise<Omit<ApplyFlowProps, "isWechat" | "initialStep">> {
  const plan = await getCurrentPlan(deps, locale);
  const [terms, exemptions, consent] = await Promise.all([
    showDocument(deps, "terms", locale),
    showDocument(deps, "exemptions", locale),
    showDocument(deps, "sensitive_data", locale),
  ]);
  const documents = { terms, exemptions, sensitive_data: consent };
  const { codes, fields, offline } = problemMessages(locale);
  return {
    rules: {
      planVersion: plan.version,
      today: shanghaiDateOf(deps.now()),
      bands: plan.bands,
      questionIds: plan.healthQuestions.map(({ id }) => id),
      documents: hashesOf(documents),
    },
    words: wordsOf(plan, locale),
    problems: { codes, fields, offline },
    questions: plan.healthQuestions,
    documents: {
      terms: terms.shown,
      exemptions: exemptions.shown,
      sensitive_data: consent.shown,
    },
    preview: await previewOf(deps, plan.version, locale),
    waitingDays: plan.waitingDays,
    price: formatFen(plan.unitPremiumFen),
    insuranceLine: <InsuranceLine waitingDays={plan.waitingDays} locale={locale} />,
    picture: pictureOf(plan, locale),
  };
}

interface LoadedDocument {
  sha256: string;
  shown: ShownDocument;
}

/** The stored text: what is on screen is what the accepted hash stands for (R9). */
async function showDocument(
  deps: Pick<Deps, "db">,
  kind: DocumentKind,
  locale: Locale,
): Promise<LoadedDocument> {
  const document = await findDocument(deps, { kind });
  assert(document, `the plan on sale has no ${kind}`);
  const translation =
    locale === "en" ? await findDocumentTranslation(kind, document.version) : null;
  return {
    sha256: document.sha256,
    shown: {
      version: document.version,
      body: <Markdown source={document.body} rootLevel={2} />,
      translation: translation && <Markdown source={translation} rootLevel={2} />,
    },
  };
}

function hashesOf(documents: Record<DocumentKind, LoadedDocument>) {
  return {
    terms: documents.terms.sha256,
    exemptions: documents.exemptions.sha256,
    sensitive_data: documents.sensitive_data.sha256,
  };
}

/** The plan's own numbers go into the words here, so that the island has none of them to fill. */
function wordsOf(plan: PlanOut, locale: Locale): ApplyFlowProps["words"] {
  const words = applyMessages(locale);
  const values = { waitingDays: plan.waitingDays, coverMax: formatYuan(plan.coverYuanMax) };
  const terms = {
    ...words.documents.terms,
    points: words.documents.terms.points.map((point) => fill(point, values)),
  };
  return { ...words, documents: { ...words.documents, terms } };
}

async function previewOf(
  deps: Pick<Deps, "db" | "now">,
  version: string,
  locale: Locale,
): Promise<ApplyFlowProps["preview"]> {
  const { plan } = await getPlan(deps, version);
  const now = deps.now();
  const dates = unitDates(plan, policyTerm(plan, now), now);
  return {
    effective: formatFullDay(dates.effectiveOn, locale),
    matures: formatFullDay(dates.maturesOn, locale),
    lastDay: formatFullDay(dates.lastDayOn, locale),
    coverDays: dates.coverDays,
  };
}

function pictureOf(plan: PlanOut, locale: Locale): ReactNode {
  const counts = { total: plan.unitsMax, lit: 1, matured: 0, waiting: 1 };
  return (
    <HundredCells
      cells={cellsFromCounts(counts)}
      label={commonMessages(locale).cells.alternative(counts)}
      newestSeq={1}
      isSmall
    />
  );
}
