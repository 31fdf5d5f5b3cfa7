/**
 * What the pages show of a policy. Built by `queries.ts`, drawn by `components/policies`;
 * plain data, so that server components can pass it on to the browser.
 */
import type { CalendarDate } from "@/lib/pricing/calendar";

/** The public page `/p/[code]`: the same for every viewer, so that it can be cached. */
export interface SharePage {
  code: string;
  /** What friends call the insured; never the full name. */
  askerName: string;
  status: "pending_payment" | "active" | "ended";
  units: number;
  unitsMax: number;
  /** Units that count for a diagnosis today. */
  maturedUnits: number;
  coverPerUnitYuan: number;
  coverYuan: number;
  payableNowYuan: number;
  /** ISO instant at which collecting closes; null until the first unit is settled. */
  collectingUntil: string | null;
  /** Whole days left, today included; null when closed or not yet open. */
  collectingDaysLeft: number | null;
  /** What a unit bought right now would get (R25); null when none can be bought. */
  nextUnit: UnitPreview | null;
}

export interface UnitPreview {
  coverYuan: number;
  effectiveOn: CalendarDate;
  maturesOn: CalendarDate;
  lastDayOn: CalendarDate;
  /** Days on which it would count for a diagnosis. */
  coverDays: number;
}

export interface OwnerUnit {
  seq: number;
  isMatured: boolean;
  effectiveOn: CalendarDate;
  maturesOn: CalendarDate;
}

export interface Supporter {
  seq: number;
  nickname: string | null;
  message: string | null;
  isAnonymous: boolean;
  isInsured: boolean;
  coverYuan: number;
  endorsementNo: string;
  supportedAt: string;
  maturesOn: CalendarDate;
}

/** The owner's page `/me/policies/[code]`. */
export interface OwnerPolicy {
  code: string;
  number: string | null;
  status: "pending_payment" | "active" | "ended";
  askerName: string;
  coverPerUnitYuan: number;
  unitsMax: number;
  /** Live units by number. */
  units: OwnerUnit[];
  payableNowYuan: number;
  waitingYuan: number;
  totalYuan: number;
  nextChange: { on: CalendarDate; payableYuan: number; unitsMatured: number } | null;
  /** Steps of payable cover from the first effective day to the day after the last. */
  timeline: { on: CalendarDate; payableYuan: number }[];
  today: CalendarDate;
  effectiveOn: CalendarDate | null;
  lastDayOn: CalendarDate | null;
  collectingUntil: string | null;
  collectingDaysLeft: number | null;
  /** Newest first. */
  supporters: Supporter[];
  /** Unit 1's order while it is unpaid, so that the owner can finish paying. */
  openOrder: { outTradeNo: string; expiresAt: string } | null;
}

export interface MyPolicy {
  code: string;
  number: string | null;
  status: "pending_payment" | "active" | "ended";
  askerName: string;
  units: number;
  unitsMax: number;
  maturedUnits: number;
  payableNowYuan: number;
  totalYuan: number;
}
