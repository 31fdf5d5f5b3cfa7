/** `/orders/[outTradeNo]`: where one yuan is, for the person who paid it. */
import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { type Offer, ReminderOffer } from "@/app/(h5)/reminder-offer";
import { findViewer, readIsElder, readLocale } from "@/app/viewer";
import { WithdrawGift } from "@/components/endings/withdraw-gift";
import { OrderEnding } from "@/components/payments/order-ending";
import { OrderLights } from "@/components/payments/order-lights";
import { decideOrderStory, type OrderStory } from "@/components/payments/order-story";
import { RefreshOnReturn } from "@/components/share/refresh-on-return";
import { LinkButton } from "@/components/ui/button";
import { More } from "@/components/ui/more";
import { EndBar, Page, PageHeader } from "@/components/ui/page";
import { Rows } from "@/components/ui/rows";
import { GiftConversation } from "@/components/words/gift-conversation";
import { getDeps } from "@/lib/deps";
import { publicConfig } from "@/lib/env/public";
import { dayOfInstant, formatDayAndTime } from "@/lib/format/dates";
import { formatFen, formatYuan } from "@/lib/format/money";
import { unbroken } from "@/lib/format/unbroken";
import { commonMessages } from "@/lib/i18n/common";
import type { Locale } from "@/lib/i18n/locale";
import { orderMessages } from "@/lib/i18n/order";
import { yuanMessages } from "@/lib/i18n/yuan";
import { findOrderPage } from "@/lib/payments/queries";
import type { OrderPage } from "@/lib/payments/views";
import { findGiftWords } from "@/lib/words/queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: orderMessages(await readLocale()).pageTitle, robots: { index: false } };
}

export default async function OrderRoute({ params }: { params: Promise<{ outTradeNo: string }> }) {
  const { outTradeNo } = await params;
  const viewer = await findViewer();
  if (!viewer) redirect(`/api/auth/wechat?next=${encodeURIComponent(`/orders/${outTradeNo}`)}`);
  const deps = getDeps();
  const asked = { outTradeNo, userId: viewer.userId };
  const [page, conversation] = await Promise.all([
    findOrderPage(deps, asked),
    findGiftWords(deps, asked),
  ]);
  if (!page) notFound();
  const locale = await readLocale();
  const words = orderMessages(locale);
  const story = decideOrderStory(page.order);
  // Before a unit stands there is nothing to talk about, and where none came the money is the story.
  const gift = story.kind === "unit" || story.kind === "ended" ? conversation : null;
  const today = dayOfInstant(deps.now().toISOString());
  const hotline = unbroken(publicConfig().insurer.hotline);
  const { title, lead } = headline(page, story, locale);
  const offer = decideOffer(page, story, gift?.thanks);

  return (
    <Page>
      <RefreshOnReturn />
      <PageHeader
        title={words.pageTitle}
        action={{ label: commonMessages(locale).me, href: "/me" }}
      />
      <h1 className="mt-3 text-title font-semibold">{title}</h1>
      <p className="mt-1 text-pretty text-soft">{lead}</p>
      {story.kind !== "closed" && (
        <OrderLights order={page.order} story={story} today={today} locale={locale} />
      )}
      <OrderEnding page={page} story={story} locale={locale} hotline={hotline} />
      {gift && (
        <GiftConversation
          outTradeNo={outTradeNo}
          askerName={page.askerName}
          gift={gift}
          today={today}
          locale={locale}
        />
      )}
      {offer && (
        <ReminderOffer
          offer={offer}
          userId={viewer.userId}
          askerName={page.askerName}
          locale={locale}
        />
      )}
      {story.kind === "unit" && (
        <WithdrawGift page={page} today={today} hotline={hotline} locale={locale} />
      )}
      <More isElder={await readIsElder()} label={commonMessages(locale).more}>
        <Rows
          className="mt-8 mb-4 text-soft"
          rows={[
            // Nothing was charged on a closed order, so no amount stands there.
            ...(story.kind === "closed"
              ? []
              : [{ label: words.facts.amount, value: formatFen(page.order.amountFen) }]),
            ...(story.kind === "refund" && story.outcome
              ? [{ label: words.facts.refunded, value: formatFen(story.outcome.amountFen) }]
              : []),
            ...(page.order.paidAt
              ? [
                  {
                    label: words.facts.paidAt,
                    value: formatDayAndTime(page.order.paidAt, today, locale),
                  },
                ]
              : []),
            { label: words.facts.orderNo, value: page.order.outTradeNo },
          ]}
        />
        <LinkButton variant="text" href={`/orders/${outTradeNo}/story`}>
          {yuanMessages(locale).payer.link}
        </LinkButton>
      </More>
      <NextSteps page={page} story={story} locale={locale} />
    </Page>
  );
}

/** What this payer may still wait for. */
function decideOffer(
  { kind }: OrderPage,
  story: OrderStory,
  thanks: object | null | undefined,
): Offer | null {
  if (story.kind === "unit") return kind === "gift" && !thanks ? "thanked" : null;
  return story.kind === "refund" && story.phase === "returning" ? "refunded" : null;
}

function headline(page: OrderPage, story: OrderStory, locale: Locale) {
  const words = orderMessages(locale);
  switch (story.kind) {
    case "unit":
      return page.kind === "first"
        ? {
            title: words.unit.ownTitle,
            lead: words.unit.ownLead(formatYuan(story.outcome.coverYuan)),
          }
        : {
            title: words.unit.giftTitle(story.outcome.seq),
            lead: words.unit.giftLead(page.askerName, formatYuan(page.policy.coverYuan)),
          };
    case "ended":
      return { title: words.unit.endedTitle(story.outcome.seq), lead: words.unit.endedLead };
    case "refund":
      return {
        title: refundTitle(page, story, locale),
        lead: story.outcome ? words.refund.reasons[story.outcome.reason] : "",
      };
    case "closed":
      return words.closed;
    case "undecided":
      return { title: words.pending.asking, lead: words.pending.askingLead };
  }
}

/** After a surrender less than the whole yuan returns (R28), and the title says how much. */
function refundTitle(
  { order }: OrderPage,
  { phase, outcome }: Extract<OrderStory, { kind: "refund" }>,
  locale: Locale,
): string {
  const words = orderMessages(locale).refund;
  return phase !== "failed" && outcome && outcome.amountFen < order.amountFen
    ? words[`${phase}PartTitle`](formatFen(outcome.amountFen))
    : words[`${phase}Title`];
}

function NextSteps({
  page,
  story,
  locale,
}: {
  page: OrderPage;
  story: OrderStory;
  locale: Locale;
}) {
  const words = orderMessages(locale);
  const ownHref = `/me/policies/${page.policyCode}`;
  const shareHref = `/p/${page.policyCode}`;
  if (story.kind === "undecided") return null;
  return (
    <EndBar>
      {page.kind === "first" ? (
        <LinkButton href={ownHref}>{words.toOwnPolicy}</LinkButton>
      ) : (
        <>
          <LinkButton variant="quiet" href={shareHref}>
            {words.toSharePage(page.askerName)}
          </LinkButton>
          {story.kind === "unit" && (
            <LinkButton variant="text" href="/apply">
              {words.alsoMe}
            </LinkButton>
          )}
        </>
      )}
    </EndBar>
  );
}
