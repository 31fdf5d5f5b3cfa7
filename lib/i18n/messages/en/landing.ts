import type { Messages } from "@/lib/i18n/by-locale";
import type { landing as chinese } from "@/lib/i18n/messages/zh-CN/landing";

export const landing = {
  title: ["One yuan ", "lights one cell"],
  lead: (cover, unitsMax) =>
    `Pay ¥1 and hold ${cover} of cancer cover. For more, friends may add ¥1 each, up to ${unitsMax} cells.`,
  gridLabel: (unitsMax) =>
    `Illustration: ${unitsMax} cells, one yuan each; the lit ones are cover already held.`,
  gridCaption: "One cell is one yuan. Pale: waiting. Solid: it counts.",
  start: "Light one cell for ¥1",
  startFine: "Paid once. Never renewed, never charged again",
  howTitle: "Three steps",
  steps: (waitingDays, collectingDays) => [
    {
      title: "Pay your own ¥1",
      body: "Name, ID number, phone, and each health question answered. Under a minute, and the policy is yours.",
    },
    {
      title: "For more, tell friends",
      body: `For ${collectingDays} days each friend may add ¥1, and you gain one cell. Sharing earns nothing; not sharing costs nothing.`,
    },
    {
      title: `Each cell counts after ${waitingDays} days`,
      body: "The page shows the day on which each cell begins to count. On diagnosis of a covered cancer, all counting cells pay together.",
    },
  ],
  priceTitle: "What it costs, what it covers",
  priceAge: (from, to) => `Age ${from}–${to}`,
  priceUnit: (cover) => `${cover} a cell`,
  priceMax: (cover) => `${cover} when full`,
  priceNote: "Set by the insured person's age, whoever pays.",
  riskTitle: "The less pleasant part first",
  risk: (waitingDays) => [
    `Each cell waits ${waitingDays} days from its effective date. A diagnosis in that time is not paid; the premium is returned.`,
    "Cover lasts one year and ends. It does not renew by itself.",
    "If the answer to any health question is yes, the policy cannot be bought and nothing is charged.",
    "Some situations are excluded. Please read the terms and exemptions before paying.",
  ],
  insurerTitle: "Who insures you",
  insurer: "Insurer",
  licence: "Licence no.",
  product: "Product",
  filing: "Filing no.",
  hotline: "Claims and complaints",
  regulator: "Regulator's hotline",
  claimsRatio: "Claims ratio",
  more: "Read the full product disclosure",
} satisfies Messages<typeof chinese>;
