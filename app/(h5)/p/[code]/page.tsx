/**
 * `/p/[code]`, the page a friend opens. Public and the same for every viewer, because it is served
 * from a cache; who is looking is asked by the browser.
 */
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { InsuranceLine } from "@/app/(h5)/insurance-line";
import { SiteFooter } from "@/app/(h5)/site-footer";
import { readLocale, readNonce } from "@/app/viewer";
import { EARLY_INTENT_SCRIPT } from "@/components/payments/pay-intent";
import { Assurances } from "@/components/share/assurances";
import { ShareCard } from "@/components/share/share-card";
import { SharePanel } from "@/components/share/share-panel";
import { decideShareState } from "@/components/share/share-state";
import { sharePanelWords } from "@/components/share/share-words";
import { UnitPreviewCard } from "@/components/share/unit-preview-card";
import { Face } from "@/components/ui/face";
import { FinePrint, Page } from "@/components/ui/page";
import { getDeps } from "@/lib/deps";
import { publicConfig } from "@/lib/env/public";
import { formatYuan } from "@/lib/format/money";
import { shareMessages } from "@/lib/i18n/share";
import { getCurrentPlan } from "@/lib/plans/queries";
import { findSharePage } from "@/lib/policies/queries";
import { shanghaiDateOf } from "@/lib/pricing/calendar";

interface Props {
  params: Promise<{ code: string }>;
}

/** The page and its metadata ask for the same row; one query serves both. */
const loadShare = cache(async (code: string) => {
  const deps = getDeps();
  await deps.clock.refresh();
  const page = await findSharePage(deps, code);
  return page && { page, plan: await getCurrentPlan(deps), today: shanghaiDateOf(deps.now()) };
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const share = await loadShare((await params).code);
  if (!share) return {};
  return {
    title: shareMessages(await readLocale()).pageTitle(share.page.askerName),
    // A person's page is for those who were sent it, not for search engines.
    robots: { index: false, follow: false },
  };
}

export default async function SharePageRoute({ params }: Props) {
  const share = await loadShare((await params).code);
  if (!share) notFound();
  const { page, plan, today } = share;
  const [locale, nonce] = await Promise.all([readLocale(), readNonce()]);
  const words = shareMessages(locale);
  const config = publicConfig();
  const unitCover = formatYuan(page.nextUnit?.coverYuan ?? page.coverPerUnitYuan);
  const state = decideShareState(page);

  return (
    <Page className="pt-4" footer={<SiteFooter locale={locale} nextPath={`/p/${page.code}`} />}>
      {/* Before the form, so that a tap during a slow load is remembered. */}
      <script
        nonce={nonce}
        // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours.
        dangerouslySetInnerHTML={{ __html: EARLY_INTENT_SCRIPT }}
      />
      <div className="flex items-center gap-3">
        <Face name={page.askerName} />
        <p className="min-w-0 leading-snug">
          <b className="block font-semibold">{page.askerName}</b>
          {page.collectingDaysLeft !== null && (
            <span className="text-small text-soft figure-numbers">
              {words.daysLeft(page.collectingDaysLeft)}
            </span>
          )}
        </p>
      </div>
      <h1 className="mt-4 text-title font-semibold">
        {state === "open" ? (
          <>
            <span className="inline-block">{words.titleBefore}</span>
            <span className="inline-block">{words.titleAfter(page.askerName, unitCover)}</span>
          </>
        ) : (
          words.closedTitle(page.askerName)
        )}
      </h1>
      <SharePanel
        code={page.code}
        initialCounts={page}
        initialState={state}
        words={sharePanelWords(locale, page.askerName)}
        finePrint={
          <FinePrint>
            <InsuranceLine waitingDays={plan.waitingDays} locale={locale} />
          </FinePrint>
        }
      >
        {page.nextUnit && (
          <UnitPreviewCard
            unit={page.nextUnit}
            waitingDays={plan.waitingDays}
            today={today}
            locale={locale}
          />
        )}
        {state === "open" && <Assurances askerName={page.askerName} locale={locale} />}
      </SharePanel>
      <ShareCard
        title={words.card.title(page.askerName, unitCover)}
        description={words.card.description(
          config.insurer.name,
          config.insurer.productName,
          config.insurer.filingNo,
          plan.waitingDays,
        )}
        link={`${config.publicUrl}/p/${page.code}`}
        imageUrl={`${config.publicUrl}/apple-icon.png`}
        jsSdkUrl={config.jsSdkUrl}
      />
    </Page>
  );
}
