import { Card } from "@/components/ui/card";
import { formatYuan } from "@/lib/format/money";

/** Cover as three amounts that add up: what counts today, what waits, and both together. */
export function PolicySums({ sums }: { sums: readonly { label: string; yuan: number }[] }) {
  return (
    <Card className="mt-5">
      <dl className="flex flex-wrap gap-x-3 gap-y-3">
        {sums.map((sum) => (
          <div key={sum.label} className="min-w-20 flex-1">
            <dt className="text-fine text-soft">{sum.label}</dt>
            <dd className="text-lead font-semibold figure-numbers">{formatYuan(sum.yuan)}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
