import { canSubscribe } from "@/app/viewer";
import { SubscribeButton } from "@/components/me/subscribe-button";
import { Card } from "@/components/ui/card";
import { FinePrint } from "@/components/ui/page";
import { getDeps } from "@/lib/deps";
import { publicConfig } from "@/lib/env/public";
import type { Locale } from "@/lib/i18n/locale";
import { remindersMessages } from "@/lib/i18n/reminders";
import type { MessageKind } from "@/lib/messages/contract";
import { listTemplates } from "@/lib/messages/plan";
import { findReminders } from "@/lib/messages/queries";

export type Offer = "thanked" | "refunded" | "supported" | "matured" | "news";

/** At most three at a time, because WeChat's dialog shows no more. */
const KINDS: Record<Offer, readonly MessageKind[]> = {
  thanked: ["thanked"],
  refunded: ["refunded"],
  supported: ["supported", "closing", "full"],
  matured: ["matured"],
  news: ["thanked", "matured", "refunded"],
};

/**
 * Offers one WeChat message of each kind that may come next. Nothing where WeChat cannot ask, where
 * no template is configured, and for whoever has stopped the reminders: the inbox has everything.
 */
export async function ReminderOffer({
  offer,
  userId,
  askerName,
  locale,
}: {
  offer: Offer;
  userId: string;
  /** Whose thanks an order waits for. */
  askerName?: string;
  locale: Locale;
}) {
  const deps = getDeps();
  const templates = listTemplates(deps, KINDS[offer]);
  if (templates.length === 0 || !(await canSubscribe())) return null;
  const { isStopped } = await findReminders(deps, { userId });
  if (isStopped) return null;
  const words = remindersMessages(locale);
  const { accepted, declined, failed } = words;
  const { lead, button } = words.offers[offer];
  return (
    <Card className="mt-6">
      <p className="mb-3 text-small text-balance text-soft">{lead}</p>
      <SubscribeButton
        templates={templates.join(",")}
        jsSdkUrl={publicConfig().jsSdkUrl}
        words={{ button: button(askerName ?? ""), accepted, declined, failed }}
      />
      <FinePrint className="mt-3">{words.terms}</FinePrint>
    </Card>
  );
}
