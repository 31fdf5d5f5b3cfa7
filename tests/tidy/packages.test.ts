import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "./sources";

type LockEntry = {
  version?: string;
  resolved?: string;
  hasInstallScript?: boolean;
  optionalDependencies?: Record<string, string>;
};

type Lock = {
  packages: Record<string, LockEntry>;
};

const readJson = (file: string): unknown => JSON.parse(readFileSync(path.join(root, file), "utf8"));
const lock = readJson("package-lock.json") as Lock;
const manifest = readJson("package.json") as {
  allowScripts: Record<string, boolean>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};

/** Oldest versions without a known hole (reliability.md §3.1). */
const FLOORS: Record<string, string> = {
  next: "16.3.3",
  sharp: "0.35.4",
  prisma: "7.10.0",
  "@prisma/client": "7.10.0",
  "@hono/node-server": "1.19.13",
  react: "19.2.6",
  "react-dom": "19.2.6",
  postcss: "8.5.12",
};

/** Negative when `left` is the older release; a pre-release counts as the release it precedes. */
function compareVersions(left: string, right: string): number {
  const parts = (version: string): number[] => version.split(/[.+-]/).slice(0, 3).map(Number);
  const [leftParts, rightParts] = [parts(left), parts(right)];
  const differing = leftParts.findIndex((part, index) => part !== rightParts[index]);
  return differing < 0 ? 0 : (leftParts[differing] ?? 0) - (rightParts[differing] ?? 0);
}

function installedVersions(name: string): string[] {
  return Object.entries(lock.packages).flatMap(([place, entry]) =>
    place === `node_modules/${name}` || place.endsWith(`/node_modules/${name}`)
      ? [entry.version ?? "0.0.0"]
      : [],
  );
}

describe("the lock file", () => {
  it.each(Object.entries(FLOORS))("has %s at %s or later, everywhere", (name, floor) => {
    const versions = installedVersions(name);
    expect(versions).not.toEqual([]);
    expect(versions.filter((version) => compareVersions(version, floor) < 0)).toEqual([]);
  });

  it("has the optional packages of every system, or `npm ci` refuses the whole file", () => {
    const wanted = Object.values(lock.packages).flatMap(({ optionalDependencies }) =>
      Object.keys(optionalDependencies ?? {}),
    );
    expect(wanted.filter((name) => installedVersions(name).length === 0)).toEqual([]);
  });

  it("names no host: it works with whatever registry npm is set to", () => {
    const hosts = Object.values(lock.packages).filter(({ resolved }) => resolved !== undefined);
    expect(hosts).toEqual([]);
  });
});

describe("package.json", () => {
  it("says of every install script in the tree whether it may run", () => {
    const scripted = Object.entries(lock.packages)
      .filter(([, entry]) => entry.hasInstallScript)
      .map(([place]) => place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length));
    // fsevents is optional, for macOS only, and works without its script.
    const undecided = scripted.filter((name) => !(name in manifest.allowScripts));
    expect(undecided.filter((name) => name !== "fsevents")).toEqual([]);
  });

  it("does not let Prisma's install scripts run, because they download engines", () => {
    expect(manifest.allowScripts).toMatchObject({ prisma: false, "@prisma/engines": false });
  });

  it("pins every version exactly", () => {
    const all = { ...manifest.dependencies, ...manifest.devDependencies };
    const loose = Object.entries(all).filter(
      ([, version]) => !/^(npm:.+@)?\d+\.\d+\.\d+/.test(version),
    );
    expect(loose).toEqual([]);
  });
});

describe("comparing versions", () => {
  it.each([
    ["16.4.6", "16.3.3", 1],
    ["16.3.3", "16.3.3", 0],
    ["1.9.13", "1.19.13", -1],
    ["7.10.0", "7.9.9", 1],
    ["18.4.0-beta.17", "18.4.0", 0],
  ])("%s against %s", (left, right, sign) => {
    expect(Math.sign(compareVersions(left, right))).toBe(sign);
  });
});
