import { Card } from "@/components/ui/card";
import { Section } from "@/components/ui/page";
import { formatDayAndTime } from "@/lib/format/dates";
import type { Locale } from "@/lib/i18n/locale";
import { wordsMessages } from "@/lib/i18n/words";
import type { CalendarDate } from "@/lib/pricing/calendar";
import type { GiftWords } from "@/lib/words/views";
import { AnonymitySwitch } from "./anonymity-switch";
import { EmojiIcon } from "./emoji-icon";
import { editorWords, reactionWords } from "./island-words";
import { ReactionButtons } from "./reaction-buttons";
import { WordsEditor } from "./words-editor";

/** What a giver and the insured say to each other about one yuan, on the giver's page of it. */
export function GiftConversation({
  outTradeNo,
  askerName,
  gift,
  today,
  locale,
}: {
  outTradeNo: string;
  askerName: string;
  gift: GiftWords;
  today: CalendarDate;
  locale: Locale;
}) {
  const words = wordsMessages(locale);
  const { thanks, wish, canWrite } = gift;
  return (
    <Section title={words.gift.title(askerName)}>
      {thanks && (
        <Card className="mb-5">
          <p className="flex flex-wrap items-baseline justify-between gap-x-4">
            <span className="text-small text-soft">{words.gift.thanks(askerName)}</span>
            <time dateTime={thanks.thankedAt} className="text-fine text-soft figure-numbers">
              {formatDayAndTime(thanks.thankedAt, today, locale)}
            </time>
          </p>
          <p className="mt-1 whitespace-pre-line">{thanks.text ?? words.gift.plainThanks}</p>
          {canWrite && (
            <ReactionButtons
              wordsId={thanks.id}
              mine={thanks.reaction}
              loginPath={`/orders/${outTradeNo}`}
              words={reactionWords(words, words.reactions.note(askerName))}
            />
          )}
        </Card>
      )}
      {(canWrite || wish) && (
        <WordsEditor
          path={`/api/orders/${outTradeNo}/words`}
          initial={wish && { id: wish.id, text: wish.text, state: wish.state }}
          canWrite={canWrite}
          words={editorWords(words, {
            write: words.gift.write(askerName),
            label: words.gift.label(askerName),
            placeholder: words.gift.placeholder,
            yours: words.gift.yours,
            saved: words.gift.saved(askerName),
            unsaid: words.gift.unsaid,
          })}
        >
          {wish?.reaction && (
            <p className="mt-1 text-fine text-soft">
              <EmojiIcon emoji={wish.reaction} className="size-5 align-middle text-accent-text" />{" "}
              {words.reactions.yours(askerName, words.emoji[wish.reaction])}
            </p>
          )}
        </WordsEditor>
      )}
      <div className="mt-3 border-t border-line pt-1">
        <AnonymitySwitch
          outTradeNo={outTradeNo}
          initial={gift.anonymous}
          words={{
            label: words.gift.anonymous(askerName),
            note: words.gift.anonymousNote,
            failures: words.failures,
          }}
        />
      </div>
    </Section>
  );
}
