/**
 * A PostgreSQL that keeps what a restore needs: base backups and an archive of its log. The server in
 * npm has neither pg_basebackup nor pg_dump, so a backup is what those programs do themselves: the
 * data folder, copied between `pg_backup_start` and `pg_backup_stop`, with the label that the latter
 * returns (PostgreSQL's manual, "Continuous Archiving and Point-in-Time Recovery").
 */
import { chmod, chown, copyFile, mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { findFreePort } from "@/scripts/support/ports";
import { type Postgres, startPostgres } from "@/scripts/support/postgres";
import { findServerUser } from "@/scripts/support/postgres-host";

const user = findServerUser();

export interface ArchivedPostgres extends Postgres {
  /** Closes the log's present file and waits until it is in the archive. */
  archiveNow(): Promise<void>;
  /** Copies the running server's data to a new folder, ready for `restoreBackup`. */
  takeBackup(to: string): Promise<void>;
}

/** Starts a durable server whose data is `folder`/postgres and whose archive is `archive`. */
export async function startArchivedPostgres(
  folder: string,
  archive: string,
): Promise<ArchivedPostgres> {
  await makeServersFolder(archive);
  return startOn(path.join(folder, "postgres"), archive, []);
}

/** Starts a new server on a copy of the backup and replays the archive to its end. */
export async function restoreBackup(
  backup: string,
  { dataFolder, archive }: { dataFolder: string; archive: string },
): Promise<ArchivedPostgres> {
  await copyFolder(backup, dataFolder, () => true);
  await writeServersFile(path.join(dataFolder, "recovery.signal"), "");
  return startOn(dataFolder, archive, [`restore_command=cp "${archive}/%f" "%p"`]);
}

async function startOn(
  dataFolder: string,
  archive: string,
  settings: string[],
): Promise<ArchivedPostgres> {
  const server = await startPostgres({
    dataFolder,
    port: await findFreePort(),
    password: "drill",
    logFile: `${dataFolder}.log`,
    isDurable: true,
    settings: [
      // The disk is lost anyway; what survives is what another disk has.
      "fsync=off",
      "archive_mode=on",
      // Never over a file that is there, and never a file cut short: a copy appears under its name whole.
      `archive_command=test ! -f "${archive}/%f" && cp "%p" "${archive}/%f.part" && mv "${archive}/%f.part" "${archive}/%f"`,
      ...settings,
    ],
  });
  return {
    ...server,
    archiveNow: () => duringBackup(server, async () => undefined).then(() => undefined),
    async takeBackup(to) {
      const label = await duringBackup(server, () => copyFolder(server.dataFolder, to, isKept));
      await writeServersFile(path.join(to, "backup_label"), label);
    },
  };
}

/** @returns the backup's label. PostgreSQL answers when all of the log up to here is archived. */
async function duringBackup(server: Postgres, work: () => Promise<void>): Promise<string> {
  const client = new pg.Client({ connectionString: server.url("postgres") });
  await client.connect();
  try {
    await client.query("SELECT pg_backup_start('drill', fast => true)");
    await work();
    const { rows } = await client.query("SELECT labelfile FROM pg_backup_stop()");
    return rows[0].labelfile;
  } finally {
    await client.end();
  }
}

/** What the manual says to leave out: of the running server only, or in the archive anyway. */
const EMPTIED = /^(pg_wal|pg_replslot|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_subtrans)\//;
const LEFT_OUT = /^(postmaster\.(pid|opts)|backup_label)$|(^|\/)pgsql_tmp/;

function isKept(file: string): boolean {
  return !EMPTIED.test(file) && !LEFT_OUT.test(file);
}

async function copyFolder(
  from: string,
  to: string,
  isWanted: (file: string) => boolean,
  inside = "",
): Promise<void> {
  await makeServersFolder(path.join(to, inside));
  for (const entry of await readdir(path.join(from, inside), { withFileTypes: true })) {
    const file = path.posix.join(inside, entry.name);
    if (!isWanted(file)) continue;
    if (entry.isDirectory()) await copyFolder(from, to, isWanted, file);
    else await copyPresentFile(path.join(from, file), path.join(to, file));
  }
}

/** A running server drops files while it is copied; what it dropped, the log drops again. */
async function copyPresentFile(from: string, to: string): Promise<void> {
  try {
    await copyFile(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  await giveToServer(to);
}

async function makeServersFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o700);
  await giveToServer(folder);
}

async function writeServersFile(file: string, content: string): Promise<void> {
  await writeFile(file, content, { mode: 0o600 });
  await giveToServer(file);
}

/** Under root the server is another user and must own what it starts on. */
async function giveToServer(file: string): Promise<void> {
  if (user) await chown(file, user.uid, user.gid);
}
