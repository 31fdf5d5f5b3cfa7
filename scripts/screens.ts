/**
 * `npm run screens`: draws docs/screens/*.png, light and dark, from the demonstration data of a
 * world of its own. Set APP_URL and SANDBOX_URL to draw a world that runs; its demo should be new.
 * Names on the command line draw only those screens.
 */
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { chromium } from "@playwright/test";
import { scenes } from "./screens/scenes";
import { COLOUR_SCHEMES, openScreen, saveScreen } from "./screens/shoot";
import { openWorld } from "./support/open-world";
import { repositoryFolder } from "./support/paths";
import { step } from "./support/steps";
import { ensureChromium } from "./test/chromium";

async function drawScreens(names: readonly string[]): Promise<void> {
  const folder = path.join(repositoryFolder, "docs/screens");
  await mkdir(folder, { recursive: true });
  const isRoot = process.getuid?.() === 0;
  const browser = await chromium.launch({
    executablePath: await ensureChromium(),
    args: [
      ...(isRoot ? ["--no-sandbox"] : []),
      "--disable-gpu",
      "--disable-background-networking",
      // A date is written as on a phone that speaks the page's language, not as on this machine.
      "--enable-blink-features=LangAttributeAwareFormControlUI",
    ],
  });
  try {
    for (const [name, scene] of Object.entries(scenes)) {
      if (names.length > 0 && !names.includes(name)) continue;
      await step(name, async () => {
        for (const colorScheme of COLOUR_SCHEMES) {
          const page = await openScreen(browser, scene.device, colorScheme);
          await scene.draw(page);
          await saveScreen(page, path.join(folder, `${name}-${colorScheme}.png`));
          await page.context().close();
        }
      });
    }
  } finally {
    await browser.close();
  }
}

const closeWorld = await openWorld("screens");
try {
  await drawScreens(process.argv.slice(2));
} finally {
  await closeWorld();
}
