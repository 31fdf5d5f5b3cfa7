import type { Locale } from "@/lib/i18n/locale";
import { wordsMessages } from "@/lib/i18n/words";
import styles from "./ticker.module.css";

export interface TickerLine {
  key: string;
  name: string;
  text: string;
}

/** Fewer lines than this do not drift: they stand in the list. */
const LINES_MIN = 3;
const LINES_MAX = 16;

/**
 * Friends' words drifting by, for the eye only: the list beside it has the same words for everybody.
 * A touch holds it, its button stops it without scripts, and who wants no motion gets the list alone.
 */
export function Ticker({ lines: all, locale }: { lines: readonly TickerLine[]; locale: Locale }) {
  const lines = all.slice(0, LINES_MAX);
  if (lines.length < LINES_MIN) return null;
  const lanes = [
    lines.filter((_line, index) => index % 2 === 0),
    lines.filter((_line, index) => index % 2 === 1),
  ];
  return (
    <div>
      <input type="checkbox" id="ticker-pause" className={`${styles.pause} peer sr-only`} />
      <div className={styles.lanes} aria-hidden="true">
        {lanes.map((lane, index) => (
          <div key={String(index)} className={`${styles.lane} ${paceOf(lane)}`}>
            <Lap lines={lane} />
            <Lap lines={lane} />
          </div>
        ))}
      </div>
      <label
        htmlFor="ticker-pause"
        className={`${styles.label} inline-flex min-h-11 items-center text-fine text-soft underline decoration-line underline-offset-4 peer-checked:text-ink peer-focus-visible:outline-3`}
      >
        {wordsMessages(locale).ticker.pause}
      </label>
    </div>
  );
}

function Lap({ lines }: { lines: readonly TickerLine[] }) {
  return (
    <div className={styles.lap}>
      {lines.map(({ key, name, text }) => (
        <span
          key={key}
          className="rounded-control bg-sunk px-3 py-1.5 text-small whitespace-nowrap"
        >
          {text} <span className="text-fine text-soft">{name}</span>
        </span>
      ))}
    </div>
  );
}

/** Reading takes about a third of a second a character, and a lane is seen four lines at a time. */
function paceOf(lane: readonly TickerLine[]): string | undefined {
  const characters = lane.reduce((sum, { text, name }) => sum + text.length + name.length + 4, 0);
  if (characters < 60) return styles.short;
  return characters < 140 ? styles.medium : styles.long;
}
