/**
 * What the pages show of a policy. Built by `queries.ts`, drawn by `components/policies`;
 * plain data, so that server components can pass it on to the browser.
 */
import type { CalendarDate } from "@/lib/pricing/calendar";
import type { OwnWords } from "@/lib/words/contract";
import type { Emoji } from "@/lib/words/limits";
import type { DiagnosisOutcome, EndReason, UnitEnding } from "./contract";

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
  /** First day on which it no longer counts; null while it lives. */
  endedOn: CalendarDate | null;
}

export interface Supporter {
  seq: number;
  nickname: string | null;
  /** The wish, once it may be shown, its id, and what the insured answered it with. */
  message: string | null;
  wordsId: string | null;
  reaction: Emoji | null;
  /** What the insured said back, and how the giver took it; null until he has. */
  thanks: (OwnWords & { reaction: Emoji | null }) | null;
  isAnonymous: boolean;
  isInsured: boolean;
  coverYuan: number;
  endorsementNo: string;
  supportedAt: string;
  maturesOn: CalendarDate;
  /** R26: a friend's unit that has not taken effect, which the insured may still decline. */
  canRefuse: boolean;
}

/** One numbered change of the policy (批单, R20). */
export interface Endorsement {
  number: string;
  kind: "unit_added" | "unit_ended" | "policy_ended";
  /** Positive when a unit came, negative when units went. */
  coverDeltaYuan: number;
  createdAt: string;
}

/** What ended with a policy and what each unit returned to its payer (R29). */
export interface PolicyEnding {
  endorsementNo: string;
  reason: EndReason;
  totalFen: number;
  units: UnitEnding[];
}

/** The owner's page `/me/policies/[code]`. */
export interface OwnerPolicy {
  code: string;
  number: string | null;
  status: "pending_payment" | "active" | "ended";
  askerName: string;
  coverPerUnitYuan: number;
  unitsMax: number;
  /** Units by number that live, or have ended and still count today. */
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
  /** First day without cover and why; null while the policy lives. For the insured only. */
  endedOn: CalendarDate | null;
  endReason: EndReason | null;
  /** There is something to surrender (R26–R28). */
  canSurrender: boolean;
  /** What he has told of a diagnosis (R31); null until he does. The day itself is not shown again. */
  diagnosis: { outcome: DiagnosisOutcome; payableYuan: number; reportedAt: string } | null;
  /** Of live units, newest first. */
  supporters: Supporter[];
  /** Newest first. */
  endorsements: Endorsement[];
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
