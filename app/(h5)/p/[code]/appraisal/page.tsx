/**
 * `/p/[code]/appraisal`: the insured's 人品鉴定 for whoever has the link, if he shows it (R43). Guests
 * read it; one that is not shown reads like a policy that does not exist.
 */
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { InsuranceLine } from "@/app/(h5)/insurance-line";
import { SiteFooter } from "@/app/(h5)/site-footer";
import { findViewer, readLocale } from "@/app/viewer";
import { HowItCounts } from "@/components/appraisal/how-it-counts";
import { Receipt } from "@/components/appraisal/receipt";
import { ScoreCard } from "@/components/appraisal/score-card";
import { PrivatePage } from "@/components/share/private-page";
import { ShareCard } from "@/components/share/share-card";
import { LinkButton } from "@/components/ui/button";
import { EndBar, FinePrint, Page, Section } from "@/components/ui/page";
import { lastDayCounted } from "@/lib/appraisal/certificate";
import { findSharedAppraisal } from "@/lib/appraisal/queries";
import { getDeps } from "@/lib/deps";
import { publicConfig } from "@/lib/env/public";
import { formatFullDay } from "@/lib/format/dates";
import { appraisalMessages } from "@/lib/i18n/appraisal";
import { askingMessages } from "@/lib/i18n/asking";
import { findPictureUrls } from "@/lib/pictures/picture-url";
import { getCurrentPlan } from "@/lib/plans/queries";

interface Props {
  params: Promise<{ code: string }>;
}

/** The page and its metadata ask for the same; one query serves both. */
const loadShared = cache(async (code: string) => {
  const viewer = await findViewer();
  return findSharedAppraisal(getDeps(), { code, userId: viewer?.userId ?? null });
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const shared = await loadShared((await params).code);
  if (!shared) return {};
  return {
    title: appraisalMessages(await readLocale()).shared.title(shared.askerName),
    robots: { index: false, follow: false },
  };
}

export default async function SharedAppraisalRoute({ params }: Props) {
  const shared = await loadShared((await params).code);
  if (!shared) notFound();
  const [locale, plan] = await Promise.all([readLocale(), getCurrentPlan(getDeps())]);
  const words = appraisalMessages(locale);
  const { code, askerName, isOwn, isVisible, appraisal } = shared;
  const { score, title, lines } = appraisal;
  const { insurer, publicUrl, jsSdkUrl } = publicConfig();
  const { law, lawInFull } = askingMessages(locale);
  const cardTitle = words.shared.title(askerName);
  const pictures = await findPictureUrls(getDeps(), { code, locale });
  return (
    <Page
      className="pt-4"
      footer={<SiteFooter locale={locale} nextPath={`/p/${code}/appraisal`} />}
    >
      {isOwn && (
        <p className="rounded-control bg-sunk px-4 py-2 text-small">
          {isVisible ? words.shared.open : words.shared.private}{" "}
          <a
            href="/me/appraisal"
            className="inline-block py-1 text-accent-text underline underline-offset-4"
          >
            {words.shared.settings}
          </a>
        </p>
      )}
      <ScoreCard
        eyebrow={words.shared.eyebrow(askerName)}
        score={score}
        title={title}
        outlook={words.shared.until(formatFullDay(lastDayCounted(appraisal), locale))}
        locale={locale}
      />
      <Section title={words.receipt} aside={lines.length > 0 && words.receiptLead}>
        {lines.length > 0 ? (
          <Receipt lines={lines} score={score} locale={locale} />
        ) : (
          <p className="text-soft">{words.shared.empty}</p>
        )}
        <HowItCounts locale={locale} />
      </Section>
      <EndBar>
        <LinkButton href={`/p/${code}`}>{words.shared.back(askerName)}</LinkButton>
        <FinePrint className="mt-1">
          {words.shared.note}
          <br />
          <InsuranceLine waitingDays={plan.waitingDays} locale={locale} />
        </FinePrint>
      </EndBar>
      {isVisible ? (
        <ShareCard
          title={cardTitle}
          momentsTitle={`${cardTitle} · ${law(plan.waitingDays)}`}
          description={lawInFull(
            plan.waitingDays,
            insurer.name,
            insurer.productName,
            insurer.filingNo,
          )}
          link={`${publicUrl}/p/${code}/appraisal`}
          imageUrl={pictures?.thumb ?? `${publicUrl}/apple-icon.png`}
          jsSdkUrl={jsSdkUrl}
        />
      ) : (
        <PrivatePage jsSdkUrl={jsSdkUrl} />
      )}
    </Page>
  );
}
