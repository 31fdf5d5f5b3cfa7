import { formatStamp } from "@/lib/format/stamp";
import type { Locale } from "@/lib/i18n/locale";
import { yuanMessages } from "@/lib/i18n/yuan";
import type { YuanFacts } from "@/lib/yuan/views";

type Row = Readonly<Record<string, unknown>>;

/** The rows themselves, column by column: what the events above were told from. */
export function StaffRows({ facts, locale }: { facts: YuanFacts; locale: Locale }) {
  const { raw } = yuanMessages(locale).staff;
  const tables: [string, readonly Row[]][] = [
    ["orders", [facts.order]],
    ["policies", [facts.policy]],
    ["units", facts.unit ? [facts.unit] : []],
    ["endorsements", facts.endorsements],
    ["refunds", facts.refunds as unknown as Row[]],
    ["payment_incidents", facts.incidents],
    ["bill_lines", facts.billLines],
    ["bill_differences", facts.differences],
    ["notices", facts.notices],
    ["order_events", facts.events],
  ];
  return (
    <section className="mt-12">
      <h2 className="text-lead font-semibold">{raw.title}</h2>
      <div className="mt-4 columns-1 gap-6 lg:columns-2 xl:columns-3">
        {tables.map(([table, rows]) => (
          <div key={table} className="mb-6 break-inside-avoid rounded-card bg-card p-4 shadow-lift">
            <h3 className="flex justify-between gap-4 text-small font-medium">
              {table}
              <span className="font-normal text-soft">{rows.length || raw.empty}</span>
            </h3>
            {rows.map((row, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows never reorder.
              <Columns key={at} row={row} />
            ))}
          </div>
        ))}
      </div>
    </section>
  );
}

function Columns({ row }: { row: Row }) {
  return (
    <dl className="mt-3 border-t border-line pt-3 text-fine">
      {Object.entries(row).map(([name, value]) => (
        <div key={name} className="flex gap-3 py-0.5">
          <dt className="w-28 shrink-0 text-soft">{name}</dt>
          <dd className="min-w-0 break-all figure-numbers">{write(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

function write(value: unknown): string {
  if (value === null || value === undefined) return "–";
  if (value instanceof Date) return formatStamp(value);
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
