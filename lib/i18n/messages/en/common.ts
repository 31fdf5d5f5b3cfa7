import type { Messages } from "@/lib/i18n/by-locale";
import type { common as chinese } from "@/lib/i18n/messages/zh-CN/common";

export const common = {
  brand: "Weihuzhu",
  tagline: "One yuan, one cell of cover",
  description:
    "Light your first cell of cancer cover with ¥1, and let friends add one each. Insurance product; see the terms.",
  back: "Back",
  home: "Home",
  close: "Close",
  retry: "Try again",
  loading: "Opening…",
  me: "My account",
  myPolicies: "My account",
  disclosure: "Product disclosure",
  shortCode: "Enter a short code",
  more: "More",
  elderOn: "Large print",
  elderOff: "Normal print",
  demonstration: "Demonstration",
  demonstrationNote: "An invented insurer for demonstration. No real insurance is sold here.",
  cells: {
    matured: (count) => `Counting ${count}`,
    waiting: (count) => `Waiting ${count}`,
    empty: (count) => `Open ${count}`,
    me: "me",
    alternative: (grid) =>
      `${grid.lit} of ${grid.total} cells are lit: ${grid.matured} count today, ${grid.waiting} are in their waiting period.`,
  },
  insuranceParts: {
    kind: "Insurance product",
    waiting: (waitingDays) => `${waitingDays}-day waiting period, see the terms`,
  },
} satisfies Messages<typeof chinese>;
