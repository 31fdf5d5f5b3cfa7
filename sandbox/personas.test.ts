import { describe, expect, it } from "vitest";
import { listPersonas } from "./personas";
import type { Persona, PersonaOrigin } from "./state";

function createBook(...people: [openid: string, origin?: PersonaOrigin][]) {
  const personas = people.map(([openid, origin]): [string, Persona] => [
    openid,
    // One instant for all: only the order of adding may decide.
    { openid, unionid: "u", nickname: openid, isSnapshotUser: false, createdAtMs: 0, origin },
  ]);
  return { personas: new Map(personas) };
}

const listOpenids = (book: ReturnType<typeof createBook>) =>
  listPersonas(book).map(({ openid }) => openid);

describe("the order of people", () => {
  it("puts people made by hand first, the newest on top", () => {
    const book = createBook(["friend", "imported"], ["older", "hand"], ["newer", "hand"]);
    expect(listOpenids(book)).toEqual(["newer", "older", "friend"]);
  });

  it("then the principals of an import, then the rest, each as imported", () => {
    const book = createBook(
      ["friend 1", "imported"],
      ["owner 1", "principal"],
      ["friend 2", "imported"],
      ["owner 2", "principal"],
      ["me", "hand"],
    );
    expect(listOpenids(book)).toEqual(["me", "owner 1", "owner 2", "friend 1", "friend 2"]);
  });

  it("counts somebody of unknown origin among the rest", () => {
    expect(listOpenids(createBook(["old"], ["owner", "principal"]))).toEqual(["owner", "old"]);
  });
});
