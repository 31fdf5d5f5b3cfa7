import { describe, expect, test } from "vitest";
import {
  formatDay,
  formatDayAndTime,
  formatFullDay,
  formatMoment,
  formatMonth,
  formatNearDay,
  formatTime,
} from "./dates";

const TODAY = "2026-11-22";

describe("days", () => {
  test("a day of this year drops its year, another year keeps it", () => {
    expect(formatDay("2026-12-01", TODAY, "zh-CN")).toBe("12 月 1 日");
    expect(formatDay("2027-02-21", TODAY, "zh-CN")).toBe("2027 年 2 月 21 日");
    expect(formatDay("2027-02-21", TODAY, "en")).toBe("21 Feb 2027");
    expect(formatFullDay("2026-11-22", "en")).toBe("22 Nov 2026");
    expect(formatMonth("2027-02-21", "zh-CN")).toBe("2027 年 2 月");
  });

  test.each([
    ["2026-11-21", "昨天", "yesterday"],
    ["2026-11-22", "今天", "today"],
    ["2026-11-23", "明天", "tomorrow"],
    ["2026-11-24", "11 月 24 日", "24 Nov"],
  ])("%s is called by its name", (date, chinese, english) => {
    expect(formatNearDay(date, TODAY, "zh-CN")).toBe(chinese);
    expect(formatNearDay(date, TODAY, "en")).toBe(english);
  });

  test("the neighbours of New Year's Day have names too", () => {
    expect(formatNearDay("2026-12-31", "2027-01-01", "zh-CN")).toBe("昨天");
    expect(formatNearDay("2027-01-01", "2026-12-31", "zh-CN")).toBe("明天");
  });
});

describe("instants are read in Shanghai, whatever the server's zone", () => {
  test("16:00Z is midnight of the next day", () => {
    expect(formatTime("2026-11-21T16:00:00Z", "second")).toBe("00:00:00");
    expect(formatMoment("2026-11-21T16:00:00Z", TODAY, "zh-CN")).toBe("00:00");
    expect(formatMoment("2026-11-21T15:59:59Z", TODAY, "zh-CN")).toBe("昨天");
    expect(formatDayAndTime("2026-11-21T13:08:00Z", TODAY, "zh-CN")).toBe("昨天 21:08");
    expect(formatDayAndTime("2026-11-22T03:42:05+08:00", TODAY, "en")).toBe("today 03:42");
  });
});
