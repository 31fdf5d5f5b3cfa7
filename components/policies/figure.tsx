import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";

/** One large amount and the few words that say what it is. */
export function Figure({
  value,
  caption,
  className,
}: {
  value: ReactNode;
  caption: ReactNode;
  className?: string;
}) {
  return (
    <p className={classNames("flex flex-wrap items-baseline gap-x-3 gap-y-1", className)}>
      <strong className="figure-numbers text-figure font-bold whitespace-nowrap">{value}</strong>
      <span className="text-small text-soft">{caption}</span>
    </p>
  );
}
