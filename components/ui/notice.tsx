import type { ReactNode } from "react";
import { classNames } from "./class-names";

export type NoticeTone = "plain" | "good" | "warn" | "bad";

const TONES: Record<NoticeTone, string> = {
  plain: "bg-sunk text-ink",
  good: "bg-good-wash text-good",
  warn: "bg-warn-wash text-warn",
  bad: "bg-bad-wash text-bad",
};

/**
 * One message with its own background. `isLive` announces it when it appears: politely, except for
 * failures, which a person must hear before going on.
 */
export function Notice({
  tone = "plain",
  title,
  isLive = false,
  className,
  children,
}: {
  tone?: NoticeTone;
  title?: ReactNode;
  isLive?: boolean;
  className?: string;
  children?: ReactNode;
}) {
  const role = isLive ? (tone === "bad" ? "alert" : "status") : undefined;
  return (
    <div
      role={role}
      className={classNames("rounded-control px-4 py-3 text-small", TONES[tone], className)}
    >
      {title && <p className="font-semibold">{title}</p>}
      {children && <div className="text-ink">{children}</div>}
    </div>
  );
}
