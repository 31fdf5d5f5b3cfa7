/** A yuan's story as text for a terminal. Pure. */
import { formatFen } from "@/lib/format/money";
import { formatStamp } from "@/lib/format/stamp";
import { tell } from "@/lib/format/tell";
import { yuanMessages } from "@/lib/i18n/yuan";
import { type Ending, isAhead, nameEnding } from "./contract";
import type { StaffYuan, StoryEvent } from "./views";

/** `2026-11-22 11:42:05.123`, and two spaces. */
const STAMP_WIDTH = 25;

const { staff, numbers } = yuanMessages("en");

/** Times are Shanghai's. Every event is one line, with its numbers on lines of their own below. */
export function printStory({ facts, events, ending }: StaffYuan, now: Date): string {
  const { order, payer, policy } = facts;
  const isPast = (event: StoryEvent) => !isAhead(event, now);
  return [
    `${order.outTradeNo}  ${formatFen(order.paidFen ?? order.amountFen)}, ${staff.kinds[order.kind]}`,
    `paid for policy ${policy.number ?? policy.code} by ${payer.nickname ?? staff.facts.noNickname} (${payer.id})`,
    "",
    ...(facts.eventsLeftOut > 0 ? [staff.left(facts.eventsLeftOut), ""] : []),
    ...events.filter(isPast).flatMap(printEvent),
    "",
    `Now: ${printEnding(ending)}`,
    ...events
      .filter((event) => !isPast(event))
      .map(
        (event) => `${formatStamp(event.at).slice(0, 10).padEnd(STAMP_WIDTH)}${sentenceOf(event)}`,
      ),
  ].join("\n");
}

function printEvent(event: StoryEvent): string[] {
  const below = [
    ...event.numbers.map(({ name, value }) => `${numbers[name]} ${value}`),
    ...event.postings.map(({ account, amountFen }) => {
      const name = (staff.names.account as Record<string, string>)[account] ?? account;
      const side = amountFen > 0 ? staff.ledger.debit : staff.ledger.credit;
      return `${side.toLowerCase().padEnd(6)} ${formatFen(Math.abs(amountFen))} ${name}`;
    }),
  ];
  return [
    `${formatStamp(event.at).padEnd(STAMP_WIDTH)}${sentenceOf(event)}`,
    ...below.map((line) => " ".repeat(STAMP_WIDTH + 2) + line),
  ];
}

function printEnding(ending: Ending): string {
  const said = staff.endings[nameEnding(ending)];
  switch (ending.kind) {
    case "unit":
      return ending.phase === "ended"
        ? `${said}, unit ${ending.seq}`
        : `${said}, unit ${ending.seq}, ${ending.phase}`;
    case "refunded":
      return `${said}, ${formatFen(ending.amountFen)}`;
    case "needs_person":
      return ending.refundState ? `${said}, refund ${ending.refundState}` : said;
    default:
      return said;
  }
}

function sentenceOf(event: StoryEvent): string {
  return tell({ ...event, at: event.at.toISOString() }, staff, "en");
}
