import type { endingsMessages } from "@/lib/i18n/endings";
import { fill } from "@/lib/i18n/fill";

/** The sentences that every act shares, with the hotline in them. */
export function failureWords(
  failures: ReturnType<typeof endingsMessages>["failures"],
  hotline: string,
) {
  return { ...failures, other: fill(failures.other, { hotline }) };
}
