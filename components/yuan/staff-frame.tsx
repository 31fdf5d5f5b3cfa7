import type { ReactNode } from "react";
import { commonMessages } from "@/lib/i18n/common";
import type { Locale } from "@/lib/i18n/locale";
import { yuanMessages } from "@/lib/i18n/yuan";

/**
 * The frame of a page for staff: for a desk, and readable on a phone. Not a layout, which would also
 * stand around the page that says "nothing here" and so tell that there is something.
 */
export function StaffFrame({ locale, children }: { locale: Locale; children: ReactNode }) {
  return (
    <div className="mx-auto min-h-dvh w-full max-w-7xl px-5 pb-16 lg:px-10">
      <header className="flex min-h-16 items-center gap-3 border-b border-line text-small">
        <Logo />
        <span className="font-semibold">{commonMessages(locale).brand}</span>
        <span className="text-soft">{yuanMessages(locale).staff.area}</span>
      </header>
      <main id="main">{children}</main>
    </div>
  );
}

/** The grid in small: two of nine cells lit. */
function Logo() {
  return (
    <svg viewBox="0 0 22 22" aria-hidden="true" className="size-5.5">
      {[0, 1, 2, 3, 4, 5, 6, 7, 8].map((place) => (
        <rect
          key={place}
          x={(place % 3) * 8}
          y={Math.floor(place / 3) * 8}
          width="6"
          height="6"
          rx="2"
          className={place < 4 ? "fill-coral" : "fill-wait"}
        />
      ))}
    </svg>
  );
}
