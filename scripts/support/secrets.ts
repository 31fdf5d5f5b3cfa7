import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

/** The secrets of one local installation, 32 random bytes each, as 64 hex digits. */
export type LocalSecrets = {
  sessionSecret: string;
  identityEncryptionKey: string;
  identityIndexKey: string;
  postgresPassword: string;
};

function createSecrets(): LocalSecrets {
  const secret = (): string => randomBytes(32).toString("hex");
  return {
    sessionSecret: secret(),
    identityEncryptionKey: secret(),
    identityIndexKey: secret(),
    postgresPassword: secret(),
  };
}

/**
 * Reads `secrets.json` of a data folder, or makes it on the first run, readable by its owner only.
 * It lies beside the database because the database cannot be read without it.
 */
export async function readLocalSecrets(folder: string): Promise<LocalSecrets> {
  const file = path.join(folder, "secrets.json");
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text !== undefined) return JSON.parse(text) as LocalSecrets;
  const secrets = createSecrets();
  await mkdir(folder, { recursive: true });
  await writeFile(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flag: "wx" });
  return secrets;
}
