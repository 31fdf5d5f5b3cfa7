import type { Messages } from "@/lib/i18n/by-locale";
import type { reminders as chinese } from "@/lib/i18n/messages/zh-CN/reminders";

export const reminders = {
  offers: {
    thanked: {
      lead: "No need to keep checking for an answer.",
      button: (askerName) => `Tell me when ${askerName} thanks me`,
    },
    refunded: {
      lead: "A refund usually takes a few minutes.",
      button: () => "Tell me when it arrives",
    },
    supported: {
      lead: "WeChat can tell you when a cell is added, when the collection ends, when all are lit.",
      button: () => "Tell me when a cell is added",
    },
    matured: {
      lead: "Every so often a few more cells begin to count.",
      button: () => "Tell me when cells mature",
    },
    news: { lead: "No need to keep checking.", button: () => "Tell me in WeChat" },
  },
  terms: "One tap, one message. Never between 10 pm and 8 am.",
  accepted: "Done. WeChat will tell you once.",
  declined: "That is fine. It will all be in your messages.",
  failed: "That did not work this time. It will all be in your messages anyway.",
  outside: "Open this page in WeChat to get reminders there. Either way, every message is here.",
  stop: {
    label: "WeChat reminders",
    on: "At most one a day, and three in a collection.",
    off: "Stopped. WeChat stays silent; every message is still here.",
    failed: "That was not saved. Please tap again.",
  },
  agreed: (count) => `${count} still to come. `,
  messages: {
    supported: { about: "Your policy", text: "A friend added cell {seq}" },
    thanked: { about: "The cell you added", text: "{askerName} thanks you" },
    matured: { about: "Today {units} cells matured", text: "{coverYuan} now counts" },
    closing: { about: "Collection ends soon", text: "{units} cells are lit" },
    full: { about: "All {unitsMax} cells lit", text: "Come and see" },
    refunded: { about: "Refund arrived", text: "{amountFen} is back" },
  },
} satisfies Messages<typeof chinese>;
