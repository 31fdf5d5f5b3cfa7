import type { ReactNode } from "react";
import { classNames } from "./class-names";

/** Label and value pairs, one to a line; long values wrap under themselves. */
export function Rows({
  rows,
  className,
}: {
  rows: readonly { label: ReactNode; value: ReactNode }[];
  className?: string;
}) {
  return (
    <dl className={classNames("divide-y divide-line", className)}>
      {rows.map((row, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: rows are a fixed list that never reorders.
          key={index}
          className="flex flex-wrap justify-between gap-x-6 gap-y-1 py-3 text-small first:pt-0 last:pb-0"
        >
          <dt className="text-soft">{row.label}</dt>
          <dd className="figure-numbers font-medium">{row.value}</dd>
        </div>
      ))}
    </dl>
  );
}
