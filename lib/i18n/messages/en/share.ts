import type { Messages } from "@/lib/i18n/by-locale";
import type { share as chinese } from "@/lib/i18n/messages/zh-CN/share";

export const share = {
  pageTitle: (name) => `A cell for ${name}`,
  daysLeft: (days) => (days <= 1 ? "open until midnight" : `open for ${days} more days`),
  lit: "{lit} cells lit",
  titleBefore: "Add one yuan, ",
  titleAfter: (name, cover) => `give ${name} ${cover} more cancer cover`,
  closedTitle: (name) => `${name}'s cancer cover`,
  figureCaption: "{lit} of {total} cells lit",
  legend: { matured: "Counting {count}", waiting: "Waiting {count}", empty: "Open {count}" },
  gridLabel:
    "{lit} of {total} cells are lit: {matured} count today, {waiting} are in their waiting period.",
  unit: {
    title: "What this yuan buys",
    cover: (cover) => `${cover} of cancer cover`,
    effective: "Effective",
    effectiveAt: (day) => `${day}, 0:00`,
    matures: "Counts from",
    covers: "Days of cover",
    coverDays: (days, lastDay) => `${days}, until ${lastDay}`,
    note: (waitingDays) =>
      `After it takes effect it waits ${waitingDays} days. A diagnosis in that time is not paid, and this yuan comes back to you.`,
    barLabel: (waitingDays, coverDays) =>
      `It waits ${waitingDays} days, then counts for ${coverDays} days.`,
  },
  assurances: {
    title: "Before you pay",
    items: (name) => [
      {
        question: "Where does the money go?",
        answer:
          "Right after paying you see three lights: paid, counted, on the policy, each with its time, and the endorsement number. A yuan that cannot join the policy is refunded automatically.",
      },
      {
        question: "Will I be charged again?",
        answer:
          "No. Each friend adds one cell to a policy and pays once; you agree to no automatic debit.",
      },
      {
        question: "Who sees me?",
        answer: `Only ${name} sees your words. Your WeChat nickname shows only if you agree, and you may stay anonymous.`,
      },
      {
        question: "Do I become the policyholder?",
        answer: `No. ${name} is applicant, insured and beneficiary; you pay this one yuan of premium for them.`,
      },
    ],
  },
  pay: "Give ¥1",
  payFine: "Paid once, never charged again · track it any time",
  message: {
    summary: "Leave a line / stay anonymous",
    label: (name) => `A line for ${name} (optional)`,
    placeholder: "One line is plenty",
    anonymous: "Anonymous: hide my nickname",
  },
  busy: { order: "Preparing…", cashier: "Please confirm in WeChat", confirm: "Confirming…" },
  result: {
    cancelled: "Not paid, nothing was charged. Take your time.",
    failed: "The payment did not go through; nothing was charged. You can try again.",
    unavailable:
      "WeChat Pay did not open. Please open this page inside WeChat; nothing was charged.",
    offline: "No connection; nothing was charged. Please try again.",
    rate_limited: "That was a little fast. Please wait a moment; nothing was charged.",
    daily_limit_reached:
      "You have supported 20 friends today. Please come back tomorrow. Nothing was charged.",
    provider_unavailable:
      "WeChat Pay is not answering; nothing was charged. Please try again in a while.",
    other: "The order was not made; nothing was charged. Please try again.",
  },
  outside: {
    lead: "Paying works inside WeChat.",
    copy: "Copy the link, open it in WeChat",
    copied: "Copied. Paste it in WeChat",
    copyFailed: "Could not copy. Please copy the address of this page",
    scan: "Or scan a code with WeChat",
  },
  closed: {
    own_policy: {
      title: "This is your own policy",
      body: "Your own cell is paid. This is the page your friends see.",
    },
    already_supported: {
      title: "You have added a cell. Thank you",
      body: "You can follow that yuan any time.",
    },
    policy_not_open: {
      title: "Not open yet",
      body: "Friends can add cells once the policy is in force.",
    },
    collecting_closed: {
      title: "The collection has ended",
      body: "Thank you for coming by. The lit cells stay in force.",
    },
    cap_reached: {
      title: "Every cell is lit",
      body: "Thank you to every friend.",
    },
    ended: {
      title: "This policy has ended",
      body: "Thank you to everyone who came by.",
    },
  },
  toOwnPolicy: "See my policy",
  toMyPayments: "Follow that yuan",
  alsoMe: "I would like one too",
  disclosure: "Product disclosure",
} satisfies Messages<typeof chinese>;
