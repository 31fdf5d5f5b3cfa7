import { readFileSync } from "node:fs";

/**
 * Reads one file of `assets/` once, at import. The browser's code and styles live in real `.js` and
 * `.css` files so that the linter and the editor see them; the page functions stay pure.
 */
export function readAsset(name: string): string {
  return readFileSync(new URL(`./assets/${name}`, import.meta.url), "utf8");
}
