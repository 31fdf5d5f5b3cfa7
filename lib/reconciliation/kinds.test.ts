import { expect, test } from "vitest";
import { DIFFERENCE_KINDS } from "./kinds";
import { REPAIRED_KINDS } from "./repair-differences";

test("what the table calls repairable is what the code repairs", () => {
  const repairable = Object.entries(DIFFERENCE_KINDS)
    .filter(([, { isRepairable }]) => isRepairable)
    .map(([kind]) => kind);
  expect(repairable.sort()).toEqual([...REPAIRED_KINDS].sort());
});

test("every kind says in sentences what it means and what a person does", () => {
  for (const { meaning, todo } of Object.values(DIFFERENCE_KINDS)) {
    expect(meaning).toMatch(/^[A-Z].*\.$/);
    expect(todo).toMatch(/^[A-Z].*\.$/);
  }
});
