import type { Messages } from "@/lib/i18n/by-locale";
import type { friends as chinese } from "@/lib/i18n/messages/zh-CN/friends";

export const friends = {
  pageTitle: "Friends",
  heading: "Friends",
  lead: "People you have traded cells with. Only you can see this page.",
  helpBack: {
    title: "Gave you a cell, now asking too",
    line: "Lit a cell for you",
  },
  asking: {
    title: "Traded cells with you, now asking",
    line: "You have traded cells",
  },
  helped: {
    title: "The grids you helped to light",
    line: "You lit a cell here",
  },
  lit: (units, unitsMax) => `${units} of ${unitsMax} cells lit`,
  visit: "Take a look",
  visitOf: (name) => `Take a look at ${name}'s page`,
  freely: "Whether you add a cell, and when, is up to you.",
  empty: {
    title: "All quiet here",
    body: "Friends appear here once you have traded cells and they have switched on “Let friends see that I am asking”. Anonymous gifts never show.",
    code: "Got a short code? Type it in",
  },
  quiet:
    "None of the friends you have traded cells with is asking right now. When one is, you will see it here.",
  ask: {
    lead: "Want these friends to see that you are asking?",
    settings: "Switch it on or off in Settings",
  },
} satisfies Messages<typeof chinese>;
