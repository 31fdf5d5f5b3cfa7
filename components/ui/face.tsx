import { classNames } from "./class-names";

/** Calm pairs of background and ink, each at least 4.5:1. */
const PAINTS = [
  "bg-[#cfe6db] text-[#1f5a44]",
  "bg-[#ded5ee] text-[#4d3b78]",
  "bg-[#ffdfb5] text-[#774711]",
  "bg-[#d3e2f1] text-[#274c72]",
  "bg-[#f9d5cb] text-[#8a2f1c]",
  "bg-[#e3e6c4] text-[#4f5620]",
];

/** First character of a name in a disc; no picture of anyone is loaded or leaked. */
export function Face({ name, size = "medium" }: { name: string; size?: "small" | "medium" }) {
  const first = Array.from(name.trim())[0]?.toUpperCase() ?? "·";
  const paint = PAINTS[(first.codePointAt(0) ?? 0) % PAINTS.length];
  return (
    <span
      aria-hidden="true"
      className={classNames(
        "grid shrink-0 place-items-center rounded-full font-semibold",
        size === "small" ? "size-9 text-small" : "size-12 text-lead",
        paint,
      )}
    >
      {first}
    </span>
  );
}
