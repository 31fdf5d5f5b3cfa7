import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";
import type { Messages } from "@/lib/i18n/by-locale";
import type { boards } from "@/lib/i18n/messages/zh-CN/boards";
import type { Board } from "@/lib/leaderboard/contract";

/** Why the viewer has no place on this board, and what he may do if he wants one. */
export function Invitation({
  board,
  signInHref,
  words,
}: {
  board: Board;
  signInHref: string;
  words: Messages<typeof boards>["states"];
}) {
  const { text, act } = invite(board, signInHref, words);
  return (
    <Card>
      <p className="text-pretty">{text}</p>
      {act && (
        <p className="mt-1">
          <a
            href={act.href}
            className="inline-flex min-h-11 items-center font-semibold text-accent-text underline underline-offset-4"
          >
            {act.label}
          </a>
        </p>
      )}
    </Card>
  );
}

function invite(
  { board, viewer }: Board,
  signInHref: string,
  words: Messages<typeof boards>["states"],
): { text: ReactNode; act?: { label: string; href: string } } {
  if (!viewer) return { text: words.guest, act: { label: words.guestAct, href: signInHref } };
  if (!viewer.hasPolicy) {
    return { text: words.noPolicy, act: { label: words.noPolicyAct, href: "/apply" } };
  }
  const join = { label: words.joinAct, href: "/me/settings" };
  if (board === "friends" && !viewer.isListed) return { text: words.friends, act: join };
  if (board === "region" && !viewer.hasRegion) return { text: words.region, act: join };
  if (board === "today" || board === "week") return { text: words[board] };
  return { text: words.coming };
}
