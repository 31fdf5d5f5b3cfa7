/**
 * Goal: every boundary of the calendar is on the right Shanghai midnight, and the day-count is the
 * one written in term.ts and README.md. Method: tables with the arithmetic beside them, then
 * properties over terms that begin on any day, leap years included. The zone is New York's.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, daysBetween, startOfShanghaiDay } from "./calendar";
import { PLAN_2026_1 as plan } from "./plan";
import {
  collectingWindow,
  effectiveOnAfter,
  holdExpiresAt,
  honoursLatePayment,
  isCollecting,
  policyTerm,
  unitDates,
} from "./term";

/** An instant by the Shanghai clock. */
const at = (local: string) => new Date(`${local}+08:00`);

const days = fc.integer({ min: 0, max: 20_000 }).map((count) => addDays("2024-01-01", count));
const msOfDay = fc.integer({ min: 0, max: 86_399_999 });

describe("R21: effective dates", () => {
  it.each([
    ["2026-11-22T00:00:00", "2026-11-23"],
    ["2026-11-22T23:59:59.999", "2026-11-23"],
    ["2026-11-23T00:00:00", "2026-11-24"],
    ["2026-12-31T12:00:00", "2027-01-01"],
    ["2028-02-28T20:00:00", "2028-02-29"],
  ])("paid %s takes effect at 00:00 on %s", (local, expected) => {
    expect(effectiveOnAfter(at(local))).toBe(expected);
  });

  it.each([
    ["2026-11-22T20:00:00", "2026-11-23", "2027-11-22", 365],
    ["2027-06-30T20:00:00", "2027-07-01", "2028-06-30", 366], // passes 2028-02-29
    ["2028-02-28T20:00:00", "2028-02-29", "2029-02-27", 365], // anniversary 2029-02-28, minus a day
    ["2027-02-28T20:00:00", "2027-03-01", "2028-02-29", 366],
    ["2026-12-31T20:00:00", "2027-01-01", "2027-12-31", 365],
  ])("first paid %s: covered from %s to %s, %i days", (local, effectiveOn, lastDayOn, termDays) => {
    expect(policyTerm(plan, at(local))).toEqual({ effectiveOn, lastDayOn });
    expect(daysBetween(effectiveOn, lastDayOn) + 1).toBe(termDays);
  });
});

describe("R22, R25: the dates of a unit", () => {
  const term = policyTerm(plan, at("2026-11-22T20:00:00"));

  it("R22: the base unit counts from effective date + 90", () => {
    // 2026-11-23 + 90: 8 days left in November, 31, 31, so day 21 of February.
    // 2027-02-21 … 2027-11-22 = 365 − 90 = 275 days.
    expect(unitDates(plan, term, at("2026-11-22T20:00:00"))).toEqual({
      effectiveOn: "2026-11-23",
      maturesOn: "2027-02-21",
      lastDayOn: "2027-11-22",
      coverDays: 275,
    });
  });

  it("R25: a unit bought on day 30 has 245 days of cover", () => {
    // Day 30 = 2026-11-23 + 29 = 2026-12-22; effective 12-23; + 90 = 2027-03-23;
    // March 9, April 30, May 31, June 30, July 31, August 31, September 30, October 31, November 22.
    expect(9 + 30 + 31 + 30 + 31 + 31 + 30 + 31 + 22).toBe(245);
    expect(unitDates(plan, term, at("2026-12-22T12:00:00"))).toEqual({
      effectiveOn: "2026-12-23",
      maturesOn: "2027-03-23",
      lastDayOn: "2027-11-22",
      coverDays: 245,
    });
  });

  it.each([
    ["2026-11-22T23:59:59.999", 275, "the evening of issue, with the base unit"],
    ["2026-11-23T00:00:00", 274, "day 1"],
    ["2026-12-21T23:59:59.999", 246, "day 29, which takes effect on day 30"],
    ["2026-12-22T00:00:00", 245, "day 30, first instant"],
    ["2026-12-22T23:59:59.999", 245, "day 30, last instant"],
    ["2026-12-23T00:15:00", 244, "the grace after day 30"],
    ["2026-11-21T12:00:00", 275, "a provider's clock behind the first payment"],
    ["2027-12-25T12:00:00", 0, "after the term"],
  ])("R25: paid %s, %i days of cover (%s)", (local, coverDays) => {
    expect(unitDates(plan, term, at(local)).coverDays).toBe(coverDays);
  });

  it("R25: a term that holds a 29 February gives one day more", () => {
    const leapTerm = policyTerm(plan, at("2027-06-30T20:00:00"));
    expect(unitDates(plan, leapTerm, at("2027-06-30T20:00:00")).coverDays).toBe(276);
    expect(unitDates(plan, leapTerm, at("2027-07-30T12:00:00")).coverDays).toBe(246); // day 30
  });

  it("R22, R25: bought on day n, a unit counts on term − 90 − n days, in every term", () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 31 }), msOfDay, (issuedOn, n, ms) => {
        const anyTerm = policyTerm(plan, startOfShanghaiDay(issuedOn));
        const termDays = daysBetween(anyTerm.effectiveOn, anyTerm.lastDayOn) + 1;
        // Day n is the effective date + (n − 1), and the effective date is the issue date + 1.
        const paidAt = new Date(startOfShanghaiDay(addDays(issuedOn, n)).getTime() + ms);
        const unit = unitDates(plan, anyTerm, paidAt);
        expect([365, 366]).toContain(termDays);
        expect(unit.coverDays).toBe(termDays - 90 - n);
        expect(daysBetween(unit.effectiveOn, unit.maturesOn)).toBe(90);
        expect(unit.maturesOn <= unit.lastDayOn).toBe(true);
        expect(startOfShanghaiDay(unit.effectiveOn).getTime()).toBeGreaterThan(paidAt.getTime());
      }),
    );
  });
});

