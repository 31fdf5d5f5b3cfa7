/** The command line of `npm run chaos`. */
import { parseArgs } from "node:util";

export interface Options {
  seeds: number;
  from: number;
  payments: number;
  kills: number;
  /** People who act at the same time. */
  people: number;
  /** The name of a deliberate bug; null for the product as it is. */
  bug: string | null;
  /** A file that gets `{passed, failed}`; null for none. */
  report: string | null;
  /** Leaves the world's folder, with its database, for whoever wants to look. */
  keepsFolder: boolean;
}

export const USAGE = `npm run chaos -- [--seeds 20] [--from 1] [--payments 2000] [--kills 40] [--people 40]
               [--short] [--bug <name>] [--keep]`;

/** What `npm test` can afford: three minutes on two busy cores. */
const SHORT = { seeds: 1, payments: 300, kills: 8 };
const LONG = { seeds: 20, payments: 2_000, kills: 40 };

/** @throws Error that says which word is wrong. */
export function readOptions(words: string[]): Options {
  const { values } = parseArgs({
    args: words,
    options: {
      seeds: { type: "string" },
      from: { type: "string", default: "1" },
      payments: { type: "string" },
      kills: { type: "string" },
      people: { type: "string", default: "40" },
      short: { type: "boolean", default: false },
      bug: { type: "string" },
      report: { type: "string" },
      keep: { type: "boolean", default: false },
    },
  });
  // A bug must show in the short run, or `npm test` would not see it.
  const figures = values.short || values.bug ? SHORT : LONG;
  return {
    seeds: readCount("seeds", values.seeds, figures.seeds),
    from: readCount("from", values.from, 1),
    payments: readCount("payments", values.payments, figures.payments),
    kills: readCount("kills", values.kills, figures.kills),
    people: readCount("people", values.people, 40),
    bug: values.bug ?? null,
    report: values.report ?? null,
    keepsFolder: values.keep,
  };
}

function readCount(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) {
    throw new Error(`--${name} must be a whole number from 1, not "${text}"`);
  }
  return count;
}
