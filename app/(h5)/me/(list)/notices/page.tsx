/** `/me/notices`: everything the person was told of late. */
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { findViewer, readLocale } from "@/app/viewer";
import { NoticeList } from "@/components/me/notice-list";
import { Card } from "@/components/ui/card";
import { Page, PageHeader } from "@/components/ui/page";
import { getDeps } from "@/lib/deps";
import { commonMessages } from "@/lib/i18n/common";
import { noticesMessages } from "@/lib/i18n/notices";
import { listNotices } from "@/lib/notices/queries";
import { shanghaiDateOf } from "@/lib/pricing/calendar";

export async function generateMetadata(): Promise<Metadata> {
  return { title: noticesMessages(await readLocale()).title, robots: { index: false } };
}

export default async function NoticesRoute() {
  const [viewer, locale] = await Promise.all([findViewer(), readLocale()]);
  if (!viewer) redirect("/api/auth/wechat?next=%2Fme%2Fnotices");
  const deps = getDeps();
  const { notices } = await listNotices(deps, viewer);
  const words = noticesMessages(locale);
  return (
    <Page>
      <PageHeader
        title={commonMessages(locale).brand}
        titleHref="/"
        action={{ label: commonMessages(locale).me, href: "/me" }}
      />
      <h1 className="mt-4 text-title font-semibold">{words.title}</h1>
      <p className="mt-1 text-soft">{notices.length > 0 ? words.lead : words.empty}</p>
      {notices.length > 0 && (
        <Card className="safe-bottom mt-6 py-1!">
          <NoticeList notices={notices} today={shanghaiDateOf(deps.now())} locale={locale} />
        </Card>
      )}
    </Page>
  );
}
