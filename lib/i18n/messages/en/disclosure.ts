import type { Messages } from "@/lib/i18n/by-locale";
import type { disclosure as chinese } from "@/lib/i18n/messages/zh-CN/disclosure";

export const disclosure = {
  title: "Product disclosure",
  lead: "What you should know before applying or supporting a friend.",
  product: {
    heading: "Product and insurer",
    product: "Product",
    type: "Type",
    typeValue: "one-year illness insurance (internet only)",
    filing: "Filing number",
    insurer: "Insurer",
    licence: "Licence number",
    address: "Address",
    solvency: "Solvency",
    claimsRatio: "Claims ratio",
  },
  price: {
    heading: "Price and cover",
    unit: (amount) =>
      `A unit costs ${amount}, paid once. Nothing recurs and there is no other fee.`,
    age: "Age on the effective date",
    perUnit: "Per unit",
    atMost: "At most",
    band: (from, to) => `${from} to ${to}`,
    caps: (units, days) =>
      `At most ${units} units a policy; friends may add for ${days} days, the effective date being day 1. A friend can pay for one unit of a policy.`,
  },
  waiting: {
    heading: "Waiting period and term",
    start: (days) =>
      `In effect from 0:00 on the day after payment. Each unit waits ${days} days, its effective date being day 1.`,
    points: [
      "A diagnosis in the wait: that unit does not pay and its ¥1 is returned; if the first unit is still waiting, everything is returned and the contract ends.",
      "All units end together, at 24:00 on the day before the policy's anniversary.",
    ],
    renewal:
      "The term is one year and renewal is not guaranteed. At its end you need to apply again, be accepted and pay, to obtain a new contract.",
  },
  cover: {
    heading: "What is covered, and what is not",
    points: [
      "First diagnosis of a severe malignant tumour: all cover past its wait is paid.",
      "First diagnosis of a mild one (such as stage I thyroid cancer): 30%. The contract then ends.",
      "In situ and benign tumours, and those diagnosed before or in the wait, are not covered.",
      "Self-harm, crime, drugs, drunk driving, war, nuclear radiation, hereditary or congenital disease and the like are not covered.",
    ],
    all: "All exemptions",
  },
  refund: {
    heading: "Cancelling and refunds",
    coolingOff: (coolingOffDays) =>
      `Within ${coolingOffDays} days from the day after issue: a full refund.`,
    points: [
      "Before a unit takes effect it can be cancelled for a full refund; a friend may withdraw theirs until then.",
      "Later, each unit returns 100 fen × days left ÷ days of its term, without a fee, within 30 days.",
      "Refunds always go to whoever paid, the way the money came.",
      "You do this under “Policy services” of your policy, a friend on the page of that yuan; or call the hotline.",
    ],
  },
  claims: {
    heading: "How to claim",
    steps: [
      "Report the diagnosis under “Policy services” of your policy, or call the hotline.",
      "Send the claim form, identity card, diagnosis of a public hospital of grade two or above, and the pathology report. If something is missing we name it all at once.",
      "The decision usually takes 5 working days, at most 30 days.",
      "Payment to your own account within 10 days of agreement; a refusal in writing within 3 days, with reason and clause.",
    ],
  },
  complaint: {
    heading: "Questions, claims, complaints",
    hotline: "Service and claims",
    email: "Complaints",
    regulator: "Consumer line for banking and insurance",
  },
  sharing: {
    heading: "What sharing does not do",
    points: [
      "Sharing is voluntary. Not sharing changes nothing in the cover you have.",
      "It earns nothing: no cash, no draw, no extra cover. Each yuan a friend pays becomes one unit or is refunded.",
      "A friend's payment is not an application and gives the friend no benefit.",
      "Friends see neither your age nor your identity number, telephone or health answers; only you see who supported you.",
    ],
  },
  documents: { heading: "Full texts" },
  duty: {
    heading: "Truthful answers",
    text: "Please answer the nine health questions truthfully. After a deliberately untrue answer the insurer may rescind, pay nothing and keep the premium.",
  },
} satisfies Messages<typeof chinese>;
