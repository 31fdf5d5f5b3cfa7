import type { Locale } from "@/lib/i18n/locale";
import { milestonesMessages } from "@/lib/i18n/milestones";

/** The names of those who gave one, as after a film; how many gave none. */
export function ThanksRoll({
  names,
  nameless,
  locale,
}: {
  names: readonly string[];
  nameless: number;
  locale: Locale;
}) {
  const words = milestonesMessages(locale).full;
  return (
    <>
      <ul className="flex flex-wrap gap-x-5 gap-y-2 text-lead/8">
        {names.map((name, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two friends may have one name.
          <li key={index}>{name}</li>
        ))}
      </ul>
      {nameless > 0 && (
        <p className="mt-3 text-small text-soft">
          {names.length > 0 ? words.nameless(nameless) : words.nobody}
        </p>
      )}
    </>
  );
}
