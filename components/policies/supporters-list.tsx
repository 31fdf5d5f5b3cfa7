import { RefuseUnit } from "@/components/endings/refuse-unit";
import { LinkButton } from "@/components/ui/button";
import { Section } from "@/components/ui/page";
import { Ticker } from "@/components/words/ticker";
import { tickerLines } from "@/components/words/ticker-lines";
import { ownerMessages } from "@/lib/i18n/owner";
import { wordsMessages } from "@/lib/i18n/words";
import type { Supporter } from "@/lib/policies/views";
import { type SupporterContext, SupporterRow } from "./supporter-row";

/** The newest few; all of them are on the wall. */
const NEWEST = 3;

/** Friends with their words, newest first. For the insured only (R42). */
export function SupportersList({
  supporters,
  ...context
}: { supporters: readonly Supporter[] } & SupporterContext) {
  const { code, locale } = context;
  const words = ownerMessages(locale).supporters;
  const friends = supporters.filter((supporter) => !supporter.isInsured);
  return (
    <Section title={words.title(friends.length)} aside={friends.length > 0 && words.privacy}>
      {friends.length === 0 && <p className="text-small text-soft">{words.empty}</p>}
      <Ticker lines={tickerLines(friends, locale)} locale={locale} />
      <ul className="divide-y divide-line border-y border-line empty:hidden">
        {friends.slice(0, NEWEST).map((friend) => (
          <SupporterRow key={friend.endorsementNo} friend={friend} {...context}>
            {friend.canRefuse && (
              <div className="-mb-2 text-right">
                <RefuseUnit friend={friend} {...context} />
              </div>
            )}
          </SupporterRow>
        ))}
      </ul>
      {friends.length > 0 && (
        <LinkButton variant="text" className="mt-1" href={`/me/policies/${code}/wall`}>
          {wordsMessages(locale).wall.open(friends.length)}
        </LinkButton>
      )}
    </Section>
  );
}
