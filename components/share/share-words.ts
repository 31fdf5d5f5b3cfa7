import { commonMessages } from "@/lib/i18n/common";
import type { Locale } from "@/lib/i18n/locale";
import { shareMessages } from "@/lib/i18n/share";
import { wordsMessages } from "@/lib/i18n/words";
import { WORDS_CHARS_MAX } from "@/lib/words/limits";
import type { SharePanelWords } from "./share-panel";

/** The words the friend's page needs in the browser, picked on the server. */
export function sharePanelWords(locale: Locale, askerName: string): SharePanelWords {
  const words = shareMessages(locale);
  return {
    figureCaption: words.figureCaption,
    gridLabel: words.gridLabel,
    newCell: wordsMessages(locale).newCell,
    me: commonMessages(locale).cells.me,
    legend: words.legend,
    form: {
      pay: words.pay,
      payFine: words.payFine,
      busy: words.busy,
      result: words.result,
      summary: words.message.summary,
      label: words.message.label(askerName),
      placeholder: words.message.placeholder,
      anonymous: words.message.anonymous,
      messageCharsMax: WORDS_CHARS_MAX,
    },
    outside: words.outside,
    closed: {
      states: words.closed,
      toOwnPolicy: words.toOwnPolicy,
      toMyPayments: words.toMyPayments,
      alsoMe: words.alsoMe,
    },
  };
}
