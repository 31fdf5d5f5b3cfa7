// Runs before anything is installed: plain JavaScript, Node's own modules only.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const OLDEST_NODE = [20, 19];
const HEARTBEAT_MS = 15_000;

function assertNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  throw new Error(`Node ${OLDEST_NODE.join(".")} or newer is needed; this is ${process.version}.`);
}

/** The packages that a lock file names, or none when it cannot be read. */
function readPackages(file) {
  if (!existsSync(file)) return {};
  return JSON.parse(readFileSync(file, "utf8")).packages ?? {};
}

/**
 * True when node_modules is what package-lock.json asks for. Contents are compared, not times: a
 * checkout touches the lock file without changing it. Optional packages are for other systems.
 */
function isInstalled() {
  const wanted = readPackages(path.join(root, "package-lock.json"));
  const present = readPackages(path.join(root, "node_modules", ".package-lock.json"));
  return Object.entries(wanted).every(
    ([name, entry]) => name === "" || entry.optional || present[name]?.version === entry.version,
  );
}

function runNpm(npmArguments) {
  // npm names its own program for the scripts it runs; that is the npm the person chose.
  const npm = process.env.npm_execpath;
  const [command, ...rest] = npm
    ? [process.execPath, npm, ...npmArguments]
    : ["npm", ...npmArguments];
  return new Promise((resolve, reject) => {
    const child = spawn(command, rest, {
      cwd: root,
      stdio: "inherit",
      shell: !npm && process.platform === "win32",
      env: {
        ...process.env,
        // Keeps an npm older than 11, which runs every install script, from downloading engines.
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      },
    });
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0 ? resolve(undefined) : reject(new Error(`npm ended with exit code ${code}.`)),
    );
  });
}

async function install() {
  const startMs = performance.now();
  const elapsed = () => `${((performance.now() - startMs) / 1000).toFixed(1)} s`;
  console.log("… install what package-lock.json names (a minute or so the first time)");
  const heartbeat = setInterval(
    () => console.log(`… install packages, ${elapsed()}`),
    HEARTBEAT_MS,
  );
  try {
    await runNpm(["ci", "--include=dev", "--no-audit", "--no-fund"]);
  } finally {
    clearInterval(heartbeat);
  }
  console.log(`✓ install packages (${elapsed()})`);
}

/** Installs what is missing, then runs a TypeScript file of this folder in this process. */
export async function bootstrap(file) {
  try {
    assertNode();
    process.chdir(root);
    if (!isInstalled()) await install();
    const { register } = await import("tsx/esm/api");
    register();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
  await import(new URL(file, import.meta.url).href);
}
