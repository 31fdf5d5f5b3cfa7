import { classNames } from "@/components/ui/class-names";

const SWATCHES = {
  matured: "bg-coral",
  waiting: "bg-wait",
  empty: "border-[1.5px] border-edge",
} as const;

/** Names the three looks of a cell with their counts; wraps when the text grows. */
export function CellsLegend({
  entries,
  className,
}: {
  entries: readonly { state: keyof typeof SWATCHES; label: string }[];
  className?: string;
}) {
  return (
    <ul
      className={classNames(
        "flex flex-wrap gap-x-5 gap-y-1 text-fine text-soft figure-numbers",
        className,
      )}
    >
      {entries.map((entry) => (
        <li key={entry.state} className="flex items-center gap-2">
          <span
            aria-hidden="true"
            className={classNames("size-3 rounded-[32%]", SWATCHES[entry.state])}
          />
          {entry.label}
        </li>
      ))}
    </ul>
  );
}
