/** `/disclosure`: everything a person should know before paying (R53), on one page. */
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { SiteFooter } from "@/app/(h5)/site-footer";
import { readLocale } from "@/app/viewer";
import { DocumentLinks } from "@/components/documents/document-links";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { Page, PageHeader, Section } from "@/components/ui/page";
import { Rows } from "@/components/ui/rows";
import { getDeps } from "@/lib/deps";
import { publicConfig } from "@/lib/env/public";
import { formatFen, formatYuan } from "@/lib/format/money";
import { commonMessages } from "@/lib/i18n/common";
import { disclosureMessages } from "@/lib/i18n/disclosure";
import type { Locale } from "@/lib/i18n/locale";
import { pagesMessages } from "@/lib/i18n/pages";
import { getCurrentPlan, getPlan } from "@/lib/plans/queries";
import { unitsMaxFor } from "@/lib/pricing/caps";

export async function generateMetadata(): Promise<Metadata> {
  return { title: disclosureMessages(await readLocale()).title };
}

export default async function DisclosurePage() {
  const locale = await readLocale();
  const deps = getDeps();
  const offer = await getCurrentPlan(deps, locale);
  const { plan } = await getPlan(deps, offer.version);
  const words = disclosureMessages(locale);
  const common = commonMessages(locale);
  return (
    <Page
      header={<PageHeader title={common.brand} titleHref="/" />}
      footer={<SiteFooter locale={locale} nextPath="/disclosure" />}
    >
      <h1 className="mt-4 text-title font-semibold">{words.title}</h1>
      <p className="mt-2 text-pretty text-soft">{words.lead}</p>
      {publicConfig().insurer.isDemonstration && (
        <Notice tone="warn" title={common.demonstration} className="mt-5">
          {common.demonstrationNote}
        </Notice>
      )}
      <Insurer locale={locale} />
      <Section title={words.price.heading}>
        <p>{words.price.unit(formatFen(plan.unitPremiumFen))}</p>
        <CoverTable plan={plan} words={words.price} />
        <p className="mt-3 text-small text-soft">
          {words.price.caps(plan.unitsMax, plan.collectingDays)}
        </p>
      </Section>
      <Section title={words.waiting.heading}>
        <Points items={[words.waiting.start(plan.waitingDays), ...words.waiting.points]} />
        <Notice className="mt-4">{words.waiting.renewal}</Notice>
      </Section>
      <Section title={words.cover.heading}>
        <Points items={words.cover.points} />
        <a
          href="/documents/exemptions"
          className="mt-2 inline-flex min-h-11 items-center font-medium text-accent-text underline underline-offset-4"
        >
          {words.cover.all}
        </a>
      </Section>
      <Section title={words.duty.heading}>
        <p>{words.duty.text}</p>
      </Section>
      <Section title={words.refund.heading}>
        <Points items={[words.refund.coolingOff(plan.coolingOffDays), ...words.refund.points]} />
      </Section>
      <Section title={words.claims.heading}>
        <ol className="list-decimal space-y-2 pl-6 marker:text-soft">
          {words.claims.steps.map((step) => (
            <li key={step} className="pl-1">
              {step}
            </li>
          ))}
        </ol>
      </Section>
      <Complaints locale={locale} />
      <Section title={words.sharing.heading}>
        <Points items={words.sharing.points} />
      </Section>
      <Section title={words.documents.heading}>
        <DocumentLinks documents={offer.documents} titles={pagesMessages(locale).document.title} />
      </Section>
    </Page>
  );
}

function Insurer({ locale }: { locale: Locale }) {
  const { product: words } = disclosureMessages(locale);
  const { insurer } = publicConfig();
  const rows = [
    { label: words.product, value: insurer.productName },
    { label: words.type, value: words.typeValue },
    { label: words.filing, value: insurer.filingNo },
    { label: words.insurer, value: insurer.name },
    { label: words.licence, value: insurer.licenceNo },
    { label: words.address, value: insurer.address },
    { label: words.solvency, value: insurer.solvency },
    { label: words.claimsRatio, value: insurer.claimsRatio },
  ];
  return (
    <Section title={words.heading}>
      <Card>
        <Rows rows={rows} />
      </Card>
    </Section>
  );
}

type Words = ReturnType<typeof disclosureMessages>;

function CoverTable({
  plan,
  words,
}: {
  plan: Awaited<ReturnType<typeof getPlan>>["plan"];
  words: Words["price"];
}) {
  return (
    <div className="mt-4 overflow-x-auto rounded-card bg-card shadow-lift">
      <table className="w-full border-collapse text-left text-small figure-numbers">
        <thead>
          <tr className="text-soft">
            {[words.age, words.perUnit, words.atMost].map((title) => (
              <th key={title} scope="col" className="px-4 py-3 align-bottom font-normal">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {plan.bands.map(({ name, ageFrom, ageTo, coverPerUnitYuan }) => (
            <tr key={name} className="border-t border-line">
              <th scope="row" className="px-4 py-3 font-normal">
                {words.band(ageFrom, ageTo)}
              </th>
              <td className="px-4 py-3 font-semibold">{formatYuan(coverPerUnitYuan)}</td>
              <td className="px-4 py-3 font-semibold">
                {formatYuan(unitsMaxFor(plan, coverPerUnitYuan) * coverPerUnitYuan)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Complaints({ locale }: { locale: Locale }) {
  const { complaint: words } = disclosureMessages(locale);
  const { insurer } = publicConfig();
  const call = (number: string): ReactNode => (
    <a
      href={`tel:${number}`}
      className="inline-flex min-h-8 items-center underline underline-offset-4"
    >
      {number}
    </a>
  );
  return (
    <Section title={words.heading}>
      <Card>
        <Rows
          rows={[
            { label: words.hotline, value: call(insurer.hotline) },
            { label: words.email, value: insurer.complaintEmail },
            { label: words.regulator, value: call("12378") },
          ]}
        />
      </Card>
    </Section>
  );
}

function Points({ items }: { items: readonly string[] }) {
  return (
    <ul className="list-disc space-y-2 pl-6 marker:text-coral">
      {items.map((item) => (
        <li key={item} className="pl-1">
          {item}
        </li>
      ))}
    </ul>
  );
}
