import { describe, expect, test } from "vitest";
import { PLAN_DOCUMENTS, readPlanDocuments } from "@/lib/plans/content/documents";
import { parseInline, parseMarkdown } from "./parse-markdown";

const plain = (text: string) => [{ text, isBold: false }];

describe("parseMarkdown", () => {
  test("reads headings, paragraphs and both kinds of list", () => {
    expect(parseMarkdown("# A\n\n## B\n\none\ntwo\n\n- x\n- y\n\n1. p\n2. q")).toEqual([
      { kind: "heading", level: 1, content: plain("A") },
      { kind: "heading", level: 2, content: plain("B") },
      { kind: "paragraph", content: plain("one two") },
      { kind: "list", isOrdered: false, items: [plain("x"), plain("y")] },
      { kind: "list", isOrdered: true, items: [plain("p"), plain("q")] },
    ]);
  });

  test("reads a table with its rule, and leaves a lone bar as text", () => {
    expect(parseMarkdown("| a | b |\n| :-- | --- |\n| 1 | **2** |")).toEqual([
      {
        kind: "table",
        head: [plain("a"), plain("b")],
        rows: [[plain("1"), [{ text: "2", isBold: true }]]],
      },
    ]);
    expect(parseMarkdown("| not a table |")).toEqual([
      { kind: "paragraph", content: plain("| not a table |") },
    ]);
  });

  test("a block follows a paragraph without an empty line between", () => {
    expect(parseMarkdown("say:\n- x").map((block) => block.kind)).toEqual(["paragraph", "list"]);
  });

  test("HTML and links stay text: there is nothing to sanitise", () => {
    const source = '<img src=x onerror="a()"> [x](javascript:a)';
    expect(parseMarkdown(source)).toEqual([{ kind: "paragraph", content: plain(source) }]);
  });
});

describe("parseInline", () => {
  test.each([
    ["a **b** c", ["a ", "b", " c"]],
    ["**b**", ["b"]],
    ["**a** and **b**", ["a", " and ", "b"]],
    ["2 ** 3", ["2 ** 3"]],
    ["****", ["****"]],
    ["", []],
  ])("%j splits into %j", (source, parts) => {
    expect(parseInline(source).map((part) => part.text)).toEqual(parts);
  });
});

test("every plan document reads into blocks and loses no character of its text", async () => {
  const documents = await readPlanDocuments();
  expect(documents).toHaveLength(PLAN_DOCUMENTS.length);
  for (const { body } of documents) {
    const text = JSON.stringify(parseMarkdown(body));
    for (const word of body.match(/\p{Script=Han}+/gu) ?? []) expect(text).toContain(word);
    expect(text).not.toContain("**");
    expect(text).not.toContain('"| ');
  }
});
