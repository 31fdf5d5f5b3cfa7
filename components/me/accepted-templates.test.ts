import { describe, expect, test } from "vitest";
import { readAccepted } from "./accepted-templates";

const answer = (details: unknown) => ({ errMsg: "subscribe:ok", subscribeDetails: details });
const status = (word: string) => JSON.stringify({ status: word });

describe("readAccepted", () => {
  test("takes what was accepted, of what was asked", () => {
    const details = JSON.stringify({
      a: status("accept"),
      b: status("reject"),
      c: status("accept"),
    });
    expect(readAccepted(answer(details), ["a", "b"])).toEqual(["a"]);
  });

  test("reads objects as well as their JSON", () => {
    expect(readAccepted(answer({ a: { status: "accept" } }), ["a"])).toEqual(["a"]);
  });

  test.each([
    undefined,
    null,
    {},
    answer("accept"),
    answer("{"),
    answer({ a: "accept" }),
    answer([]),
  ])("%j is no consent", (detail) => {
    expect(readAccepted(detail, ["a"])).toEqual([]);
  });
});
