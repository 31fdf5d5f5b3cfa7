import { Card } from "@/components/ui/card";
import { formatDayAndTime } from "@/lib/format/dates";
import type { Locale } from "@/lib/i18n/locale";
import { wordsMessages } from "@/lib/i18n/words";
import type { CalendarDate } from "@/lib/pricing/calendar";
import type { Note } from "@/lib/words/views";
import { reactionWords } from "./island-words";
import { ReactionButtons } from "./reaction-buttons";

/** What the insured says to whoever opens his link, and how many answered with what. */
export function NoteCard({
  code,
  askerName,
  note,
  today,
  locale,
}: {
  code: string;
  askerName: string;
  note: Note;
  today: CalendarDate;
  locale: Locale;
}) {
  const words = wordsMessages(locale);
  return (
    <Card className="mt-6">
      <p className="text-pretty whitespace-pre-line">{note.text}</p>
      <p className="mt-1 text-fine text-soft figure-numbers">
        {askerName} ·{" "}
        <time dateTime={note.writtenAt}>{formatDayAndTime(note.writtenAt, today, locale)}</time>
      </p>
      <div className="mt-2 -mb-2">
        <ReactionButtons
          wordsId={note.id}
          counts={note.counts}
          isPublic
          loginPath={`/p/${code}`}
          words={reactionWords(words, words.reactions.note(askerName))}
        />
      </div>
    </Card>
  );
}
