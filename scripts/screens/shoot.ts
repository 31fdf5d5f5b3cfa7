import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Browser, Page } from "@playwright/test";
import sharp from "sharp";
import { WECHAT_USER_AGENT } from "../../tests/support/e2e-user-agent";

export const COLOUR_SCHEMES = ["light", "dark"] as const;
export type ColourScheme = (typeof COLOUR_SCHEMES)[number];

/** The repository keeps every picture for ever, so each stays small (design §4). */
const BYTES_MAX = 150 * 1024;

const DEVICES = {
  phone: { width: 390, height: 844 },
  desktop: { width: 1280, height: 860 },
};
export type Device = keyof typeof DEVICES;

/** A browser of WeChat's on a phone, or any browser on a desk. */
export async function openScreen(
  browser: Browser,
  device: Device,
  colorScheme: ColourScheme,
): Promise<Page> {
  const isPhone = device === "phone";
  const context = await browser.newContext({
    baseURL: process.env.APP_URL,
    viewport: DEVICES[device],
    deviceScaleFactor: isPhone ? 2 : 1,
    ...(isPhone && { userAgent: WECHAT_USER_AGENT, isMobile: true, hasTouch: true }),
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    colorScheme,
    reducedMotion: "reduce",
  });
  return context.newPage();
}

/** Takes the viewport as it stands; a palette keeps flat colours flat and the file small. */
export async function saveScreen(page: Page, file: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  const picture = await page.screenshot({ animations: "disabled", caret: "hide" });
  const bytes = await sharp(picture).png({ palette: true, effort: 10, dither: 0.4 }).toBuffer();
  if (bytes.length > BYTES_MAX) {
    throw new Error(`${path.basename(file)} has ${bytes.length} bytes, over ${BYTES_MAX}`);
  }
  await writeFile(file, bytes);
}
