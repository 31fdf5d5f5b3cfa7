/** What of a yuan's story its payer may read. Pure. */
import type { RefundReason } from "@/lib/payments/contract";
import { reasonForPayer } from "@/lib/payments/reason-for-payer";
import { shanghaiDateOf } from "@/lib/pricing/calendar";
import { buildStory, type StoryEvent } from "./build-story";
import { isAhead, PAYER_EVENTS, PAYER_NUMBERS, type PayerEventKind, type Story } from "./contract";
import { decideEnding, type YuanFacts } from "./rules";

const isPayerKind = (kind: string): kind is PayerEventKind => kind in PAYER_EVENTS;
const isPayerNumber = (name: string): name is (typeof PAYER_NUMBERS)[number] =>
  (PAYER_NUMBERS as readonly string[]).includes(name);

export function toPayerStory(facts: YuanFacts, now: Date): Story {
  const seen = new Set<string>();
  /** True the first time: what has been said once need not be said again. */
  const isNews = (said: string) => !seen.has(said) && Boolean(seen.add(said));
  return {
    outTradeNo: facts.order.outTradeNo,
    amountFen: facts.order.amountFen,
    events: buildStory(facts).flatMap((event) => {
      const told = tellPayer(event, facts.order.kind, now);
      if (!told) return [];
      // One money movement stands in two bills, that of trades and that of funds.
      const { entry, billOn } = event.values;
      if (event.kind === "in_bill" && !isNews(`${entry} of ${billOn}`)) return [];
      return [{ ...told, numbers: told.numbers.filter(({ value }) => isNews(value)) }];
    }),
    ending: decideEnding(facts, shanghaiDateOf(now)),
  };
}

function tellPayer(
  event: StoryEvent,
  orderKind: "first" | "gift",
  now: Date,
): Story["events"][number] | null {
  const { kind, at } = event;
  if (!isPayerKind(kind)) return null;
  const names: readonly string[] = PAYER_EVENTS[kind];
  const values = Object.fromEntries(
    Object.entries(event.values).filter(([name]) => names.includes(name)),
  );
  for (const name of ["reason", "endReason"]) {
    const reason = values[name];
    if (reason) values[name] = reasonForPayer(reason as RefundReason, orderKind);
  }
  return {
    kind,
    at: at.toISOString(),
    isAhead: isAhead(event, now),
    values,
    numbers: event.numbers.flatMap(({ name, value }) =>
      isPayerNumber(name) ? [{ name, value }] : [],
    ),
  };
}
