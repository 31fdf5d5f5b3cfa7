import type { Messages } from "@/lib/i18n/by-locale";
import type { order as chinese } from "@/lib/i18n/messages/zh-CN/order";

export const order = {
  pageTitle: "Where this yuan went",
  sentenceGap: ". ",
  lights: { paid: "Paid", counted: "Counted", onPolicy: "On the policy" },
  coming: { paid: "Payment", counted: "Counting", onPolicy: "On the policy" },
  refundLights: {
    notOnPolicy: "Not on policy",
    returning: "Returning",
    manual: "With our staff",
    returned: "Returned",
  },
  states: {
    done: "done",
    now: "in progress",
    later: "not yet",
    stopped: "did not happen",
    returned: "returned",
  },
  unit: {
    giftTitle: (seq) => `This yuan lit cell ${seq}`,
    ownTitle: "Your own cell is lit",
    giftLead: (name, total) => `${name} now has ${total} of cover`,
    ownLead: (cover) => `¥1, ${cover} of cancer cover`,
    endorsement: "Endorsement",
    cover: "Cover of this cell",
    matures: "Counts from",
    message: "Your words",
    anonymous: "Given anonymously",
    showWhoIAm: (name: string) => `Let ${name} see my WeChat nickname`,
    withdraw: (hotline) => `To take this yuan back before it takes effect, please call ${hotline}.`,
    gridLabel: (seq) => `Of the hundred cells, number ${seq} was lit by this yuan.`,
  },
  toSharePage: (name) => `See ${name}'s cells`,
  toOwnPolicy: "My policy",
  invite: "Invite a friend to add a cell",
  alsoMe: "One for me, too",
  toPayments: "My policies and payments",
  pending: {
    asking: "Asking WeChat",
    askingLead: "Usually a few seconds. You may leave this page; the result will not be lost.",
    unpaidTitle: "This yuan is not paid yet",
    unpaidLead: (time) => `Your place is kept until ${time}. Nothing is charged unless you pay.`,
    toPay: "Go back and pay",
    askAgain: "Ask again",
    stillAsking: "Asking…",
    noAnswer:
      "WeChat has no answer yet. The money is safe: it joins the policy or comes back, and this page will say which.",
    offline: "No connection; we will ask again in a moment.",
  },
  closed: {
    title: "This one was not paid",
    lead: "Nothing was charged, and the place is free again.",
    backToPolicy: (name) => `Back to ${name}'s page`,
    ownBack: "Back to my policy",
  },
  refund: {
    returningTitle: "This yuan is on its way back to you",
    returnedTitle: "This yuan is back with you",
    failedTitle: "The refund got stuck; our staff are on it",
    lead: "It returns the way it came, through WeChat Pay; you need do nothing. Usually fast; a bank card may take one to three working days.",
    failedLead: (hotline) =>
      `The money is yours. To ask now, call ${hotline} and give the order number.`,
    reasons: {
      cap_reached: "The last cell was taken just as you paid.",
      collecting_closed: "Collecting had ended when you paid.",
      policy_not_open: "The policy was not open for gifts when you paid.",
      already_supported: "You had already added a cell to this policy; each friend adds one.",
      already_insured: "You already hold a policy in force.",
      age_out_of_range: "On the day the policy would start, your age is outside 18 to 49.",
      amount_mismatch: "The amount received differs from the order, so it was not counted.",
      payer_mismatch:
        "Another WeChat account paid than the one that ordered, so it was not counted.",
    },
  },
  facts: { orderNo: "Order no.", amount: "Amount", paidAt: "Paid at", state: "State" },
} satisfies Messages<typeof chinese>;
