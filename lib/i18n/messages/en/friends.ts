import type { Messages } from "@/lib/i18n/by-locale";
import type { friends as chinese } from "@/lib/i18n/messages/zh-CN/friends";

export const friends = {
  pageTitle: "Friends",
  heading: "Back and forth",
  lead: "Only people who exchanged a cell with you and let you see that they ask. Only you see this page.",
  helpBack: {
    title: "They came to you, and ask too",
    line: "Gave you a cell",
  },
  asking: {
    title: "Exchanged a cell with you, and ask now",
    line: "Exchanged a cell with you",
  },
  helped: {
    title: "How far they are whom you helped",
    line: "Got a cell from you",
  },
  lit: (units, unitsMax) => `${units} of ${unitsMax} cells lit`,
  visit: "Have a look",
  visitOf: (name) => `Have a look at ${name}'s page`,
  freely: "Adding a cell or not, now or later, is up to you.",
  empty: {
    title: "Quiet here so far",
    body: "People appear once you and they have exchanged a cell and they switched on “Show friends who exchanged a cell that I ask”. Anonymous gifts never appear.",
    code: "Got a short code? Type it in",
  },
  quiet: "Nobody you exchanged a cell with is asking now. When somebody is, they appear here.",
  ask: {
    lead: "Would you like friends who exchanged a cell with you to see that you ask?",
    settings: "Switch it on or off in settings",
  },
} satisfies Messages<typeof chinese>;
