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
import { NoteCard } from "@/components/words/note-card";
import { plainCard } from "@/lib/asking/ask-cards";
import { getDeps } from "@/lib/deps";
import { publicConfig } from "@/lib/env/public";
import { formatYuan } from "@/lib/format/money";
import { commonMessages } from "@/lib/i18n/common";
import type { Locale } from "@/lib/i18n/locale";
import { shareMessages } from "@/lib/i18n/share";
import { findPictureUrls } from "@/lib/pictures/picture-url";
import { getCurrentPlan } from "@/lib/plans/queries";
import { findSharePage } from "@/lib/policies/queries";
import { shanghaiDateOf } from "@/lib/pricing/calendar";
import { findNote } from "@/lib/words/queries";

interface Props {
  params: Promise<{ code: string }>;
}

/** The page and its metadata ask for the same row; one query serves both. */
const loadShare = cache(async (code: string) => {
  const deps = getDeps();
  await deps.clock.refresh();
  const [page, note] = await Promise.all([findSharePage(deps, code), findNote(deps, code)]);
  if (!page) return null;
  return { page, note, plan: await getCurrentPlan(deps), today: shanghaiDateOf(deps.now()) };
});

const loadPictures = cache((code: string, locale: Locale) =>
  findPictureUrls(getDeps(), { code, locale }),
);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [{ code }, locale] = await Promise.all([params, readLocale()]);
  const [share, pictures] = await Promise.all([loadShare(code), loadPictures(code, locale)]);
  if (!share) return {};
  const { publicUrl, insurer } = publicConfig();
  const url = `${publicUrl}/p/${code}`;
  const { waitingDays } = share.plan;
  const { title, description } = plainCard(
    { ...share.page, waitingDays, insurer, link: url },
    locale,
  );
  const images = pictures ? [{ url: pictures.card, width: 1200, height: 630, alt: title }] : [];
  return {
    title: shareMessages(locale).pageTitle(share.page.askerName),
    description,
    // A person's page is for those who were sent it, not for search engines.
    robots: { index: false, follow: false },
    openGraph: {
      type: "website",
      locale: locale === "en" ? "en_US" : "zh_CN",
      siteName: commonMessages(locale).brand,
      title,
      description,
      url,
      images,
    },
    twitter: { card: "summary_large_image", title, description, images },
  };
}

export default async function SharePageRoute({ params }: Props) {
  const share = await loadShare((await params).code);
  if (!share) notFound();
  const { page, note, plan, today } = share;
  const [locale, nonce] = await Promise.all([readLocale(), readNonce()]);
  const pictures = await loadPictures(page.code, locale);
  const words = shareMessages(locale);
  const config = publicConfig();
  const unitCover = formatYuan(page.nextUnit?.coverYuan ?? page.coverPerUnitYuan);
  const state = decideShareState(page);
  const link = `${config.publicUrl}/p/${page.code}`;

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
        link={link}
        isWechatEverywhere={config.isSandbox}
        initialCounts={page}
        initialState={state}
        words={sharePanelWords(locale, page.askerName)}
        finePrint={
          <FinePrint>
            <InsuranceLine waitingDays={plan.waitingDays} locale={locale} />
          </FinePrint>
        }
      >
        {note && (
          <NoteCard
            code={page.code}
            askerName={page.askerName}
            note={note}
            today={today}
            locale={locale}
          />
        )}
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
        {...plainCard(
          { ...page, waitingDays: plan.waitingDays, insurer: config.insurer, link },
          locale,
        )}
        link={link}
        imageUrl={pictures?.thumb ?? `${config.publicUrl}/apple-icon.png`}
        jsSdkUrl={config.jsSdkUrl}
      />
    </Page>
  );
}
