import { describe, expect, it } from "vitest";
import { createVault } from "./vault";

const vault = createVault({ encryptionKeyHex: "11".repeat(32), indexKeyHex: "22".repeat(32) });
const other = createVault({ encryptionKeyHex: "33".repeat(32), indexKeyHex: "44".repeat(32) });

describe("vault", () => {
  it("opens what it sealed, and seals the same value differently each time", () => {
    const first = vault.seal("11010519491231002X", "identities.id_number.idn_1");
    const second = vault.seal("11010519491231002X", "identities.id_number.idn_1");
    expect(first).not.toBe(second);
    expect(first).not.toContain("110105");
    expect(vault.open(first, "identities.id_number.idn_1")).toBe("11010519491231002X");
  });

  it("refuses a value moved to another row, a flipped byte and another key", () => {
    const sealed = vault.seal("王小雨", "identities.name.idn_1");
    const flipped = `${sealed.slice(0, -2)}${sealed.endsWith("A") ? "B" : "A"}${sealed.at(-1)}`;
    expect(() => vault.open(sealed, "identities.name.idn_2")).toThrow();
    expect(() => vault.open(flipped, "identities.name.idn_1")).toThrow();
    expect(() => other.open(sealed, "identities.name.idn_1")).toThrow();
  });

  it("R7: the blind index is equal for equal numbers whatever the case, and needs the key", () => {
    expect(vault.blindIndex("11010519491231002x")).toBe(vault.blindIndex(" 11010519491231002X "));
    expect(vault.blindIndex("11010519491231002X")).not.toBe(other.blindIndex("11010519491231002X"));
    expect(vault.blindIndex("11010519491231002X")).toMatch(/^[0-9a-f]{64}$/);
  });
});
