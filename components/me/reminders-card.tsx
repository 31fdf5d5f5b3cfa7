import { Card } from "@/components/ui/card";
import type { Locale } from "@/lib/i18n/locale";
import { remindersMessages } from "@/lib/i18n/reminders";
import { RemindersSwitch } from "./reminders-switch";

/** The one-tap stop, with how many messages are still to come. */
export function RemindersCard({
  isStopped,
  remaining,
  locale,
}: {
  isStopped: boolean;
  remaining: number;
  locale: Locale;
}) {
  const { stop, agreed } = remindersMessages(locale);
  return (
    <Card className="mt-6 py-1!">
      <RemindersSwitch
        isStopped={isStopped}
        words={{
          label: stop.label,
          onNote: remaining > 0 ? `${agreed(remaining)}${stop.on}` : stop.on,
          offNote: stop.off,
          failed: stop.failed,
        }}
      />
    </Card>
  );
}