describe("R17: the collecting window", () => {
  it("day 1 is the effective date; it closes at 24:00 on day 30", () => {
    expect(collectingWindow(plan, "2026-11-23")).toEqual({
      firstDayOn: "2026-11-23",
      lastDayOn: "2026-12-22",
      closesAt: at("2026-12-23T00:00:00"),
    });
  });

  it.each([
    ["2026-11-22T20:00:00", true, "the evening of issue, before day 1"],
    ["2026-11-23T00:00:00", true, "day 1"],
    ["2026-12-22T23:59:59.999", true, "the last instant of day 30"],
    ["2026-12-23T00:00:00", false, "24:00 of day 30"],
  ])("at %s it is open: %s (%s)", (local, expected) => {
    expect(isCollecting(plan, "2026-11-23", at(local))).toBe(expected);
  });

  it.each([
    ["2026-12-22T10:00:00", "2026-12-22T10:01:00", true, "both inside"],
    ["2026-12-22T23:59:59.999", "2026-12-23T00:15:00", true, "15 minutes after the close, exactly"],
    ["2026-12-22T23:59:59.999", "2026-12-23T00:15:00.001", false, "a millisecond too late"],
    ["2026-12-23T00:00:00", "2026-12-23T00:01:00", false, "ordered at the close"],
    ["2026-12-23T00:00:00", "2026-12-22T23:59:59", false, "ordered at the close, odd clocks"],
  ])("ordered %s, paid %s: honoured %s (%s)", (created, paid, expected) => {
    const { closesAt } = collectingWindow(plan, "2026-11-23");
    const order = { createdAt: at(created), closesAt, paidAt: at(paid) };
    expect(honoursLatePayment(plan, order)).toBe(expected);
  });

  it("whatever is paid while the window is open is honoured", () => {
    fc.assert(
      fc.property(
        days,
        fc.nat({ max: 40 * 86_400_000 }),
        fc.nat({ max: 900_000 }),
        (on, ms, later) => {
          const { closesAt } = collectingWindow(plan, on);
          const createdAt = new Date(startOfShanghaiDay(on).getTime() + ms);
          const paidAt = new Date(createdAt.getTime() + later); // within a hold of 15 minutes
          expect(honoursLatePayment(plan, { createdAt, closesAt, paidAt })).toBe(
            isCollecting(plan, on, createdAt),
          );
        },
      ),
    );
  });
});

describe("R19: holds", () => {
  it("a place is held for 15 minutes, across midnight too", () => {
    expect(holdExpiresAt(plan, at("2026-12-22T23:50:00"))).toEqual(at("2026-12-23T00:05:00"));
  });
});
