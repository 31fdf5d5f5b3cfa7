/**
 * `npm run yuan -- <outTradeNo | transactionId | outRefundNo> [--json] [--link]`: everything on
 * record about one yuan, as text or JSON; `--link` prints an address for staff that opens the same
 * as a page for an hour. Without DATABASE_URL it looks at the demo that runs, or ran last. Exit 1
 * when no order has that number.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { type Clock, createSandboxClock, systemClock } from "@/lib/clock";
import { createDatabase } from "@/lib/db/database";
import { printStory } from "@/lib/yuan/print-story";
import { findOutTradeNo, findStaffYuan } from "@/lib/yuan/queries";
import { createStaffLink } from "@/lib/yuan/staff-link";
import { dataFolder } from "./support/paths";
import { readLocalSecrets } from "./support/secrets";

interface Place {
  databaseUrl: string;
  publicUrl: string;
  clock: Clock;
  readSessionSecret(): Promise<string>;
}

/** The installation that the environment names, or the demo of this checkout. */
async function findPlace(): Promise<Place> {
  const { DATABASE_URL, PUBLIC_URL, SESSION_SECRET, WECHAT_SANDBOX_URL } = process.env;
  const clockOf = (sandboxUrl: string | undefined) =>
    sandboxUrl ? createSandboxClock(sandboxUrl) : systemClock;
  if (DATABASE_URL) {
    return {
      databaseUrl: DATABASE_URL,
      publicUrl: (PUBLIC_URL ?? "").replace(/\/+$/, ""),
      clock: clockOf(WECHAT_SANDBOX_URL),
      readSessionSecret: async () => {
        if (SESSION_SECRET && PUBLIC_URL) return SESSION_SECRET;
        throw new Error("--link needs the app's SESSION_SECRET and PUBLIC_URL.");
      },
    };
  }
  const text = await readFile(path.join(dataFolder, "world.json"), "utf8").catch(() => null);
  if (text === null) throw new Error("Run `npm run demo` first, or set DATABASE_URL.");
  const demo = JSON.parse(text) as { databaseUrl: string; appUrl: string; sandboxUrl: string };
  return {
    databaseUrl: demo.databaseUrl,
    publicUrl: demo.appUrl,
    clock: clockOf(demo.sandboxUrl),
    readSessionSecret: async () => (await readLocalSecrets(dataFolder)).sessionSecret,
  };
}

async function tellYuan(): Promise<boolean> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: "boolean" }, link: { type: "boolean" } },
  });
  const [number] = positionals;
  if (!number || positionals.length > 1) {
    throw new Error(
      "Usage: npm run yuan -- <outTradeNo | transactionId | outRefundNo> [--json] [--link]",
    );
  }
  const place = await findPlace();
  const db = createDatabase(place.databaseUrl, 2);
  try {
    await place.clock.refresh();
    const now = place.clock.now();
    const outTradeNo = await findOutTradeNo({ db }, number);
    const yuan = outTradeNo && (await findStaffYuan({ db, now: () => now }, outTradeNo));
    if (!yuan) {
      console.error(`No order, transaction or refund has the number ${number}.`);
      return false;
    }
    if (values.link) {
      const sessionSecret = await place.readSessionSecret();
      console.log(createStaffLink({ publicUrl: place.publicUrl, sessionSecret }, outTradeNo, now));
    } else {
      console.log(values.json ? JSON.stringify(yuan, null, 2) : printStory(yuan, now));
    }
    return true;
  } finally {
    await db.close();
  }
}

tellYuan().then(
  (isFound) => process.exit(isFound ? 0 : 1),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
