import { formatDay, formatTime } from "@/lib/format/dates";
import type { Locale } from "@/lib/i18n/locale";
import { orderMessages } from "@/lib/i18n/order";
import type { OrderOut, RefundReason } from "@/lib/payments/contract";
import { addDays, type CalendarDate } from "@/lib/pricing/calendar";
import type { OrderStory } from "./order-story";
import { type Light, type LightState, ThreeLights } from "./three-lights";

/** The three lights of an order, with the times at which each came on. */
export function OrderLights({
  order,
  story,
  today,
  locale,
}: {
  order: OrderOut;
  story: OrderStory;
  today: CalendarDate;
  locale: Locale;
}) {
  return <ThreeLights className="mt-7" lights={lightsOf(order, story, today, locale)} />;
}

const NEVER_A_UNIT: readonly RefundReason[] = [
  "cap_reached",
  "collecting_closed",
  "policy_not_open",
  "already_supported",
  "already_insured",
  "age_out_of_range",
  "amount_mismatch",
  "payer_mismatch",
];

/** A yuan that returns after its unit has ended was on the policy for a while. */
function wasOnPolicy(outcome: { reason: RefundReason } | null): boolean {
  return outcome !== null && !NEVER_A_UNIT.includes(outcome.reason);
}

function lightsOf(
  order: OrderOut,
  story: OrderStory,
  today: CalendarDate,
  locale: Locale,
): Light[] {
  const words = orderMessages(locale);
  const at = (instant: string | null) => (instant ? formatTime(instant, "second") : undefined);
  const light = (label: string, state: LightState, detail?: string): Light => ({
    label,
    state,
    detail,
    stateLabel: words.states[state],
  });
  if (story.kind === "unit") {
    return [
      light(words.lights.paid, "done", at(order.paidAt)),
      light(words.lights.counted, "done", at(order.settledAt)),
      light(words.lights.onPolicy, "done", at(order.settledAt)),
    ];
  }
  if (story.kind === "ended") {
    const lastDay = formatDay(addDays(story.endedOn, -1), today, locale);
    return [
      light(words.lights.paid, "done", at(order.paidAt)),
      light(words.lights.onPolicy, "done", at(order.settledAt)),
      { ...light(words.lights.ended, "stopped", lastDay), stateLabel: words.states.done },
    ];
  }
  if (story.kind === "refund") {
    const returns = {
      returning: light(words.refundLights.returning, "now"),
      returned: light(words.refundLights.returned, "returned"),
      failed: light(words.refundLights.manual, "now"),
    };
    return [
      light(words.lights.paid, "done", at(order.paidAt)),
      wasOnPolicy(story.outcome)
        ? { ...light(words.refundLights.leftPolicy, "stopped"), stateLabel: words.states.done }
        : light(words.refundLights.notOnPolicy, "stopped"),
      returns[story.phase],
    ];
  }
  return [
    light(
      order.paidAt ? words.lights.paid : words.coming.paid,
      order.paidAt ? "done" : "now",
      at(order.paidAt),
    ),
    light(words.coming.counted, order.paidAt ? "now" : "later"),
    light(words.coming.onPolicy, "later"),
  ];
}
