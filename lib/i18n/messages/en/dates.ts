import type { Messages } from "@/lib/i18n/by-locale";
import type { dates as chinese } from "@/lib/i18n/messages/zh-CN/dates";

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

export const dates = {
  today: "today",
  yesterday: "yesterday",
  tomorrow: "tomorrow",
  day: ({ month, day }) => `${day} ${MONTHS[month - 1]}`,
  dayOfYear: ({ year, month, day }) => `${day} ${MONTHS[month - 1]} ${year}`,
  month: ({ year, month }) => `${MONTHS[month - 1]} ${year}`,
} satisfies Messages<typeof chinese>;
