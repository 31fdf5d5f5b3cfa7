/** `/me/policies/[code]/wall`: everybody who supported, and what was said; for the insured only (R42). */
import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { findViewer, readLocale } from "@/app/viewer";
import { BottomBar, Page, PageHeader, Section } from "@/components/ui/page";
import { editorWords } from "@/components/words/island-words";
import { ThankAll } from "@/components/words/thank-all";
import { Ticker } from "@/components/words/ticker";
import { tickerLines } from "@/components/words/ticker-lines";
import {
  matchesFilter,
  WALL_FILTERS,
  type WallFilter,
  WallFilters,
} from "@/components/words/wall-filters";
import { WallRow } from "@/components/words/wall-row";
import { WordsEditor } from "@/components/words/words-editor";
import { getDeps } from "@/lib/deps";
import { publicConfig } from "@/lib/env/public";
import { unbroken } from "@/lib/format/unbroken";
import type { Locale } from "@/lib/i18n/locale";
import { wordsMessages } from "@/lib/i18n/words";
import { findOwnerPolicy } from "@/lib/policies/queries";
import type { OwnWords } from "@/lib/words/contract";
import { findOwnNote } from "@/lib/words/queries";

interface Props {
  params: Promise<{ code: string }>;
  searchParams: Promise<{ show?: string | string[] }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: wordsMessages(await readLocale()).wall.pageTitle, robots: { index: false } };
}

export default async function WallRoute({ params, searchParams }: Props) {
  const [{ code }, { show }, viewer] = await Promise.all([params, searchParams, findViewer()]);
  if (!viewer) redirect(`/api/auth/wechat?next=${encodeURIComponent(`/me/policies/${code}/wall`)}`);
  const deps = getDeps();
  const asked = { code, userId: viewer.userId };
  const [policy, note, locale] = await Promise.all([
    findOwnerPolicy(deps, asked),
    findOwnNote(deps, asked),
    readLocale(),
  ]);
  if (!policy || policy.status === "pending_payment") notFound();
  const words = wordsMessages(locale).wall;
  const filter: WallFilter = WALL_FILTERS.find((one) => one === show) ?? "all";
  const friends = policy.supporters.filter(({ isInsured }) => !isInsured);
  const shown = friends.filter((friend) => matchesFilter(friend, filter));
  const isActive = policy.status === "active";
  const hotline = unbroken(publicConfig().insurer.hotline);

  return (
    <Page>
      <PageHeader
        title={words.pageTitle}
        action={{ label: words.back, href: `/me/policies/${code}` }}
      />
      <h1 className="mt-3 text-title font-semibold">{words.title(friends.length)}</h1>
      {friends.length > 0 && <p className="mt-1 mb-5 text-pretty text-soft">{words.lead}</p>}
      <Ticker lines={tickerLines(friends, locale)} locale={locale} />
      {(isActive || note) && (
        <OwnNote code={code} note={note} canWrite={isActive} locale={locale} />
      )}
      {friends.length > 0 && <WallFilters code={code} current={filter} locale={locale} />}
      {shown.length === 0 && <p className="mt-6 text-small text-soft">{words.none[filter]}</p>}
      <ul className="divide-y divide-line">
        {shown.map((friend) => (
          <WallRow
            key={friend.endorsementNo}
            friend={friend}
            canAnswer={isActive}
            code={code}
            today={policy.today}
            hotline={hotline}
            locale={locale}
          />
        ))}
      </ul>
      {isActive && friends.some(({ thanks }) => !thanks) && (
        <BottomBar>
          <ThankAll
            code={code}
            words={{
              label: words.thankAll,
              busy: words.busy,
              done: words.thankedAll,
              failures: wordsMessages(locale).failures,
            }}
          />
        </BottomBar>
      )}
    </Page>
  );
}

function OwnNote({
  code,
  note,
  canWrite,
  locale,
}: {
  code: string;
  note: OwnWords | null;
  canWrite: boolean;
  locale: Locale;
}) {
  const words = wordsMessages(locale);
  return (
    <Section id="note" title={words.note.title}>
      <p className="-mt-2 mb-3 text-small text-pretty text-soft">{words.note.lead}</p>
      <WordsEditor
        path={`/api/policies/${code}/note`}
        initial={note}
        canWrite={canWrite}
        words={editorWords(words, words.note)}
      />
    </Section>
  );
}
