import type { SharePage } from "@/lib/policies/views";
import type { CalendarDate } from "@/lib/pricing/calendar";
import type { OrderOut } from "./contract";

/** One line of "my payments": every yuan with where it ended. */
export interface MyPayment {
  order: OrderOut;
  kind: "first" | "gift";
  createdAt: string;
  policyCode: string;
  askerName: string;
}

/** The page of one yuan, `/orders/[outTradeNo]`, for its payer. */
export interface OrderPage extends MyPayment {
  policy: SharePage;
  /** First day of the unit it became, until whose 00:00 a gift can be taken back (R30). */
  effectiveOn: CalendarDate | null;
  isAnonymous: boolean;
  /** What the insured sees of the payer; null until he lets WeChat tell his nickname. */
  payerNickname: string | null;
}
