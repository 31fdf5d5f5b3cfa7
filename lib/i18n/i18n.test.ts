import { describe, expect, test } from "vitest";
import { fill } from "./fill";
import { decideLocale } from "./locale";

describe("decideLocale", () => {
  test.each([
    ["nothing known", {}, "zh-CN"],
    ["a choice wins over the browser", { cookie: "en", acceptLanguage: "zh-CN" }, "en"],
    ["an unknown choice is ignored", { cookie: "fr", acceptLanguage: "en-GB" }, "en"],
    ["other languages are skipped", { acceptLanguage: "fr-FR,fr;q=0.9,en;q=0.8" }, "en"],
    ["weights decide", { acceptLanguage: "en;q=0.3, zh-Hant;q=0.7" }, "zh-CN"],
    ["rubbish", { acceptLanguage: ";;;q=x,," }, "zh-CN"],
  ] as const)("%s", (_label, request, expected) => {
    expect(decideLocale(request)).toBe(expected);
  });
});

describe("fill", () => {
  test("fills what it knows and leaves what it does not", () => {
    expect(fill("{name} 亮了 {count} 格 {other}", { name: "小雨", count: 0 })).toBe(
      "小雨 亮了 0 格 {other}",
    );
  });
});
