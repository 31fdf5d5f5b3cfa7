/** `/me/appraisal`: one's own 人品鉴定, line by line (R43). For people without a policy, too. */
import type { Metadata } from "next";
import { SiteFooter } from "@/app/(h5)/site-footer";
import { findViewer, isWechatBrowser, readLocale } from "@/app/viewer";
import { Giving } from "@/components/appraisal/giving";
import { HowItCounts } from "@/components/appraisal/how-it-counts";
import { Receipt } from "@/components/appraisal/receipt";
import { ScoreCard } from "@/components/appraisal/score-card";
import { ProfileSwitches } from "@/components/settings/profile-switches";
import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Page, PageHeader, Section } from "@/components/ui/page";
import type { MyAppraisal } from "@/lib/appraisal/contract";
import { getMyAppraisal } from "@/lib/appraisal/queries";
import { getDeps } from "@/lib/deps";
import { appraisalMessages } from "@/lib/i18n/appraisal";
import { commonMessages } from "@/lib/i18n/common";
import type { Locale } from "@/lib/i18n/locale";
import { settingsMessages } from "@/lib/i18n/settings";
import { listMyPolicies } from "@/lib/policies/queries";
import type { Profile } from "@/lib/profile/contract";
import { findProfile } from "@/lib/profile/queries";

const PATH = "/me/appraisal";

export async function generateMetadata(): Promise<Metadata> {
  return { title: appraisalMessages(await readLocale()).pageTitle, robots: { index: false } };
}

export default async function MyAppraisalRoute() {
  const [viewer, locale] = await Promise.all([findViewer(), readLocale()]);
  const common = commonMessages(locale);
  return (
    <Page footer={<SiteFooter locale={locale} nextPath={PATH} />}>
      <PageHeader
        title={common.brand}
        titleHref="/"
        {...(viewer && { action: { label: common.me, href: "/me" } })}
      />
      {viewer ? <Mine userId={viewer.userId} locale={locale} /> : <SignedOut locale={locale} />}
    </Page>
  );
}

async function Mine({ userId, locale }: { userId: string; locale: Locale }) {
  const deps = getDeps();
  const [appraisal, profile, policies] = await Promise.all([
    getMyAppraisal(deps, { userId }),
    findProfile(deps, { userId }),
    listMyPolicies(deps, { userId }),
  ]);
  const words = appraisalMessages(locale);
  const { score, title, lines, next, giving } = appraisal;
  const nextTitle = next ? words.next(next.pointsToGo, words.titles[next.title]) : words.last;
  const policy = policies.find(({ status }) => status !== "pending_payment");
  return (
    <>
      <ScoreCard
        eyebrow={words.eyebrow}
        score={score}
        title={title}
        outlook={score > 0 ? nextTitle : words.empty}
        locale={locale}
      />
      {score > 0 && (
        <Section title={words.receipt} aside={words.receiptLead}>
          <Receipt lines={lines} score={score} locale={locale} />
        </Section>
      )}
      <HowItCounts locale={locale} />
      {giving.cells > 0 && (
        <Section title={words.giving.title}>
          <Giving {...giving} locale={locale} />
        </Section>
      )}
      {score > 0 && <Certificate appraisal={appraisal} locale={locale} />}
      {policy && <Visibility code={policy.code} profile={profile} locale={locale} />}
    </>
  );
}

function Certificate({ appraisal, locale }: { appraisal: MyAppraisal; locale: Locale }) {
  const { certificate, titles } = appraisalMessages(locale);
  return (
    <Section title={certificate.title}>
      {/* biome-ignore lint/performance/noImgElement: WeChat saves the very file on a long press. */}
      <img
        src="/api/me/appraisal/certificate"
        alt={certificate.alternative(titles[appraisal.title], appraisal.score)}
        loading="lazy"
        className="h-auto w-full rounded-card bg-card shadow-lift"
      />
      <p className="mt-2 text-center text-small text-balance text-soft">{certificate.hint}</p>
    </Section>
  );
}

/** The link leads to the policy's own address, so without a policy there is nothing to show it by. */
function Visibility({ code, profile, locale }: { code: string; profile: Profile; locale: Locale }) {
  const words = appraisalMessages(locale).visibility;
  const { saved, failed, regionUnknown, choices } = settingsMessages(locale);
  return (
    <Section title={words.title}>
      <Card className="py-1!">
        <ProfileSwitches
          initial={profile}
          choices={["isAppraisalVisible"]}
          words={{
            saved,
            failed,
            regionUnknown,
            choices: { ...choices, isAppraisalVisible: words },
          }}
        />
      </Card>
      <LinkButton variant="text" href={`/p/${code}/appraisal`} className="mt-2">
        {words.view}
      </LinkButton>
    </Section>
  );
}

async function SignedOut({ locale }: { locale: Locale }) {
  const { signedOut } = appraisalMessages(locale);
  const next = encodeURIComponent(PATH);
  const signIn = (await isWechatBrowser())
    ? `/api/auth/wechat?next=${next}`
    : `/open-in-wechat?next=${next}`;
  return (
    <>
      <h1 className="mt-4 text-title font-semibold">{signedOut.title}</h1>
      <p className="mt-3 text-pretty text-soft">{signedOut.lead}</p>
      <LinkButton href={signIn} className="mt-8">
        {signedOut.button}
      </LinkButton>
    </>
  );
}
