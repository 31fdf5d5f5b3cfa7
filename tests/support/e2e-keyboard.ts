import { expect, type Page } from "@playwright/test";

/** More stops than any page of ours has. */
const STOPS_MAX = 120;

interface Control {
  name: string;
  isReached: boolean;
  isSeen: boolean;
}

/**
 * Every control that can be seen is reached with the Tab key, and shows that it has the focus. Of
 * radio buttons of one name the arrow keys reach the others.
 */
export async function expectKeyboardReaches(page: Page, label: string): Promise<void> {
  const count = await page.evaluate(listControls);
  // Forms may hold the focus before; one round and a bit passes every control.
  for (let stop = 0; stop < Math.min(count + 5, STOPS_MAX); stop += 1) {
    await page.keyboard.press("Tab");
  }
  const controls: Control[] = await page.evaluate(() => (window as never as Watched).controls());
  const missed = controls.filter(({ isReached }) => !isReached).map(({ name }) => name);
  expect(missed, `${label}: not reached with the Tab key`).toEqual([]);
  const unseen = controls.filter(({ isSeen }) => !isSeen).map(({ name }) => name);
  expect(unseen, `${label}: has the focus and does not show it`).toEqual([]);
}

interface Watched {
  controls: () => Control[];
}

/** Runs in the page: remembers what gets the focus from now on; answers how many controls there are. */
function listControls(): number {
  const selector =
    "a[href], button:not(:disabled), input:not([type=hidden]):not(:disabled), textarea, select, summary";
  const radioNames = new Set<string>();
  const controls = [...document.querySelectorAll<HTMLElement>(selector)].filter((element) => {
    if (!element.checkVisibility({ visibilityProperty: true }) || element.tabIndex < 0)
      return false;
    if (!(element instanceof HTMLInputElement) || element.type !== "radio") return true;
    const isFirst = !radioNames.has(element.name);
    radioNames.add(element.name);
    return isFirst;
  });
  const reached = new Map<Element, boolean>();
  document.addEventListener("focusin", ({ target }) => {
    if (!(target instanceof HTMLElement)) return;
    // A control that is drawn by its label or by what stands beside it is marked there.
    const places = [
      target,
      target.parentElement,
      target.nextElementSibling,
      target.closest("label"),
    ];
    const isSeen = places.some((place) => place && getComputedStyle(place).outlineStyle !== "none");
    const radio = target instanceof HTMLInputElement && target.type === "radio" && target.name;
    const control = radio
      ? controls.find((one) => one instanceof HTMLInputElement && one.name === radio)
      : target;
    if (control) reached.set(control, isSeen);
  });
  (document.activeElement as HTMLElement | null)?.blur();
  (window as never as Watched).controls = () =>
    controls.map((control) => ({
      name: `<${control.tagName.toLowerCase()}> ${(control.textContent || control.id).slice(0, 40)}`,
      isReached: reached.has(control),
      isSeen: reached.get(control) ?? true,
    }));
  return controls.length;
}
