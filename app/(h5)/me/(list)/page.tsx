/** `/me`: my policies, and where every yuan I paid went. */
import type { Metadata } from "next";
import { SiteFooter } from "@/app/(h5)/site-footer";
import { findViewer, isWechatBrowser, readIsElder, readLocale } from "@/app/viewer";
import { NoticeCard } from "@/components/me/notice-card";
import { PaymentRow } from "@/components/me/payment-row";
import { PolicyCard } from "@/components/me/policy-card";
import { Tiles } from "@/components/me/tiles";
import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { More } from "@/components/ui/more";
import { Page, PageHeader, Section } from "@/components/ui/page";
import { getDeps } from "@/lib/deps";
import { publicConfig } from "@/lib/env/public";
import { commonMessages } from "@/lib/i18n/common";
import type { Locale } from "@/lib/i18n/locale";
import { meMessages } from "@/lib/i18n/me";
import { noticesMessages } from "@/lib/i18n/notices";
import { problemMessages } from "@/lib/i18n/problems";
import { listNotices } from "@/lib/notices/queries";
import { listMyPayments } from "@/lib/payments/queries";
import { listMyPolicies } from "@/lib/policies/queries";
import { shanghaiDateOf } from "@/lib/pricing/calendar";

/** Newest news on this page; the rest is on its own. */
const NOTICES_SHOWN = 20;

export async function generateMetadata(): Promise<Metadata> {
  return { title: meMessages(await readLocale()).title, robots: { index: false } };
}

export default async function MePage() {
  const [viewer, locale] = await Promise.all([findViewer(), readLocale()]);
  return (
    <Page
      header={<PageHeader title={commonMessages(locale).brand} titleHref="/" />}
      footer={<SiteFooter locale={locale} nextPath="/me" />}
    >
      {viewer ? <Mine userId={viewer.userId} locale={locale} /> : <SignedOut locale={locale} />}
    </Page>
  );
}

async function SignedOut({ locale }: { locale: Locale }) {
  const { signedOut } = meMessages(locale);
  const signIn = (await isWechatBrowser())
    ? "/api/auth/wechat?next=%2Fme"
    : "/open-in-wechat?next=%2Fme";
  return (
    <>
      <h1 className="mt-4 text-title font-semibold">{signedOut.heading}</h1>
      <p className="mt-3 text-pretty text-soft">{signedOut.lead}</p>
      <LinkButton href={signIn} className="mt-8">
        {signedOut.button}
      </LinkButton>
    </>
  );
}

async function Mine({ userId, locale }: { userId: string; locale: Locale }) {
  const deps = getDeps();
  const [isElder, policies, payments, news] = await Promise.all([
    readIsElder(),
    listMyPolicies(deps, { userId }),
    listMyPayments(deps, { userId }),
    listNotices(deps, { userId, take: NOTICES_SHOWN }),
  ]);
  const words = meMessages(locale);
  const today = shanghaiDateOf(deps.now());
  return (
    <>
      <h1 className="mt-4 text-title font-semibold">{words.title}</h1>
      <Section title={words.policies.heading} className="mt-6">
        {policies.length === 0 ? (
          <Card>
            <p>{words.policies.empty}</p>
            <LinkButton href="/apply" className="mt-4">
              {words.policies.apply}
            </LinkButton>
          </Card>
        ) : (
          <ul className="space-y-4">
            {policies.map((policy) => (
              <li key={policy.code}>
                <PolicyCard policy={policy} words={words.policies} locale={locale} />
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Tiles unread={news.unread} words={words.tiles} />
      {news.notices.length > 0 && (
        <Section
          title={noticesMessages(locale).title}
          aside={news.unread > 0 && noticesMessages(locale).unread(news.unread)}
        >
          <NoticeCard news={news} today={today} locale={locale} />
        </Section>
      )}
      <More isElder={isElder} label={words.payments.heading}>
        <Section title={words.payments.heading} aside={words.payments.lead}>
          <Card>
            {payments.length === 0 ? (
              <p className="text-soft">{words.payments.empty}</p>
            ) : (
              <ul className="divide-y divide-line">
                {payments.map((payment) => (
                  <PaymentRow
                    key={payment.order.outTradeNo}
                    payment={payment}
                    words={words.payments}
                    reasons={problemMessages(locale).refundReasons}
                    hotline={publicConfig().insurer.hotline}
                    today={today}
                    locale={locale}
                  />
                ))}
              </ul>
            )}
          </Card>
        </Section>
      </More>
    </>
  );
}
