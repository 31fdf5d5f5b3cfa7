import { RefuseUnit } from "@/components/endings/refuse-unit";
import { type SupporterContext, SupporterRow } from "@/components/policies/supporter-row";
import { ownerMessages } from "@/lib/i18n/owner";
import { wordsMessages } from "@/lib/i18n/words";
import type { Supporter } from "@/lib/policies/views";
import { EmojiIcon } from "./emoji-icon";
import { reactionWords } from "./island-words";
import { ReactionButtons } from "./reaction-buttons";
import { ThankSupporter } from "./thank-supporter";

/** A friend on the wall, with what the insured answers: a thank you, an emoji, or words. */
export function WallRow({
  friend,
  canAnswer,
  ...context
}: { friend: Supporter; canAnswer: boolean } & SupporterContext) {
  const { code, locale } = context;
  const words = wordsMessages(locale);
  const name = friend.nickname ?? ownerMessages(locale).supporters.anonymous;
  const { thanks, wordsId } = friend;
  const { editor, failures, held, hidden, wall } = words;
  return (
    <SupporterRow friend={friend} {...context}>
      {canAnswer && (
        <ThankSupporter
          code={code}
          endorsementNo={friend.endorsementNo}
          initial={thanks && { id: thanks.id, text: thanks.text, state: thanks.state }}
          words={{
            thank: wall.thank,
            thankFor: wall.thankFor(name, friend.seq),
            thanked: wall.thanked,
            addWords: wall.addWords,
            yourThanks: wall.yourThanks,
            label: wall.label(name),
            placeholder: wall.placeholder,
            save: editor.save,
            keep: editor.keep,
            change: editor.change,
            busy: wall.busy,
            states: { held, hidden },
            failures,
          }}
        >
          {wordsId && (
            <ReactionButtons
              wordsId={wordsId}
              mine={friend.reaction}
              loginPath={`/me/policies/${code}/wall`}
              words={reactionWords(words, words.reactions.note(name))}
            />
          )}
          {friend.canRefuse && (
            <div className="ml-auto">
              <RefuseUnit friend={friend} {...context} />
            </div>
          )}
        </ThankSupporter>
      )}
      {thanks?.reaction && (
        <p className="text-fine text-soft">
          <EmojiIcon emoji={thanks.reaction} className="size-5 align-middle text-accent-text" />{" "}
          {words.reactions.yours(name, words.emoji[thanks.reaction])}
        </p>
      )}
    </SupporterRow>
  );
}
