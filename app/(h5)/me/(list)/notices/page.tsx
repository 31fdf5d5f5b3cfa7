/** `/me/notices`: everything the person was told of late. */
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ReminderOffer } from "@/app/(h5)/reminder-offer";
import { canSubscribe, findViewer, readLocale } from "@/app/viewer";
import { NoticeList } from "@/components/me/notice-list";
import { RemindersCard } from "@/components/me/reminders-card";
import { Card } from "@/components/ui/card";
import { Page, PageHeader } from "@/components/ui/page";
import { getDeps } from "@/lib/deps";
import { commonMessages } from "@/lib/i18n/common";
import { noticesMessages } from "@/lib/i18n/notices";
import { remindersMessages } from "@/lib/i18n/reminders";
import { findReminders } from "@/lib/messages/queries";
import { listNotices } from "@/lib/notices/queries";
import { shanghaiDateOf } from "@/lib/pricing/calendar";

export async function generateMetadata(): Promise<Metadata> {
  return { title: noticesMessages(await readLocale()).title, robots: { index: false } };
}

export default async function NoticesRoute({
  searchParams,
}: {
  searchParams: Promise<{ from?: string }>;
}) {
  const [viewer, locale, { from }, isAskable] = await Promise.all([
    findViewer(),
    readLocale(),
    searchParams,
    canSubscribe(),
  ]);
  if (!viewer) redirect("/api/auth/wechat?next=%2Fme%2Fnotices");
  const deps = getDeps();
  const [{ notices }, reminders] = await Promise.all([
    listNotices(deps, viewer),
    findReminders(deps, viewer),
  ]);
  const words = noticesMessages(locale);
  const isFromMessage = from === "message";
  const hasReminders = reminders.isStopped || reminders.remaining > 0;
  const stop = <RemindersCard {...reminders} locale={locale} />;
  return (
    <Page>
      <PageHeader
        title={commonMessages(locale).brand}
        titleHref="/"
        action={{ label: commonMessages(locale).me, href: "/me" }}
      />
      <h1 className="mt-4 text-title font-semibold">{words.title}</h1>
      <p className="mt-1 text-pretty text-soft">{notices.length > 0 ? words.lead : words.empty}</p>
      {isFromMessage && stop}
      {notices.length > 0 && (
        <Card className="mt-6 py-1!">
          <NoticeList notices={notices} today={shanghaiDateOf(deps.now())} locale={locale} />
        </Card>
      )}
      <ReminderOffer offer="news" userId={viewer.userId} locale={locale} />
      {hasReminders && !isFromMessage && stop}
      <p className="safe-bottom mt-6 text-center text-fine text-balance text-soft">
        {isAskable ? "" : remindersMessages(locale).outside}
      </p>
    </Page>
  );
}
