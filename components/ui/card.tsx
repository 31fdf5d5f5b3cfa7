import type { ReactNode } from "react";
import { classNames } from "./class-names";

export function Card({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <div className={classNames("rounded-card bg-card p-4 shadow-lift", className)}>{children}</div>
  );
}
