import type { Messages } from "@/lib/i18n/by-locale";
import type { notices as chinese } from "@/lib/i18n/messages/zh-CN/notices";

export const notices = {
  title: "Messages",
  lead: "Every step of your money and your policy, as it happens.",
  empty: "No messages yet. When your money or your policy moves, you will read it here.",
  unread: (count) => `${count >= 100 ? "99+" : count} new`,
  newMark: "new",
  more: (count) => `${count} more`,
  all: "All messages",
  entry: (count) => `${count >= 100 ? "99+" : count} new`,
  events: {
    unit_settled: "Your yuan for {askerName} is now cell {seq}: {coverYuan} of cover.",
    unit_settled_own: "Your own cell is lit: {coverYuan} of cancer cover.",
    unit_received: "{nickname} added cell {seq}: +{coverYuan} cover.",
    unit_received_anonymous: "A friend added cell {seq}: +{coverYuan} cover.",
    thanked: "{askerName} thanks you for the cell you added.",
    thanked_with_words: "{askerName} thanks you for the cell you added: “{thanks}”",
    policy_full: "All {unitsMax} cells are lit. Come and see: it is a page worth keeping.",
    refund_requested: "{amountFen} is on its way back to you: {reason}.",
    refund_succeeded: "{amountFen} is back with you.",
    refund_succeeded_to: "{amountFen} is back with you, in {receivedBy}.",
    refund_delayed: "The refund of {amountFen} got stuck; our staff are on it. The money is yours.",
    unit_ended:
      "A cell was cancelled before it took effect: {lessYuan} less cover. Endorsement {endorsementNo}.",
    policy_ended: "Your policy has ended: {endReason}. Endorsement {endorsementNo}.",
    cover_matured: "Today {units} cells matured: {coverYuan} now counts.",
    cover_matured_one: "Today a cell matured: {coverYuan} now counts.",
    window_closing:
      "The collection ends in less than three days, with {units} cells lit. Friends are free to add or not.",
    window_closed: "The collection has ended with {units} cells lit. They stay in force.",
    policy_ending: "Your policy ends on {lastDayOn} at 24:00. Nothing is charged afterwards.",
    anniversary:
      "Your cover began a year ago today. This year {units} cells were lit, with friends beside you: {friends}.",
    anniversary_alone:
      "Your cover began a year ago today. This year you kept a cell lit for yourself.",
  },
} satisfies Messages<typeof chinese>;
