/** `/me/policies/[code]`: the insured's own page. Somebody else's policy reads like none. */
import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { InsuranceLine } from "@/app/(h5)/insurance-line";
import { type Offer, ReminderOffer } from "@/app/(h5)/reminder-offer";
import { SiteFooter } from "@/app/(h5)/site-footer";
import { findViewer, readIsElder, readLocale } from "@/app/viewer";
import { Celebration } from "@/components/milestones/celebration";
import { KeepsakeLink } from "@/components/milestones/keepsake-link";
import { CoverTimeline } from "@/components/policies/cover-timeline";
import { EndedSummary } from "@/components/policies/ended-summary";
import { EndorsementsList } from "@/components/policies/endorsements-list";
import { NextMoments } from "@/components/policies/next-moments";
import { OwnerBar } from "@/components/policies/owner-bar";
import { OwnerSummary } from "@/components/policies/owner-summary";
import { PolicyDocuments } from "@/components/policies/policy-documents";
import { PolicyServices } from "@/components/policies/policy-services";
import { SupportersList } from "@/components/policies/supporters-list";
import { UnpaidPolicy } from "@/components/policies/unpaid-policy";
import { RefreshOnReturn } from "@/components/share/refresh-on-return";
import { ShareCard } from "@/components/share/share-card";
import { More } from "@/components/ui/more";
import { Page, PageHeader, Section } from "@/components/ui/page";
import { plainCard } from "@/lib/asking/ask-cards";
import { getDeps } from "@/lib/deps";
import { publicConfig } from "@/lib/env/public";
import { unbroken } from "@/lib/format/unbroken";
import { commonMessages } from "@/lib/i18n/common";
import { noticesMessages } from "@/lib/i18n/notices";
import { ownerMessages } from "@/lib/i18n/owner";
import { findCelebration } from "@/lib/milestones/queries";
import { countUnread } from "@/lib/notices/queries";
import { findPictureUrls } from "@/lib/pictures/picture-url";
import { getCurrentPlan } from "@/lib/plans/queries";
import { findOwnerPolicy } from "@/lib/policies/queries";
import type { OwnerPolicy } from "@/lib/policies/views";

export async function generateMetadata(): Promise<Metadata> {
  return { title: ownerMessages(await readLocale()).pageTitle, robots: { index: false } };
}

export default async function OwnerRoute({ params }: { params: Promise<{ code: string }> }) {
  const { code } = await params;
  const viewer = await findViewer();
  if (!viewer) redirect(`/api/auth/wechat?next=${encodeURIComponent(`/me/policies/${code}`)}`);
  const deps = getDeps();
  const [policy, plan, locale, isElder, unread, celebration] = await Promise.all([
    findOwnerPolicy(deps, { code, userId: viewer.userId }),
    getCurrentPlan(deps),
    readLocale(),
    readIsElder(),
    countUnread(deps, viewer),
    findCelebration(deps, { code, userId: viewer.userId }),
  ]);
  if (!policy) notFound();
  const offer = decideOffer(policy);
  const pictures = await findPictureUrls(deps, { code, locale });
  const words = ownerMessages(locale);
  const common = commonMessages(locale);
  const { insurer, publicUrl, jsSdkUrl } = publicConfig();
  const insuranceLine = <InsuranceLine waitingDays={plan.waitingDays} locale={locale} />;
  const link = `${publicUrl}/p/${code}`;

  const isFull = policy.units.length >= policy.unitsMax;
  return (
    <Page footer={<SiteFooter locale={locale} nextPath={`/me/policies/${code}`} />}>
      <RefreshOnReturn />
      <PageHeader
        title={`${words.pageTitle} · ${common.brand}`}
        action={{
          label: unread > 0 ? noticesMessages(locale).entry(unread) : common.me,
          href: "/me",
        }}
      />
      {celebration && (
        <Celebration
          code={code}
          {...celebration}
          units={policy.units}
          unitsMax={policy.unitsMax}
          locale={locale}
        />
      )}
      {policy.status === "pending_payment" ? (
        <UnpaidPolicy policy={policy} insuranceLine={insuranceLine} locale={locale} />
      ) : (
        <>
          {policy.endReason ? (
            <>
              <EndedSummary policy={policy} reason={policy.endReason} locale={locale} />
              {isFull && <KeepsakeLink code={code} locale={locale} />}
            </>
          ) : (
            <>
              <OwnerSummary policy={policy} locale={locale} />
              {isFull && <KeepsakeLink code={code} locale={locale} />}
              <Section title={words.timeline.title}>
                <CoverTimeline steps={policy.timeline} today={policy.today} locale={locale} />
              </Section>
              <NextMoments policy={policy} locale={locale} />
            </>
          )}
          {offer && <ReminderOffer offer={offer} userId={viewer.userId} locale={locale} />}
          {(policy.status === "active" || policy.supporters.length > 0) && (
            <SupportersList
              code={code}
              supporters={policy.supporters}
              today={policy.today}
              hotline={unbroken(insurer.hotline)}
              locale={locale}
            />
          )}
          <More isElder={isElder} label={common.more}>
            <EndorsementsList endorsements={policy.endorsements} locale={locale} />
            <PolicyServices policy={policy} hotline={insurer.hotline} locale={locale} />
            <PolicyDocuments policy={policy} locale={locale} />
          </More>
          <OwnerBar policy={policy} insuranceLine={insuranceLine} locale={locale} />
          <ShareCard
            {...plainCard({ ...policy, waitingDays: plan.waitingDays, insurer, link }, locale)}
            link={link}
            imageUrl={pictures?.thumb ?? `${publicUrl}/apple-icon.png`}
            jsSdkUrl={jsSdkUrl}
          />
        </>
      )}
    </Page>
  );
}

/** What the insured may still wait for. */
function decideOffer(policy: OwnerPolicy): Offer | null {
  if (policy.status !== "active") return null;
  const isCollecting = policy.collectingDaysLeft !== null && policy.units.length < policy.unitsMax;
  if (isCollecting) return "supported";
  return policy.waitingYuan > 0 ? "matured" : null;
}
