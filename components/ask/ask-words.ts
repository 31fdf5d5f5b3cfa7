import type { ShareGuideWords } from "@/components/share/share-guide";
import { askingMessages } from "@/lib/i18n/asking";
import { commonMessages } from "@/lib/i18n/common";
import type { Locale } from "@/lib/i18n/locale";
import type { AskStudioWords } from "./ask-studio";

/** The words that the ask page needs in the browser, picked on the server. */
export function askStudioWords(locale: Locale): AskStudioWords {
  const { tone, tones, preview, sentence, share } = askingMessages(locale);
  // Titles and sentences are functions: they stay on the server.
  const pick = ({ name, hint }: { name: string; hint: string }) => ({ name, hint });
  const guide = (steps: readonly string[]): ShareGuideWords => ({
    title: share.guideTitle,
    steps,
    corner: share.corner,
    picture: share.picture,
    honest: share.honest,
    close: commonMessages(locale).close,
  });
  return {
    tone: tone.label,
    tones: {
      plain: pick(tones.plain),
      playful: pick(tones.playful),
      grateful: pick(tones.grateful),
    },
    preview,
    sentence,
    toFriend: share.toFriend,
    toMoments: share.toMoments,
    guides: { friend: guide(share.friendSteps), moments: guide(share.momentsSteps) },
  };
}
