import { expect, test } from "vitest";
import { pictureVersion } from "./picture-version";
import { POLICY } from "./testing/samples";

test("the same content has the same name, any other content another", () => {
  const base = pictureVersion({ kind: "poster", picture: POLICY });
  expect(pictureVersion({ kind: "poster", picture: structuredClone(POLICY) })).toBe(base);
  const others = [
    pictureVersion({ kind: "card", picture: POLICY }),
    pictureVersion({ kind: "poster", picture: { ...POLICY, units: 38 } }),
    pictureVersion({ kind: "poster", picture: { ...POLICY, isFaceShown: false } }),
    pictureVersion({ kind: "poster", picture: { ...POLICY, locale: "en" } }),
    pictureVersion({ kind: "poster", picture: { ...POLICY, shortCode: null } }),
  ];
  expect(new Set([base, ...others]).size).toBe(others.length + 1);
  expect(base).toMatch(/^[\w-]{16}$/);
});
