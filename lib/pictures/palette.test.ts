import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { PALETTE } from "./palette";

test("the pictures have the colours of the pages", () => {
  const css = readFileSync("app/globals.css", "utf8");
  const light = css.slice(css.indexOf(":root {"), css.indexOf("}"));
  const colours = Object.fromEntries(
    [...light.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]),
  );
  expect(colours).toMatchObject(PALETTE);
});
