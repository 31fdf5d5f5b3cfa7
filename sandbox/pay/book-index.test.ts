import { expect, it } from "vitest";
import { createBookIndex } from "./book-index";

interface Row {
  key: string;
  number: string | null;
}

it("knows what was in the book, what was added, and nothing of another book", () => {
  const book = new Map<string, Row>([["a", { key: "a", number: "1" }]]);
  const index = createBookIndex<Row>((row) => row.number);
  expect(index.find(book, "1")?.key).toBe("a");
  const row: Row = { key: "b", number: null };
  book.set("b", row);
  index.add(book, row);
  expect(index.find(book, "2")).toBeNull();
  row.number = "2";
  index.add(book, row);
  expect(index.find(book, "2")).toBe(row);
  expect(index.find(new Map(), "1")).toBeNull();
});
