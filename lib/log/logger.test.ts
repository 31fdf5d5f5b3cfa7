import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createLogger, redact } from "./logger";

const digits = (length: number) =>
  fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: length, maxLength: length });
const openids = fc
  .string({
    unit: fc.constantFrom(..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
    minLength: 27,
    maxLength: 27,
  })
  .map((rest) => `o${rest}`);
const surroundings = fc.constantFrom(
  ['"', '"'],
  ["", ""],
  ["身份证", "，"],
  ["openid=", "&x=1"],
  ["(", ")"],
  ["key: ", "\n"],
);

describe("nothing personal survives, wherever it stands", () => {
  test("resident ID numbers", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(..."123456789"),
        digits(16),
        fc.constantFrom(..."0123456789Xx"),
        fc.constantFrom("", "_", "id", '"', "号"),
        (head, middle, end, before) => {
          const number = head + middle + end;
          expect(redact(`${before}${number}, and so on`)).not.toContain(number);
        },
      ),
    );
  });

  test("mobile numbers, with and without the country's", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("", "86", "+86", "tel:", "_", "机"),
        fc.constantFrom(..."3456789"),
        digits(9),
        (before, second, rest) => {
          const number = `1${second}${rest}`;
          expect(redact(`${before}${number}.`)).not.toContain(number);
        },
      ),
    );
  });

  test("openids, also those that begin or end with a dash", () => {
    fc.assert(
      fc.property(openids, surroundings, (openid, [before, after]) => {
        expect(redact(`${before}${openid}${after}`)).not.toContain(openid);
      }),
    );
  });
});

describe("what logs are read for stays", () => {
  test.each([
    ["an order's number", "W261122aZ09bY18cX27dW36eV45fU54"],
    ["a transaction's number", "4200001234202611229876543210"],
    ["a refund's number at WeChat", "50300123452026112212345678901"],
    ["an id of ours", "ord_01kbmzs4e0q8v3x7w2y6z5r9tn"],
    ["milliseconds", "1795355707123"],
    ["an instant", "2026-11-22T04:00:00.000Z"],
    ["an amount", '{"amountFen":100}'],
    ["a 15-digit number", "110105920615002"],
  ])("%s", (_label, text) => expect(redact(text)).toBe(text));
});

describe("a logger", () => {
  test("redacts fields, messages and nested errors alike, one JSON line each", () => {
    const lines: string[] = [];
    const log = createLogger("info", (line) => lines.push(line));
    const openid = `o${"Ab3-".repeat(6)}xy-`;
    log.info({ openid, nested: { phone: "13800138000" } }, `of ${openid}`);
    log.error({ error: new Error("110105199206150021").stack }, "failed");
    log.debug({}, "not at this level");
    expect(lines).toHaveLength(2);
    expect(lines.join("")).not.toMatch(/13800138000|110105199206150021|Ab3/);
    for (const line of lines) expect(JSON.parse(line)).toHaveProperty("time");
  });
});
