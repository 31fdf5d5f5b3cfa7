import { describe, expect, test } from "vitest";
import { formatFen, formatYuan } from "./money";

describe("formatYuan", () => {
  test.each([
    [0, "¥0"],
    [300, "¥300"],
    [1000, "¥1,000"],
    [37000, "¥37,000"],
    [100000, "¥100,000"],
    [1234567, "¥1,234,567"],
    [-1000, "−¥1,000"],
  ])("%i reads %s", (yuan, text) => expect(formatYuan(yuan)).toBe(text));
});

describe("formatFen", () => {
  test.each([
    [100, "¥1"],
    [5, "¥0.05"],
    [150, "¥1.50"],
    [100000, "¥1,000"],
    [-100, "−¥1"],
    [0, "¥0"],
  ])("%i fen reads %s", (fen, text) => expect(formatFen(fen)).toBe(text));
});
