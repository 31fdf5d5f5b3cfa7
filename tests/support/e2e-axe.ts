import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];
/** What cannot be read while it moves is judged once it stands still. */
export const STILL = { reducedMotion: "reduce" } as const;

/** Everything in the light; in the dark what depends on colours. */
export async function expectAccessible(page: Page, label: string): Promise<void> {
  await expectNoFinding(page, label, "light", new AxeBuilder({ page }).withTags(WCAG));
  await expectColours(page, label, "dark");
}

/** Only what depends on colours. */
export async function expectColours(
  page: Page,
  label: string,
  colorScheme: "light" | "dark",
): Promise<void> {
  const axe = new AxeBuilder({ page }).withRules(COLOUR_RULES);
  await expectNoFinding(page, label, colorScheme, axe);
}

async function expectNoFinding(
  page: Page,
  label: string,
  colorScheme: "light" | "dark",
  axe: AxeBuilder,
): Promise<void> {
  await page.emulateMedia({ colorScheme, ...STILL });
  const { violations } = await axe.analyze();
  const lines = violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} ${target.join(" ")}: ${failureSummary}`),
    );
  expect(lines, `${label}, ${colorScheme}`).toEqual([]);
}
