import { describe, expect, test } from "vitest";
import { ERROR_CODES } from "@/lib/errors/errors";
import { decideFieldCode, FIELD_CODES, isErrorCode } from "./field-codes";
import { LOCALES } from "./locale";
import { problemSentence } from "./problem-sentence";

describe("decideFieldCode", () => {
  test.each([
    ["idNumber", "id_checksum", "id_checksum"],
    ["idNumber", "too_small", "id_format"],
    ["name", "too_small", "name_too_short"],
    ["name", "too_big", "name_too_long"],
    ["name", "invalid_format", "name_characters"],
    ["phone", "invalid_format", "phone_format"],
    ["planVersion", "too_big", "invalid"],
  ])("%s refused as %s is told as %s", (name, code, expected) => {
    expect(decideFieldCode({ name, code })).toBe(expected);
    expect(FIELD_CODES).toContain(expected);
  });
});

describe("problemSentence", () => {
  test("every code has its own sentence in every language", () => {
    for (const locale of LOCALES) {
      const headers = new Headers({ cookie: `a=b; lang=${locale}` });
      const sentences = ERROR_CODES.map((code) => problemSentence(headers, code));
      expect(new Set(sentences).size).toBe(ERROR_CODES.length);
    }
  });

  test("the person's choice wins over the browser's list, and Chinese is the default", () => {
    const sentence = (headers: Record<string, string>) =>
      problemSentence(new Headers(headers), "not_found");
    expect(sentence({})).toMatch(/没有找到/);
    expect(sentence({ "accept-language": "en-GB" })).toMatch(/^Not found/);
    expect(sentence({ "accept-language": "en-GB", cookie: "lang=zh-CN" })).toMatch(/没有找到/);
  });
});

test("an unknown code is not an error code", () => {
  expect(isErrorCode("cap_reached")).toBe(true);
  expect(isErrorCode("toString")).toBe(false);
});
