/** `/`: what it is, on one screen, with the plain truth below it. Reading needs no login. */

import { InsuranceLine } from "@/app/(h5)/insurance-line";
import { SiteFooter } from "@/app/(h5)/site-footer";
import { readLocale } from "@/app/viewer";
import { HundredCells } from "@/components/policies/hundred-cells";
import { InsurerBlock } from "@/components/policies/insurer-block";
import { PriceTable } from "@/components/policies/price-table";
import { LinkButton } from "@/components/ui/button";
import { BottomBar, FinePrint, Page, PageHeader, Section } from "@/components/ui/page";
import { getDeps } from "@/lib/deps";
import { publicConfig } from "@/lib/env/public";
import { cellsFromCounts } from "@/lib/format/cells";
import { formatYuan } from "@/lib/format/money";
import { commonMessages } from "@/lib/i18n/common";
import { landingMessages } from "@/lib/i18n/landing";
import { getCurrentPlan } from "@/lib/plans/queries";

/** A policy some weeks old, so that all three looks of a cell can be seen. */
const EXAMPLE = { lit: 37, matured: 12 };

export default async function LandingRoute() {
  const [locale, plan] = await Promise.all([readLocale(), getCurrentPlan(getDeps())]);
  const words = landingMessages(locale);
  const common = commonMessages(locale);
  const { insurer } = publicConfig();
  const cover = formatYuan(plan.bands[0]?.coverPerUnitYuan ?? 0);

  return (
    <Page footer={<SiteFooter locale={locale} nextPath="/" />}>
      <PageHeader
        title={<b className="text-body font-semibold text-ink">{common.brand}</b>}
        action={{ label: common.me, href: "/me" }}
      />
      <h1 className="mt-2 text-[min(2.125rem,11vw)] leading-[1.2] font-bold tracking-tight">
        {words.title.map((line) => (
          <span key={line} className="inline-block">
            {line}
          </span>
        ))}
      </h1>
      <p className="mt-3 text-pretty text-soft">{words.lead(cover, plan.unitsMax)}</p>
      <HundredCells
        cells={cellsFromCounts({ total: plan.unitsMax, ...EXAMPLE })}
        newestSeq={EXAMPLE.lit}
        meLabel={common.cells.me}
        label={words.gridLabel(plan.unitsMax)}
        className="mt-6"
      />
      <p className="mt-3 text-fine text-soft">{words.gridCaption}</p>

      <Section title={words.howTitle}>
        <ol className="space-y-5">
          {words.steps(plan.waitingDays, plan.collectingDays).map((step, index) => (
            <li key={step.title} className="flex gap-4">
              <span
                aria-hidden="true"
                className="mt-0.5 grid size-8 shrink-0 place-items-center rounded-[32%] bg-wait font-semibold"
              >
                {index + 1}
              </span>
              <div>
                <h3 className="font-semibold">{step.title}</h3>
                <p className="text-small text-soft">{step.body}</p>
              </div>
            </li>
          ))}
        </ol>
      </Section>
      <PriceTable plan={plan} locale={locale} />
      <Section title={words.riskTitle}>
        <ul className="space-y-2 text-small">
          {words.risk(plan.waitingDays).map((line) => (
            <li key={line} className="flex gap-3">
              <span aria-hidden="true" className="text-soft">
                —
              </span>
              {line}
            </li>
          ))}
        </ul>
      </Section>
      <InsurerBlock insurer={insurer} locale={locale} />
      <BottomBar>
        <LinkButton href="/apply">{words.start}</LinkButton>
        <FinePrint className="mt-3">
          {words.startFine}
          <br />
          <InsuranceLine waitingDays={plan.waitingDays} locale={locale} />
        </FinePrint>
      </BottomBar>
    </Page>
  );
}
