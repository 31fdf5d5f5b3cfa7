import { describe, expect, it } from "vitest";
import { coalesceReads } from "./coalesce";

/** A read that answers when told, and remembers what each statement asked for. */
function heldReads() {
  const asked: string[][] = [];
  const held: { answer(): void; fail(error: Error): void }[] = [];
  const find = coalesceReads<string>(
    (keys) =>
      new Promise((resolve, reject) => {
        asked.push(keys);
        const rows = new Map(
          keys.filter((key) => key !== "none").map((key) => [key, `row ${key}`]),
        );
        held.push({ answer: () => resolve(rows), fail: reject });
      }),
  );
  const at = (index: number) => {
    const statement = held[index];
    if (!statement) throw new Error(`statement ${index} was never sent`);
    return statement;
  };
  return { asked, at, find };
}

describe("coalesceReads", () => {
  it("sends a lone read at once and those that come meanwhile in one statement", async () => {
    const { asked, at, find } = heldReads();
    const first = find("a");
    const others = [find("b"), find("c"), find("none")];
    expect(asked).toEqual([["a"]]);
    at(0).answer();
    expect(await first).toBe("row a");
    expect(asked).toEqual([["a"], ["b", "c", "none"]]);
    at(1).answer();
    expect(await Promise.all(others)).toEqual(["row b", "row c", null]);
  });

  it("never answers from a statement that was sent before the question", async () => {
    const { asked, at, find } = heldReads();
    const before = find("a");
    const after = find("a");
    at(0).answer();
    await before;
    expect(asked).toEqual([["a"], ["a"]]);
    at(1).answer();
    expect(await after).toBe("row a");
  });

  it("asks once for what several want, and at most 64 keys at a time", async () => {
    const { asked, at, find } = heldReads();
    const first = find("a");
    const keys = Array.from({ length: 65 }, (_, index) => `k${index}`);
    const others = [...keys, ...keys].map((key) => find(key));
    at(0).answer();
    await first;
    expect(asked[1]).toEqual(keys.slice(0, 64));
    at(1).answer();
    await others[0];
    expect(asked[2]).toEqual(["k64"]);
    at(2).answer();
    expect(await Promise.all(others)).toEqual([...keys, ...keys].map((key) => `row ${key}`));
  });

  it("a failing statement fails its askers only, and the next one goes on", async () => {
    const { at, find } = heldReads();
    const failing = find("a");
    const next = find("b");
    at(0).fail(new Error("away"));
    await expect(failing).rejects.toThrow("away");
    at(1).answer();
    expect(await next).toBe("row b");
  });

  it("a read that throws instead of rejecting fails the same way", async () => {
    const find = coalesceReads<string>(() => {
      throw new Error("broken");
    });
    await expect(find("a")).rejects.toThrow("broken");
    await expect(find("a")).rejects.toThrow("broken");
  });
});
