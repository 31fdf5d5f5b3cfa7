import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PricingAssertionError } from "./assert";
import {
  addDays,
  addYears,
  countDaysInclusive,
  daysBetween,
  isCalendarDate,
  maxDate,
  minDate,
  shanghaiDateOf,
  startOfShanghaiDay,
} from "./calendar";

const dates = fc.integer({ min: 0, max: 40_000 }).map((days) => addDays("1992-01-01", days));

describe("calendar dates", () => {
  it.each([
    ["2026-11-22", true, "an ordinary day"],
    ["2028-02-29", true, "a leap day"],
    ["2000-02-29", true, "a century divisible by 400 is a leap year"],
    ["2100-02-29", false, "a century that is not divisible by 400 is a common year"],
    ["2027-02-29", false, "a leap day in a common year"],
    ["2026-04-31", false, "the 31st of a month of 30 days"],
    ["2026-13-01", false, "month 13"],
    ["2026-00-10", false, "month 0"],
    ["2026-01-00", false, "day 0"],
    ["2026-1-1", false, "no leading zeros"],
    ["2026-11-22 ", false, "a trailing space"],
    ["2026-11-22\n", false, "a trailing line break"],
    ["2026-11-22T00:00:00Z", false, "an instant"],
    ["1799-12-31", false, "before any birth we read"],
    ["2200-01-01", false, "after any term"],
    ["", false, "nothing"],
  ])("%j is a date: %s (%s)", (value, expected) => {
    expect(isCalendarDate(value)).toBe(expected);
  });

  it("a malformed date is an assertion error in every function, never a wrong answer", () => {
    const bad = "2026-02-30";
    for (const call of [
      () => startOfShanghaiDay(bad),
      () => addDays(bad, 1),
      () => addYears(bad, 1),
      () => daysBetween(bad, "2026-01-01"),
      () => daysBetween("2026-01-01", bad),
      () => addDays("2026-01-01", 0.5),
      () => addDays("2199-12-31", 1),
      () => addYears("2199-12-31", 1),
      () => shanghaiDateOf(new Date(Number.NaN)),
    ]) {
      expect(call).toThrow(PricingAssertionError);
    }
  });

  it.each([
    ["2026-12-31", 1, "2027-01-01"],
    ["2027-02-28", 1, "2027-03-01"],
    ["2028-02-28", 1, "2028-02-29"],
    ["2028-03-01", -1, "2028-02-29"],
    ["2026-03-08", 1, "2026-03-09"], // New York, where these tests run, skips an hour here.
    ["2026-11-01", 1, "2026-11-02"], // … and repeats one here.
  ])("%s plus %i days is %s", (date, days, expected) => {
    expect(addDays(date, days)).toBe(expected);
  });

  it.each([
    ["2026-11-23", 1, "2027-11-23"],
    ["2028-02-29", 1, "2029-02-28"],
    ["2028-02-29", 4, "2032-02-29"],
    ["2027-02-28", 1, "2028-02-28"], // 28 February stays itself; it does not slide to the leap day.
  ])("R21: %s plus %i years is %s", (date, years, expected) => {
    expect(addYears(date, years)).toBe(expected);
  });

  it("addDays and daysBetween undo each other, and order like the strings", () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -20_000, max: 20_000 }), (date, days) => {
        const moved = addDays(date, days);
        expect(daysBetween(date, moved)).toBe(days);
        expect(moved > date).toBe(days > 0);
        expect(countDaysInclusive(date, moved)).toBe(days < 0 ? 0 : days + 1);
        expect([minDate(date, moved), maxDate(date, moved)]).toEqual([date, moved].sort());
      }),
    );
  });

  it("a year is 365 days, or 366 when it passes a 29 February", () => {
    fc.assert(
      fc.property(dates, (date) => {
        expect([365, 366]).toContain(daysBetween(date, addYears(date, 1)));
      }),
    );
  });
});

describe("Shanghai's midnight, whatever the server's zone", () => {
  it("runs in a zone other than Shanghai, or it would prove nothing", () => {
    expect(new Date("2026-11-22T00:00:00Z").getTimezoneOffset()).not.toBe(-480);
  });

  it.each([
    ["2026-11-22T15:59:59.999Z", "2026-11-22"], // 23:59:59.999 +08:00
    ["2026-11-22T16:00:00.000Z", "2026-11-23"], // 00:00 +08:00
    ["2026-11-22T23:59:59.999Z", "2026-11-23"], // 07:59 +08:00, still the day before in UTC
    ["2026-12-31T16:00:00.000Z", "2027-01-01"],
    ["2028-02-28T16:00:00.000Z", "2028-02-29"],
  ])("%s is on %s in Shanghai", (instant, expected) => {
    expect(shanghaiDateOf(new Date(instant))).toBe(expected);
  });

  it("a day starts at 16:00 UTC of the day before", () => {
    expect(startOfShanghaiDay("2026-11-23").toISOString()).toBe("2026-11-22T16:00:00.000Z");
  });

  it("agrees with the time-zone database for every instant since 1992", () => {
    const oracle = new Intl.DateTimeFormat("en-CA", {
      timeZone: "Asia/Shanghai",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
    });
    const instants = fc.date({
      min: new Date("1992-01-01T00:00:00Z"),
      max: new Date("2100-01-01T00:00:00Z"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, (instant) => {
        const date = shanghaiDateOf(instant);
        expect(date).toBe(oracle.format(instant));
        const startMs = startOfShanghaiDay(date).getTime();
        expect(instant.getTime() - startMs).toBeGreaterThanOrEqual(0);
        expect(instant.getTime() - startMs).toBeLessThan(86_400_000);
      }),
    );
  });

  it("the first instant of a day is on it, the one before is not", () => {
    fc.assert(
      fc.property(dates, (date) => {
        const start = startOfShanghaiDay(date);
        expect(shanghaiDateOf(start)).toBe(date);
        expect(shanghaiDateOf(new Date(start.getTime() - 1))).toBe(addDays(date, -1));
      }),
    );
  });
});
