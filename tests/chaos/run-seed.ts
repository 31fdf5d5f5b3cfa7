/**
 * One seed: safety (people act under faults and kills), heal (faults off, all started), liveness
 * (time passes until nothing is under way and every day balances), judgement (reliability.md §1.2).
 */
import { cp, rm } from "node:fs/promises";
import path from "node:path";
import { dataFolder } from "@/scripts/support/paths";
import { actUnderFire } from "./act-under-fire";
import { balanceDays } from "./balance-days";
import { judgeAll } from "./checks/judge";
import { countKills } from "./checks/real-run";
import type { Verdict } from "./checks/verdict";
import { countByKind, createFaults } from "./faults/faults";
import { createKiller, planBlows } from "./faults/killer";
import { createCapWatch } from "./faults/watch-caps";
import { openTown } from "./open-town";
import type { Options } from "./options";
import { createRandom, type Random } from "./random";
import { settleDown } from "./settle-down";
import { createStaff, explainIncidents } from "./staff";
import { type ChaosWorld, startChaosWorld } from "./world/world";

export interface SeedReport {
  seed: number;
  verdicts: Verdict[];
  payments: number;
  units: number;
  refunds: number;
  unknown: number;
  kills: number;
  blows: Map<string, number>;
  faults: Map<string, number>;
  fullPolicies: number;
  seconds: number;
  /** Where the logs are, when something broke. */
  logFolder: string;
}

export async function runSeed(seed: number, options: Options): Promise<SeedReport> {
  const startMs = performance.now();
  const logFolder = path.join(dataFolder, `chaos/seed-${seed}`);
  await rm(logFolder, { recursive: true, force: true });
  const world = await startChaosWorld();
  let isClean = false;
  try {
    const report = await runIn(world, createRandom(`seed ${seed}`), options);
    isClean = report.verdicts.every(({ findings }) => findings.length === 0);
    const seconds = (performance.now() - startMs) / 1_000;
    return { seed, ...report, seconds, logFolder };
  } finally {
    if (!isClean) await cp(path.join(world.folder, "logs"), logFolder, { recursive: true });
    await world.close({ keepsFolder: options.keepsFolder });
  }
}

async function runIn(
  world: ChaosWorld,
  random: Random,
  options: Options,
): Promise<Omit<SeedReport, "seed" | "seconds" | "logFolder">> {
  const town = await openTown(world, random, options);
  const staff = createStaff(world);
  const faults = createFaults(world.sandbox, random.fork("faults"));
  const plan = planBlows(random.fork("blows"), options.kills, options.payments);
  const killer = createKiller(world, plan, () => town.paid.size);
  const capWatch = createCapWatch(town, random.fork("caps"));

  capWatch.start();
  await actUnderFire(town, random, options, { faults, killer });
  world.note("heal");
  await world.heal();
  const stuck = await settleDown(world, staff);
  await capWatch.stop();
  world.note("balance the days");
  await balanceDays(town, staff, faults, random.fork("bills"));
  await explainIncidents(staff, faults.met);

  world.note("judge");
  const verdicts = await judgeAll(town, options, { staff, faults, killer, capWatch, stuck });
  return {
    verdicts,
    payments: town.paid.size,
    ...(await countBooks(world)),
    unknown: town.history.count("unknown"),
    kills: countKills(killer),
    blows: killer.counts(),
    faults: countByKind(faults.met),
    fullPolicies: capWatch.fullest(),
  };
}

const COUNTS = {
  name: "chaos_counts",
  text: `SELECT (SELECT count(*)::int FROM units WHERE status = 'active') AS units,
    (SELECT count(*)::int FROM refunds) AS refunds`,
};

async function countBooks(world: ChaosWorld): Promise<{ units: number; refunds: number }> {
  const [row] = await world.db.query<{ units: number; refunds: number }>(COUNTS, []);
  return row ?? { units: 0, refunds: 0 };
}
