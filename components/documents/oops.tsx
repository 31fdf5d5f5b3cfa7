import type { ReactNode } from "react";
import { Page } from "@/components/ui/page";

/** A page without its content: one dark cell among empty ones, a calm sentence, a way on. */
export function Oops({
  heading,
  lead,
  children,
}: {
  heading: ReactNode;
  lead: ReactNode;
  children: ReactNode;
}) {
  return (
    <Page className="safe-bottom">
      <div className="my-auto py-16">
        <svg viewBox="0 0 58 22" aria-hidden="true" className="w-40">
          {[0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((place) => (
            <rect
              key={place}
              x={(place % 5) * 12 + 0.5}
              y={Math.floor(place / 5) * 12 + 0.5}
              width="9"
              height="9"
              rx="3"
              strokeWidth="0.9"
              className={
                place === 7 ? "fill-wait stroke-coral" : "fill-transparent stroke-empty-edge"
              }
            />
          ))}
        </svg>
        <h1 className="mt-8 text-title font-semibold">{heading}</h1>
        <p className="mt-3 text-pretty text-soft">{lead}</p>
        <div className="mt-8">{children}</div>
      </div>
    </Page>
  );
}
