import { describe, expect, test } from "vitest";
import { breakLines } from "./break-lines";

const byLength = (part: string) => [...part].length;
const linesOf = (text: string, widthMax: number) =>
  breakLines(text, widthMax, byLength).map((line) => line.trimEnd());

describe("lines", () => {
  test.each([
    ["Chinese breaks anywhere", "添一块钱给小雨", 3, ["添一块", "钱给小", "雨"]],
    ["no line begins with a comma", "添一块，钱", 3, ["添一", "块，钱"]],
    ["none ends with an opening bracket", "保险（互联）", 3, ["保险", "（互", "联）"]],
    ["an amount stays whole", "多 ¥1,000 保障", 7, ["多", "¥1,000", "保障"]],
    ["English breaks at spaces", "give Ada more cover", 9, ["give Ada", "more", "cover"]],
    ["a long word is a line of its own", "a Wilhelmina b", 4, ["a", "Wilhelmina", "b"]],
    ["nothing gives nothing", "  ", 4, []],
  ])("%s", (_name, text, widthMax, lines) => {
    expect(linesOf(text, widthMax)).toEqual(lines);
  });

  test("nothing is lost: joined, the lines are the text", () => {
    const text = "An invented insurer（演示用）, for demonstration。谢谢 you";
    expect(breakLines(text, 9, byLength).join("")).toBe(text);
  });
});
