/** `/orders/[outTradeNo]/story`: every step of one yuan, for the person who paid it. */
import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { findViewer, readLocale } from "@/app/viewer";
import { RefreshOnReturn } from "@/components/share/refresh-on-return";
import { LinkButton } from "@/components/ui/button";
import { EndBar, Page, PageHeader } from "@/components/ui/page";
import { StoryEnding } from "@/components/yuan/story-ending";
import { StorySteps } from "@/components/yuan/story-steps";
import { getDeps } from "@/lib/deps";
import { publicConfig } from "@/lib/env/public";
import { formatFen } from "@/lib/format/money";
import { unbroken } from "@/lib/format/unbroken";
import { commonMessages } from "@/lib/i18n/common";
import { orderMessages } from "@/lib/i18n/order";
import { yuanMessages } from "@/lib/i18n/yuan";
import { shanghaiDateOf } from "@/lib/pricing/calendar";
import { findStoryPage } from "@/lib/yuan/queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: yuanMessages(await readLocale()).payer.title, robots: { index: false } };
}

export default async function StoryRoute({ params }: { params: Promise<{ outTradeNo: string }> }) {
  const { outTradeNo } = await params;
  const viewer = await findViewer();
  if (!viewer)
    redirect(`/api/auth/wechat?next=${encodeURIComponent(`/orders/${outTradeNo}/story`)}`);
  const deps = getDeps();
  const page = await findStoryPage(deps, { outTradeNo, userId: viewer.userId });
  if (!page) notFound();
  const locale = await readLocale();
  const words = yuanMessages(locale).payer;

  return (
    <Page>
      <RefreshOnReturn />
      <PageHeader
        title={orderMessages(locale).pageTitle}
        titleHref={`/orders/${outTradeNo}`}
        action={{ label: commonMessages(locale).me, href: "/me" }}
      />
      <h1 className="mt-3 text-title font-semibold">{words.title}</h1>
      <p className="mt-1 text-soft">{words.lead(formatFen(page.story.amountFen))}</p>
      <StorySteps
        steps={page.story.events.filter(({ isAhead }) => !isAhead)}
        today={shanghaiDateOf(deps.now())}
        locale={locale}
      />
      <StoryEnding page={page} hotline={unbroken(publicConfig().insurer.hotline)} locale={locale} />
      <EndBar>
        <LinkButton variant="quiet" href={`/orders/${outTradeNo}`}>
          {words.back}
        </LinkButton>
      </EndBar>
    </Page>
  );
}
