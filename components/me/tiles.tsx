import type { Messages } from "@/lib/i18n/by-locale";
import type { me } from "@/lib/i18n/messages/zh-CN/me";
import { CellDrawing, type Place } from "./cell-drawing";

const PLACES = [
  { name: "friends", href: "/me/friends" },
  { name: "boards", href: "/boards/all" },
  { name: "appraisal", href: "/me/appraisal" },
  { name: "notices", href: "/me/notices" },
  { name: "shortCode", href: "/c" },
  { name: "settings", href: "/me/settings" },
] as const satisfies { name: Place; href: string }[];

/** Where one might go next, a drawing of cells each; news is counted on its tile. */
export function Tiles({ unread, words }: { unread: number; words: Messages<typeof me>["tiles"] }) {
  return (
    <nav aria-label={words.heading} className="mt-6">
      <ul className="grid grid-cols-2 gap-3 min-[24rem]:grid-cols-3">
        {PLACES.map(({ name, href }) => (
          <li key={name}>
            <a
              href={href}
              className="relative flex h-full flex-col items-start gap-2 rounded-card bg-card p-4 shadow-lift transition-[scale] active:scale-[0.98]"
            >
              <CellDrawing of={name} />
              <span className="font-medium text-balance">{words[name]}</span>
              {name === "notices" && unread > 0 && (
                <span className="absolute top-3 right-3 min-w-6 rounded-[0.6rem] bg-accent px-1.5 text-center text-fine font-bold text-accent-ink figure-numbers">
                  <span aria-hidden="true">{unread >= 100 ? "99+" : unread}</span>
                  <span className="sr-only">{words.unread(unread)}</span>
                </span>
              )}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
