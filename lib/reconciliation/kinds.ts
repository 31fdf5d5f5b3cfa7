/** Every kind of difference: what it means, whether it is repaired, and what a person does about it. */
import type { DifferenceKind } from "./rules";

export interface KindExplained {
  meaning: string;
  /** True when WeChat can be asked and the money path's own verbs can mend it. */
  isRepairable: boolean;
  /** What a person does with one that stays open. */
  todo: string;
}

export const DIFFERENCE_KINDS: Record<DifferenceKind, KindExplained> = {
  payment_missed: {
    meaning: "The bill says paid; our order is pending or closed.",
    isRepairable: true,
    todo: "WeChat's own answer did not settle it: read the resolution, look at the incident, ask WeChat.",
  },
  payment_unknown: {
    meaning: "The bill has a payment that is no order of ours.",
    isRepairable: true,
    todo: "Find out who took it (another shop on this merchant number, a lost policy); refund it at WeChat's console if it is nobody's.",
  },
  payment_absent: {
    meaning: "We say paid on that day; no bill has it.",
    isRepairable: false,
    todo: "Query the order at WeChat. If WeChat says paid, ask WeChat to correct the bill; if not, the unit has no money behind it.",
  },
  payment_repeated: {
    meaning: "The bill lists the same transaction more than once.",
    isRepairable: false,
    todo: "Compare with the fund bill: was the money booked twice? Ask WeChat to correct the bill.",
  },
  payment_amount_differs: {
    meaning: "The bill's amount is not the amount that we booked.",
    isRepairable: false,
    todo: "Query the transaction at WeChat; the ledger is corrected by a new entry, never by a change.",
  },
  payment_transaction_differs: {
    meaning: "The order is paid, and the bill names another transaction for it.",
    isRepairable: false,
    todo: "Query both transactions: the order may have been paid twice; refund the second one.",
  },
  payment_payer_differs: {
    meaning: "The bill names another payer than the one who ordered.",
    isRepairable: false,
    todo: "Query the transaction at WeChat; if another account paid, the unit's giver is wrong.",
  },
  payment_state_differs: {
    meaning: "The bill gives the trade a state that we do not know.",
    isRepairable: false,
    todo: "Look the word up in WeChat's documents and query the transaction.",
  },
  refund_missed: {
    meaning: "The bill knows more of a refund than we do: accepted, done or failed.",
    isRepairable: true,
    todo: "WeChat's own answer did not move it: read the resolution and look at the refund at WeChat's console.",
  },
  refund_unknown: {
    meaning: "The bill has a refund that we did not ask for.",
    isRepairable: false,
    todo: "Somebody refunded at WeChat's console: end the unit by hand, or claim the money back.",
  },
  refund_absent: {
    meaning: "We handed a refund in on that day; no bill has it.",
    isRepairable: false,
    todo: "Query the refund at WeChat; it is sent again only with the same number.",
  },
  refund_repeated: {
    meaning: "The bill lists the same refund more than once.",
    isRepairable: false,
    todo: "Compare with the fund bill: did the money leave twice? Ask WeChat to correct the bill.",
  },
  refund_amount_differs: {
    meaning: "The bill's refund is not the amount that we ask for.",
    isRepairable: false,
    todo: "Query the refund at WeChat; what is missing goes back to the payer, what is too much is a loss.",
  },
  refund_state_differs: {
    meaning:
      "We say that the refund arrived and the bill says that it failed, or uses a word that we do not know.",
    isRepairable: false,
    todo: "Query the refund at WeChat; if it failed, the payer is still owed.",
  },
  fee_differs: {
    meaning: "The fee is not the amount times the rate, rounded to the fen.",
    isRepairable: false,
    todo: "The fee is booked as charged; claim the rest from WeChat if it matters.",
  },
  fund_absent: {
    meaning: "The trade bill has it and the account's movements do not.",
    isRepairable: false,
    todo: "Look at the account at WeChat's console around that time and ask WeChat.",
  },
  fund_unknown: {
    meaning: "The account moved for a trade that the trade bill does not list.",
    isRepairable: false,
    todo: "Look the business number up at WeChat's console; ask WeChat to correct the bill.",
  },
  fund_differs: {
    meaning: "What moved in the account is not what the trade bill says less its fee.",
    isRepairable: false,
    todo: "Compare both lines at WeChat's console and ask WeChat.",
  },
  ledger_differs: {
    meaning: "Our ledger does not say of the order what became of its money.",
    isRepairable: false,
    todo: "A fault of ours: run the audit, and correct the ledger by a new entry.",
  },
  totals_differ: {
    meaning: "Line by line everything agrees, and the totals do not.",
    isRepairable: false,
    todo: "A fault of ours in comparing: keep the bills and call the developers.",
  },
};
