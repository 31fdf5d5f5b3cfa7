/**
 * The words themselves: both languages say the same things with the same places to fill, and no
 * Chinese text on a selling page uses a word that advertising or insurance law forbids (R54).
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { HEALTH_QUESTIONS } from "@/lib/plans/content/health-questions";

const MESSAGES = join(process.cwd(), "lib/i18n/messages");
const CONTENT = join(process.cwd(), "lib/plans/content");
const areas = readdirSync(join(MESSAGES, "zh-CN")).map((file) => file.replace(/\.ts$/, ""));

const FORBIDDEN = [
  /最/,
  /第一/,
  /唯一/,
  /国家级/,
  /顶级/,
  /首月/,
  /(?<![\d,.])0 ?元/,
  /免费/,
  // The law itself wants 「不保证续保」 said.
  /(?<!不)保证/,
  /自动续保/,
  /(?<!投)保本/,
  /稳赚/,
  /秒批/,
  /限时/,
] as const;

function findForbidden(text: string): string[] {
  return FORBIDDEN.flatMap((pattern) => {
    const match = new RegExp(`.{0,12}${pattern.source}.{0,12}`, "u").exec(text);
    return match ? [match[0]] : [];
  });
}

/** Comments are for us and may name what is forbidden. */
function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
}

describe("R54: forbidden words", () => {
  test.each(areas)("no message of %s has one", (area) => {
    const source = readFileSync(join(MESSAGES, "zh-CN", `${area}.ts`), "utf8");
    expect(findForbidden(withoutComments(source))).toEqual([]);
  });

  test.each(readdirSync(CONTENT).filter((file) => file.endsWith(".zh-CN.md")))(
    "nor has %s",
    (file) => {
      expect(findForbidden(readFileSync(join(CONTENT, file), "utf8"))).toEqual([]);
    },
  );

  test("nor has a health question", () => {
    expect(findForbidden(HEALTH_QUESTIONS.map(({ text }) => text["zh-CN"]).join("\n"))).toEqual([]);
  });

  test("the check finds what it should, and only that", () => {
    expect(findForbidden("全网最低，首月 0 元，限时免费")).toHaveLength(5);
    expect(findForbidden("本产品不保证续保，每份 1,000 元，也就是 100元")).toEqual([]);
  });
});

/** Every leaf by its dotted path, with the `{places}` its text has. */
function listLeaves(value: unknown, path: string): string[] {
  if (typeof value === "string") {
    const places = [...value.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
    return [`${path} ${value === "" ? "EMPTY" : ""}${[...new Set(places)].join(",")}`];
  }
  if (typeof value === "function") return [`${path}()`];
  return Object.entries(value as object).flatMap(([key, child]) =>
    listLeaves(child, `${path}.${key}`),
  );
}

describe("both languages", () => {
  test.each(areas)("%s has the same messages and places in English", async (area) => {
    const chinese = await import(`./messages/zh-CN/${area}.ts`);
    const english = await import(`./messages/en/${area}.ts`);
    const leaves = listLeaves(chinese[area], area);
    expect(listLeaves(english[area], area)).toEqual(leaves);
    expect(leaves.filter((leaf) => leaf.includes("EMPTY"))).toEqual([]);
  });

  test("no English message has a Chinese sentence in it", () => {
    for (const area of areas.filter((name) => name !== "language")) {
      const source = withoutComments(readFileSync(join(MESSAGES, "en", `${area}.ts`), "utf8"));
      expect(source.match(/[\p{Script=Han}]{8,}/u)?.[0] ?? "").toBe("");
    }
  });
});
