import { classNames } from "@/components/ui/class-names";
import { formatFen } from "@/lib/format/money";
import { formatStamp } from "@/lib/format/stamp";
import type { Locale } from "@/lib/i18n/locale";
import { yuanMessages } from "@/lib/i18n/yuan";
import { nameEnding } from "@/lib/yuan/contract";
import type { StaffYuan } from "@/lib/yuan/views";

const TONES: Record<ReturnType<typeof nameEnding>, string> = {
  waiting: "bg-sunk text-ink",
  closed_unpaid: "bg-sunk text-ink",
  unit: "bg-good-wash text-good",
  unit_ended: "bg-sunk text-ink",
  refund_on_its_way: "bg-warn-wash text-warn",
  refunded: "bg-good-wash text-good",
  needs_person: "bg-bad-wash text-bad",
};

/** Whose yuan it is, where it is, and what that adds up to. */
export function StaffSummary({
  yuan,
  now,
  locale,
}: {
  yuan: StaffYuan;
  now: Date;
  locale: Locale;
}) {
  const words = yuanMessages(locale).staff;
  const { order, payer, policy } = yuan.facts;
  const ending = nameEnding(yuan.ending);
  const facts = [
    [words.facts.amount, formatFen(order.paidFen ?? order.amountFen)],
    [words.facts.kind, words.kinds[order.kind]],
    [words.facts.payer, payer.nickname ?? words.facts.noNickname],
    [words.facts.policy, policy.number ?? policy.code],
    [words.facts.state, order.state],
  ] as const;
  return (
    <>
      <p className="mt-8 text-small text-soft">{words.title}</p>
      <div className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1 className="text-title font-semibold select-all figure-numbers">{order.outTradeNo}</h1>
        <span
          className={classNames("rounded-full px-3 py-0.5 text-small font-medium", TONES[ending])}
        >
          {words.endings[ending]}
        </span>
      </div>
      <p className="mt-1 text-fine text-soft">
        {words.asOf(formatStamp(now).slice(0, 19))} · {words.linkNote}
      </p>
      <dl className="mt-6 grid gap-px overflow-hidden rounded-card border border-line bg-line sm:grid-cols-3 lg:grid-cols-5">
        {facts.map(([label, value]) => (
          <div key={label} className="bg-card px-4 py-3">
            <dt className="text-fine text-soft">{label}</dt>
            <dd className="font-medium figure-numbers">{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
