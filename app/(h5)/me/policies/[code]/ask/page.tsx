/** `/me/policies/[code]/ask`, 我要求爱: how to ask well. For the insured, while there is something to ask. */
import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { InsuranceLine } from "@/app/(h5)/insurance-line";
import { SiteFooter } from "@/app/(h5)/site-footer";
import { findViewer, isWechatBrowser, readLocale } from "@/app/viewer";
import { AskStudio } from "@/components/ask/ask-studio";
import { askStudioWords } from "@/components/ask/ask-words";
import { OutsideWechat } from "@/components/ask/outside-wechat";
import { PosterCard } from "@/components/ask/poster-card";
import { ShortCodeCard } from "@/components/ask/short-code-card";
import { ProfileSwitches } from "@/components/settings/profile-switches";
import { RefreshOnReturn } from "@/components/share/refresh-on-return";
import { Card } from "@/components/ui/card";
import { Page, PageHeader, Section } from "@/components/ui/page";
import { formatShortCode } from "@/lib/asking/contract";
import { getAsking } from "@/lib/asking/queries";
import { getDeps } from "@/lib/deps";
import { publicConfig } from "@/lib/env/public";
import { DomainError } from "@/lib/errors/errors";
import { askingMessages } from "@/lib/i18n/asking";
import type { Locale } from "@/lib/i18n/locale";
import { ownerMessages } from "@/lib/i18n/owner";
import { settingsMessages } from "@/lib/i18n/settings";
import { findPictureUrls } from "@/lib/pictures/picture-url";
import { getCurrentPlan } from "@/lib/plans/queries";
import { findSharePage } from "@/lib/policies/queries";
import { findProfile } from "@/lib/profile/queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: askingMessages(await readLocale()).pageTitle, robots: { index: false } };
}

export default async function AskRoute({ params }: { params: Promise<{ code: string }> }) {
  const { code } = await params;
  const path = `/me/policies/${code}/ask`;
  const [viewer, locale] = await Promise.all([findViewer(), readLocale()]);
  if (!viewer) redirect(`/api/auth/wechat?next=${encodeURIComponent(path)}`);
  const deps = getDeps();
  const asking = await loadAsking(code, viewer.userId, locale);
  const [policy, pictures, profile, plan, isInWechat] = await Promise.all([
    findSharePage(deps, code),
    findPictureUrls(deps, { code, locale }),
    findProfile(deps, viewer),
    getCurrentPlan(deps),
    isWechatBrowser(),
  ]);
  if (!policy || !pictures) notFound();
  const words = askingMessages(locale);
  const { publicUrl, jsSdkUrl } = publicConfig();
  const { choices, saved, failed, regionUnknown } = settingsMessages(locale);
  const switchWords = { choices, saved, failed, regionUnknown };

  return (
    <Page footer={<SiteFooter locale={locale} nextPath={path} />}>
      <RefreshOnReturn />
      <PageHeader
        title={words.pageTitle}
        action={{ label: ownerMessages(locale).pageTitle, href: `/me/policies/${code}` }}
      />
      <h1 className="mt-3 text-title font-semibold">{words.heading}</h1>
      <p className="mt-1 text-pretty text-soft">{words.lead}</p>
      <AskStudio
        name={policy.askerName}
        cards={asking.cards}
        link={asking.link}
        imageUrl={pictures.thumb}
        jsSdkUrl={jsSdkUrl}
        words={askStudioWords(locale)}
        instead={isInWechat ? undefined : <OutsideWechat link={asking.link} locale={locale} />}
        finePrint={<InsuranceLine waitingDays={plan.waitingDays} locale={locale} />}
      >
        <Section title={words.poster.title}>
          <PosterCard
            url={pictures.poster}
            profile={profile}
            words={{
              ...words.poster,
              alternative: words.poster.alternative(
                policy.askerName,
                policy.units,
                policy.unitsMax,
              ),
            }}
            switchWords={switchWords}
          />
        </Section>
        <Section title={words.code.title}>
          <ShortCodeCard
            shown={formatShortCode(asking.shortCode)}
            address={`${new URL(publicUrl).host}/c`}
            locale={locale}
          />
        </Section>
        <Card className="mt-6 py-1!">
          <ProfileSwitches initial={profile} choices={["isAskingVisible"]} words={switchWords} />
        </Card>
      </AskStudio>
    </Page>
  );
}

/** Where there is nothing to ask any more, or not yet, the owner's page says why. */
async function loadAsking(code: string, userId: string, locale: Locale) {
  try {
    return await getAsking(getDeps(), { code, userId, locale });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (error.code === "not_found") notFound();
    redirect(`/me/policies/${code}`);
  }
}
