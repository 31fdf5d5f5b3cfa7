import { addDays, shanghaiDateOf, startOfShanghaiDay } from "@/lib/pricing/calendar";
import type { MessageKind } from "./contract";

/** R47. */
export const PER_DAY_MAX = 1;
export const PER_CAMPAIGN_MAX = 3;

const HOUR_MS = 3_600_000;
/** Nobody's phone makes a sound between 22:00 and 8:00 in Shanghai. */
const DAY_BEGINS_HOUR = 8;
const DAY_ENDS_HOUR = 22;
/** Old news is for the inbox; so nothing waits longer than this. */
const AGE_HOURS_MAX = 48;

/** As good tomorrow as today. A cell more, or what matured "today", is not. */
const KINDS_THAT_WAIT: readonly MessageKind[] = ["thanked", "closing", "full", "refunded"];

export interface MessageFacts {
  kind: MessageKind;
  now: Date;
  /** When the notice that it repeats was written. */
  createdAt: Date;
  /** Messages of this template that the person has agreed to and not got. */
  consents: number;
  /** To this person since 00:00 in Shanghai, those that may have arrived included. */
  sentToday: number;
  /** To this person about this policy while it collects; 0 when it no longer does. */
  sentThisCampaign: number;
  isStopped: boolean;
}

export type SkipReason = "stopped" | "no_consent" | "too_old" | "campaign_limit" | "day_limit";

export type MessageDecision =
  | { action: "send" }
  | { action: "wait"; dueAt: Date }
  | { action: "skip"; reason: SkipReason };

/** R47: whether a message may go now, may go later, or is for the inbox alone. Pure. */
export function decideMessage(facts: MessageFacts): MessageDecision {
  const { kind, now, createdAt, consents, sentToday, sentThisCampaign, isStopped } = facts;
  if (isStopped) return skip("stopped");
  if (consents < 1) return skip("no_consent");
  if (now.getTime() - createdAt.getTime() > AGE_HOURS_MAX * HOUR_MS) return skip("too_old");
  if (sentThisCampaign >= PER_CAMPAIGN_MAX) return skip("campaign_limit");
  const today = startOfShanghaiDay(shanghaiDateOf(now)).getTime();
  const hour = (now.getTime() - today) / HOUR_MS;
  if (hour < DAY_BEGINS_HOUR) return waitUntil(today + DAY_BEGINS_HOUR * HOUR_MS);
  const tomorrow = startOfShanghaiDay(addDays(shanghaiDateOf(now), 1)).getTime();
  if (hour >= DAY_ENDS_HOUR) return waitUntil(tomorrow + DAY_BEGINS_HOUR * HOUR_MS);
  if (sentToday < PER_DAY_MAX) return { action: "send" };
  if (!KINDS_THAT_WAIT.includes(kind)) return skip("day_limit");
  return waitUntil(tomorrow + DAY_BEGINS_HOUR * HOUR_MS);
}

const skip = (reason: SkipReason): MessageDecision => ({ action: "skip", reason });
const waitUntil = (ms: number): MessageDecision => ({ action: "wait", dueAt: new Date(ms) });
