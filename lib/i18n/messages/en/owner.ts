import type { Messages } from "@/lib/i18n/by-locale";
import type { owner as chinese } from "@/lib/i18n/messages/zh-CN/owner";

export const owner = {
  pageTitle: "My policy",
  countsToday: "counts today",
  nextChange: (days, units, total) =>
    `${days <= 1 ? "Tomorrow" : `In ${days} days`} ${units} more ${units === 1 ? "cell counts" : "cells count"}, making ${total}`,
  noChange: "Every lit cell counts now",
  inFirstWait: "in the waiting period",
  firstWait: (days, day) =>
    `Cells begin to count ${days <= 1 ? "tomorrow" : `in ${days} days`}, from ${day}`,
  sums: { today: "Counts today", waiting: "Waiting", total: "Total" },
  daysLeft: (days) =>
    days <= 1 ? "The collection ends at midnight" : `The collection is open for ${days} more days`,
  collectingClosed: "The collection has ended",
  facts: {
    number: "Policy no.",
    term: "Term",
    termDays: (first, last) => `${first}, 0:00 to ${last}, 24:00`,
  },
  states: {
    pending_payment: {
      title: "One yuan to go",
      body: "Health questions and documents are confirmed. Pay ¥1 and the policy begins.",
      kept: (time) => `Your place is kept until ${time}.`,
      finish: "Pay ¥1, light a cell",
      startAgain: "Apply again",
      expired:
        "The last attempt was not paid and nothing was charged. Applying again takes a minute.",
    },
    ended: "Thank you to every friend along the way",
    full: "Every cell is lit. Thank you, every friend",
  },
  timeline: {
    title: "How the cover grows",
    today: "today",
    showSteps: "By date",
    from: "From",
    payable: "Cover that counts",
  },
  supporters: {
    title: (count) => (count === 0 ? "Friends" : count === 1 ? "1 friend" : `${count} friends`),
    empty:
      "No friend has added a cell yet. One or two people are enough; no need to tell everyone.",
    anonymous: "A friend",
    anonymousMark: "♡",
    cell: (seq) => `Cell ${seq}`,
    privacy: "Only you can see this list.",
  },
  endorsements: {
    title: "Endorsements",
    lead: (count) => `${count} so far, one for each change`,
    number: "Number",
    what: "What",
    cover: "Cover",
    when: "When",
    kinds: { unit_added: "Cell added", unit_ended: "Cell cancelled", policy_ended: "Policy ended" },
  },
  documents: {
    title: "Terms and documents",
    terms: "Policy terms",
    exemptions: "Exemptions",
    disclosure: "Product disclosure",
  },
  moments: {
    title: "Coming up",
    window_closes: "Collection ends at midnight",
    all_matured: (units, cover) => `All ${units} cells count: ${cover}`,
    last_day: "Cover ends at midnight",
  },
  invite: {
    button: "Invite a friend to add a cell",
  },
  busy: { order: "Preparing…", cashier: "Please confirm in WeChat", confirm: "Confirming…" },
} satisfies Messages<typeof chinese>;
