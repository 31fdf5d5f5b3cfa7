import { describe, expect, it } from "vitest";
import { createBatcher } from "./batcher";

/** A statement that answers when told, and remembers what each one carried. */
function heldStatements(lanes: number, sizeMax = 64) {
  const sent: string[][] = [];
  const held: { answer(): void; fail(error: Error): void }[] = [];
  const call = createBatcher<string, string>({
    lanes,
    sizeMax,
    run: (inputs) =>
      new Promise((resolve, reject) => {
        sent.push(inputs);
        const outputs = inputs.map((input) =>
          input === "bad" ? new Error("bad") : `did ${input}`,
        );
        held.push({ answer: () => resolve(outputs), fail: reject });
      }),
  });
  const at = (index: number) => {
    const statement = held[index];
    if (!statement) throw new Error(`statement ${index} was never sent`);
    return statement;
  };
  return { sent, at, call };
}

describe("createBatcher", () => {
  it("sends a lone call at once and those that come meanwhile in one statement", async () => {
    const { sent, at, call } = heldStatements(1);
    const first = call("a");
    const others = [call("b"), call("c"), call("b")];
    expect(sent).toEqual([["a"]]);
    at(0).answer();
    expect(await first).toBe("did a");
    expect(sent[1]).toEqual(["b", "c", "b"]);
    at(1).answer();
    expect(await Promise.all(others)).toEqual(["did b", "did c", "did b"]);
  });

  it("never lets a call share a statement that was sent before it was made", async () => {
    const { sent, at, call } = heldStatements(1);
    const before = call("a");
    const after = call("a");
    at(0).answer();
    await before;
    expect(sent).toEqual([["a"], ["a"]]);
    at(1).answer();
    expect(await after).toBe("did a");
  });

  it("uses every lane before it makes anybody wait, and bounds a statement", async () => {
    const { sent, at, call } = heldStatements(2, 3);
    const calls = ["a", "b", "c", "d", "e", "f"].map((input) => call(input));
    expect(sent).toEqual([["a"], ["b"]]);
    at(0).answer();
    await calls[0];
    expect(sent[2]).toEqual(["c", "d", "e"]);
    at(1).answer();
    await calls[1];
    expect(sent[3]).toEqual(["f"]);
    at(2).answer();
    at(3).answer();
    expect(await Promise.all(calls)).toHaveLength(6);
  });

  it("one call's own error is its own; a failing statement fails those who wait too, and the next goes on", async () => {
    const { at, call } = heldStatements(1);
    const first = call("a");
    const mixed = [call("bad"), call("b")];
    at(0).answer();
    await first;
    at(1).answer();
    await expect(mixed[0]).rejects.toThrow("bad");
    expect(await mixed[1]).toBe("did b");
    const failing = [call("c"), call("d")];
    at(2).fail(new Error("away"));
    for (const call of failing) await expect(call).rejects.toThrow("away");
    const after = call("e");
    at(3).answer();
    expect(await after).toBe("did e");
  });
});
