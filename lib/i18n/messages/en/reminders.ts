import type { Messages } from "@/lib/i18n/by-locale";
import type { reminders as chinese } from "@/lib/i18n/messages/zh-CN/reminders";

export const reminders = {
  offers: {
    thanked: {
      lead: "No need to look in for an answer.",
      button: (askerName) => `Tell me when ${askerName} thanks me`,
    },
    refunded: {
      lead: "A refund usually takes a few minutes.",
      button: () => "Tell me when it arrives",
    },
    supported: {
      lead: "WeChat can say when a cell is added, when collecting ends, when all are lit.",
      button: () => "Tell me when a cell is added",
    },
    matured: {
      lead: "Every so often a few more cells begin to count.",
      button: () => "Tell me when cells mature",
    },
    news: { lead: "No need to look in often.", button: () => "Tell me news in WeChat" },
  },
  terms: "One tap, one message. Never between 10 pm and 8 am.",
  accepted: "Good. WeChat will tell you once.",
  declined: "That is fine. All news is on the news page.",
  failed: "That did not work this time. All news is on the news page anyway.",
  outside: "Opened in WeChat, this page can have WeChat remind you. Either way all news is here.",
  stop: {
    label: "WeChat reminders",
    on: "At most one a day, and three while a policy collects.",
    off: "Stopped. Nothing more is sent to WeChat; all news is still here.",
    failed: "That was not saved. Please tap again.",
  },
  agreed: (count) => `${count} still to come. `,
  messages: {
    supported: { about: "Your policy", text: "A friend added cell {seq}" },
    thanked: { about: "The cell you added", text: "{askerName} thanks you" },
    matured: { about: "Today {units} cells matured", text: "{coverYuan} now counts" },
    closing: { about: "Collecting ends soon", text: "{units} cells are lit" },
    full: { about: "All {unitsMax} cells lit", text: "Come and see" },
    refunded: { about: "Refund arrived", text: "{amountFen} is back" },
  },
} satisfies Messages<typeof chinese>;
