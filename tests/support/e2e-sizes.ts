import { expect, type Page } from "@playwright/test";
import { isWiderThanScreen } from "./e2e-pages";

/** The usual phone, and the narrowest in use. */
const WIDTHS = [
  { width: 390, height: 844 },
  { width: 320, height: 568 },
];
/** As it is, and the largest text that WeChat's own setting gives. */
const TEXT_SCALES = [1, 1.4];

/** Nothing is wider than the phone at any width and text size; leaves the page as it was. */
export async function expectFitsAnyPhone(page: Page, label: string): Promise<void> {
  const atFirst = page.viewportSize();
  for (const size of WIDTHS) {
    await page.setViewportSize(size);
    for (const scale of TEXT_SCALES) {
      await page.evaluate((factor) => {
        const { style } = document.documentElement;
        style.fontSize = factor === 1 ? "" : `${factor * 100}%`;
      }, scale);
      const isWide = await isWiderThanScreen(page);
      expect(isWide, `${label}: ${size.width} px, ${scale}×, scrolls sideways`).toBe(false);
    }
  }
  await page.evaluate(() => document.documentElement.style.removeProperty("font-size"));
  if (atFirst) await page.setViewportSize(atFirst);
}
