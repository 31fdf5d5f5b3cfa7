/** Design §5, F11: a notification is acknowledged when what it says is committed, not before. */
import type { Evidence } from "./evidence";
import { type Finding, type Verdict, verdict } from "./verdict";

/**
 * `settled_at` is read from the clock before the commit and the acknowledgement arrives after it. The
 * sandbox notes when it took up a delivery, not when its first byte left, and on a busy machine a second
 * lies between the two. What was acknowledged and not booked waits for our own question: longer.
 */
const BUSY_MS = 2_000;

/** What a lie says is never booked: it is kept as an incident, or the truth is asked for and booked. */
const isLie = (fault: string | null) => fault?.startsWith("wrong_") ?? false;

export function judgeAcknowledgedNotifies({ notifications, orders }: Evidence): Verdict {
  const findings: Finding[] = [];
  for (const { id, eventType, outTradeNo, attempts } of notifications) {
    if (eventType !== "TRANSACTION.SUCCESS") continue;
    const first = attempts.find(({ isAcknowledged, fault }) => isAcknowledged && !isLie(fault));
    if (!first) continue;
    const acknowledgedAtMs = Date.parse(first.at) + first.durationMs;
    const bookedAtMs = orders.get(outTradeNo)?.settledAt?.getTime();
    if (bookedAtMs !== undefined && bookedAtMs <= acknowledgedAtMs + BUSY_MS) continue;
    const late = bookedAtMs === undefined ? "never" : `${bookedAtMs - acknowledgedAtMs} ms later`;
    findings.push({
      kind: "lost",
      text: `notify ${id} of ${outTradeNo} was acknowledged and booked ${late}: ${JSON.stringify(attempts)}`,
    });
  }
  return verdict("a notify is acknowledged after what it says is booked", findings);
}
