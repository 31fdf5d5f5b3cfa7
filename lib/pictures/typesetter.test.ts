import { describe, expect, test } from "vitest";
import { openTypesetter, STAND_IN, type Typesetter } from "./typesetter";

const typesetter: Typesetter = await openTypesetter();
const pathsOf = (text: string, weight: "regular" | "bold" = "bold") =>
  typesetter.setLine(text, weight).glyphs.map(({ d }) => d);

/** Names that clerks and programs stumble over: variants, Extensions A to F, newly coined ones. */
const RARE = "𠮷㛃䶮堃喆翀犇燚玥琎祎彧鋆淼焱皛旻垚㤗𬭎𬱟𨭎𫖯镕㵘叕煊鑫骉髙邨禤妘婳頔赟奡媭忞翾";

describe("rare characters", () => {
  test("all have a glyph, in both weights", () => {
    expect(typesetter.findMissing(RARE)).toEqual([]);
    const standIn = pathsOf(STAND_IN)[0];
    for (const weight of ["regular", "bold"] as const) {
      const paths = [...RARE].map((character) => pathsOf(character, weight).join(""));
      expect(paths).not.toContain("");
      expect(paths).not.toContain(standIn);
      // An empty box would be the same for all that lack a glyph.
      expect(new Set(paths).size).toBe(RARE.match(/./gu)?.length);
    }
  });

  test("𠮷 has its short stroke above, 吉 its long one: they are not mixed up", () => {
    const widthOfStroke = (character: string) => {
      const points = [...(pathsOf(character)[0] ?? "").matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)];
      const rows = points.map(([, x, y]) => ({ x: Number(x), y: Number(y) }));
      // The two horizontal strokes of 土 and 士 end at different heights.
      const extentAt = (low: number, high: number) => {
        const xs = rows.filter(({ y }) => y >= low && y < high).map(({ x }) => x);
        return Math.max(...xs) - Math.min(...xs);
      };
      return { upper: extentAt(600, 780), lower: extentAt(390, 540) };
    };
    const tu = widthOfStroke("𠮷");
    expect(tu.lower).toBeGreaterThan(tu.upper);
    const shi = widthOfStroke("吉");
    expect(shi.upper).toBeGreaterThan(shi.lower);
  });

  test("a character that no font has is seen as 〓, and the rest of the name stays", () => {
    expect(typesetter.findMissing("王𪚥")).toEqual(["𪚥"]);
    expect(pathsOf("王𪚥明")).toEqual([...pathsOf("王"), ...pathsOf(STAND_IN), ...pathsOf("明")]);
  });

  test("emoji are decoration and leave no hole", () => {
    expect(pathsOf("🌸小雨👍🏽❤️")).toEqual(pathsOf("小雨"));
  });
});

describe("widths", () => {
  test("a Han character is one em, and a line as wide as its characters", () => {
    expect(typesetter.setLine("小雨𠮷", "bold").widthEm).toBeCloseTo(3);
  });

  test("Latin is kerned", () => {
    const apart = ["A", "V"].map((letter) => typesetter.setLine(letter, "bold").widthEm);
    const together = typesetter.setLine("AV", "bold").widthEm;
    expect(together).toBeLessThan((apart[0] ?? 0) + (apart[1] ?? 0));
  });
});
