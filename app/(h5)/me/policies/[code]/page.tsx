/** `/me/policies/[code]`: the insured's own page. Somebody else's policy reads like none. */
import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { InsuranceLine } from "@/app/(h5)/insurance-line";
import { SiteFooter } from "@/app/(h5)/site-footer";
import { findViewer, readLocale } from "@/app/viewer";
import { CoverTimeline } from "@/components/policies/cover-timeline";
import { EndedSummary } from "@/components/policies/ended-summary";
import { EndorsementsList } from "@/components/policies/endorsements-list";
import { OwnerBar } from "@/components/policies/owner-bar";
import { OwnerSummary } from "@/components/policies/owner-summary";
import { PolicyDocuments } from "@/components/policies/policy-documents";
import { PolicyServices } from "@/components/policies/policy-services";
import { SupportersList } from "@/components/policies/supporters-list";
import { UnpaidPolicy } from "@/components/policies/unpaid-policy";
import { ShareCard } from "@/components/share/share-card";
import { Page, PageHeader, Section } from "@/components/ui/page";
import { getDeps } from "@/lib/deps";
import { publicConfig } from "@/lib/env/public";
import { formatYuan } from "@/lib/format/money";
import { unbroken } from "@/lib/format/unbroken";
import { commonMessages } from "@/lib/i18n/common";
import { noticesMessages } from "@/lib/i18n/notices";
import { ownerMessages } from "@/lib/i18n/owner";
import { shareMessages } from "@/lib/i18n/share";
import { countUnread } from "@/lib/notices/queries";
import { getCurrentPlan } from "@/lib/plans/queries";
import { findOwnerPolicy } from "@/lib/policies/queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: ownerMessages(await readLocale()).pageTitle, robots: { index: false } };
}

export default async function OwnerRoute({ params }: { params: Promise<{ code: string }> }) {
  const { code } = await params;
  const viewer = await findViewer();
  if (!viewer) redirect(`/api/auth/wechat?next=${encodeURIComponent(`/me/policies/${code}`)}`);
  const deps = getDeps();
  const [policy, plan, locale, unread] = await Promise.all([
    findOwnerPolicy(deps, { code, userId: viewer.userId }),
    getCurrentPlan(deps),
    readLocale(),
    countUnread(deps, viewer),
  ]);
  if (!policy) notFound();
  const words = ownerMessages(locale);
  const common = commonMessages(locale);
  const { insurer, publicUrl, jsSdkUrl } = publicConfig();
  const insuranceLine = <InsuranceLine waitingDays={plan.waitingDays} locale={locale} />;
  const card = shareMessages(locale).card;

  return (
    <Page footer={<SiteFooter locale={locale} nextPath={`/me/policies/${code}`} />}>
      <PageHeader
        title={`${words.pageTitle} · ${common.brand}`}
        action={{
          label: unread > 0 ? noticesMessages(locale).entry(unread) : common.me,
          href: "/me",
        }}
      />
      {policy.status === "pending_payment" ? (
        <UnpaidPolicy policy={policy} insuranceLine={insuranceLine} locale={locale} />
      ) : (
        <>
          {policy.endReason ? (
            <EndedSummary policy={policy} reason={policy.endReason} locale={locale} />
          ) : (
            <>
              <OwnerSummary policy={policy} locale={locale} />
              <Section title={words.timeline.title}>
                <CoverTimeline steps={policy.timeline} today={policy.today} locale={locale} />
              </Section>
            </>
          )}
          {(policy.status === "active" || policy.supporters.length > 0) && (
            <SupportersList
              code={code}
              supporters={policy.supporters}
              today={policy.today}
              hotline={unbroken(insurer.hotline)}
              locale={locale}
            />
          )}
          <EndorsementsList endorsements={policy.endorsements} locale={locale} />
          <PolicyServices policy={policy} hotline={insurer.hotline} locale={locale} />
          <PolicyDocuments policy={policy} locale={locale} />
          <OwnerBar policy={policy} insuranceLine={insuranceLine} locale={locale} />
          <ShareCard
            title={card.title(policy.askerName, formatYuan(policy.coverPerUnitYuan))}
            description={card.description(
              insurer.name,
              insurer.productName,
              insurer.filingNo,
              plan.waitingDays,
            )}
            link={`${publicUrl}/p/${code}`}
            imageUrl={`${publicUrl}/apple-icon.png`}
            jsSdkUrl={jsSdkUrl}
          />
        </>
      )}
    </Page>
  );
}
