/**
 * `/me/policies/[code]/full`: the keepsake of a full grid, for the insured. Before it is full there is
 * nothing to see here that his policy does not show better, so he is taken there.
 */
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { InsuranceLine } from "@/app/(h5)/insurance-line";
import { SiteFooter } from "@/app/(h5)/site-footer";
import { findViewer, readLocale } from "@/app/viewer";
import { FullStory } from "@/components/milestones/full-story";
import { ThanksRoll } from "@/components/milestones/thanks-roll";
import { CellsLegend } from "@/components/policies/cells-legend";
import { HundredCells } from "@/components/policies/hundred-cells";
import { LinkButton } from "@/components/ui/button";
import { EndBar, FinePrint, Page, PageHeader, Section } from "@/components/ui/page";
import { getDeps } from "@/lib/deps";
import { cellsFromUnits, countCells } from "@/lib/format/cells";
import { formatYuan } from "@/lib/format/money";
import { commonMessages } from "@/lib/i18n/common";
import type { Locale } from "@/lib/i18n/locale";
import { milestonesMessages } from "@/lib/i18n/milestones";
import { findFullPolicy } from "@/lib/milestones/queries";
import type { FullPolicy } from "@/lib/milestones/views";
import { getCurrentPlan } from "@/lib/plans/queries";

export async function generateMetadata(): Promise<Metadata> {
  const { full } = milestonesMessages(await readLocale());
  return { title: full.pageTitle, robots: { index: false } };
}

export default async function FullRoute({ params }: { params: Promise<{ code: string }> }) {
  const { code } = await params;
  const path = `/me/policies/${code}`;
  const viewer = await findViewer();
  if (!viewer) redirect(`/api/auth/wechat?next=${encodeURIComponent(`${path}/full`)}`);
  const deps = getDeps();
  const [policy, plan, locale] = await Promise.all([
    findFullPolicy(deps, { code, userId: viewer.userId }),
    getCurrentPlan(deps),
    readLocale(),
  ]);
  // Somebody else's policy reads like none there.
  if (!policy) redirect(path);
  const words = milestonesMessages(locale).full;
  return (
    <Page footer={<SiteFooter locale={locale} nextPath={`${path}/full`} />}>
      <PageHeader title={words.pageTitle} action={{ label: words.back, href: path }} />
      <Picture policy={policy} locale={locale} />
      <Section title={words.storyTitle}>
        <FullStory story={policy.story} locale={locale} />
      </Section>
      {policy.names.length + policy.nameless > 0 && (
        <Section title={words.thanksTitle}>
          <p className="-mt-2 mb-3 text-fine text-soft">{words.thanksLead}</p>
          <ThanksRoll names={policy.names} nameless={policy.nameless} locale={locale} />
        </Section>
      )}
      <EndBar>
        <LinkButton href={`/api/policies/${code}/poster`}>{words.poster}</LinkButton>
        <LinkButton variant="text" href={`${path}/wall`}>
          {words.wall}
        </LinkButton>
        <FinePrint>
          <InsuranceLine waitingDays={plan.waitingDays} locale={locale} />
        </FinePrint>
      </EndBar>
    </Page>
  );
}

function Picture({ policy, locale }: { policy: FullPolicy; locale: Locale }) {
  const words = milestonesMessages(locale).full;
  const { cells: common } = commonMessages(locale);
  const cells = cellsFromUnits(policy.cells, policy.unitsMax);
  const counts = countCells(cells);
  return (
    <>
      <h1 className="mt-3 text-figure font-bold">{words.heading}</h1>
      <p className="mt-2 text-pretty text-soft">{words.lead(formatYuan(policy.coverYuan))}</p>
      <HundredCells
        cells={cells}
        meLabel={common.me}
        label={common.alternative(counts)}
        className="mt-6 mb-4"
      />
      <CellsLegend
        entries={[
          { state: "matured", label: common.matured(counts.matured) },
          { state: "waiting", label: common.waiting(counts.waiting) },
        ]}
      />
    </>
  );
}
