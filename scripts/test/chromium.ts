import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";
import { runNode } from "../support/commands";

const SYSTEM_BROWSERS = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** A browser that lacks a library of the system is there but does not start. */
function starts(browser: string): boolean {
  return existsSync(browser) && spawnSync(browser, ["--version", "--no-sandbox"]).status === 0;
}

/** Only Linux comes without Chinese fonts; every page of ours is Chinese first. */
function hasChineseFont(): boolean {
  if (process.platform !== "linux") return true;
  return (spawnSync("fc-list", [":lang=zh"]).stdout?.toString().trim() ?? "") !== "";
}

function findBrowser(): string | undefined {
  return [process.env.CHROMIUM_PATH ?? "", chromium.executablePath(), ...SYSTEM_BROWSERS].find(
    (browser) => browser !== "" && starts(browser),
  );
}

function installFromDebian(packages: string[]): void {
  const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const options = { env: environment, stdio: "inherit" } as const;
  spawnSync("apt-get", ["update", "-qq"], options);
  spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], options);
}

async function download(): Promise<void> {
  const playwright = "node_modules/@playwright/test/cli.js";
  await runNode("playwright install", [playwright, "install", "chromium"], {
    // A closed network should cost seconds, not the half minute each of five tries would take.
    PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: "10000",
  }).catch(() => undefined);
}

/**
 * The path of a Chromium that starts: one that is there, else Playwright's own download, else
 * Debian's package. Throws with what to do when all three fail.
 */
export async function ensureChromium(): Promise<string> {
  const mayInstall = isRoot() && existsSync("/usr/bin/apt-get");
  if (!findBrowser()) await download();
  const missing = [
    ...(findBrowser() ? [] : ["chromium"]),
    ...(hasChineseFont() ? [] : ["fonts-noto-cjk", "fontconfig"]),
  ];
  if (missing.length > 0 && mayInstall) installFromDebian(missing);
  const browser = findBrowser();
  if (!browser) {
    throw new Error(
      "There is no Chromium, and neither Playwright nor apt-get could bring one. " +
        "Install one and set CHROMIUM_PATH to its program.",
    );
  }
  if (!hasChineseFont()) console.log("No Chinese font is installed; screenshots show boxes.");
  return browser;
}
