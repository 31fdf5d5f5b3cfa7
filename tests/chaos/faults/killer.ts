/**
 * Kills processes at moments of load: each blow falls when the people have paid so and so often,
 * a few milliseconds later, as the seed says. What is killed comes back by itself, as under any
 * supervisor.
 */
import { setTimeout as delay } from "node:timers/promises";
import type { Random } from "../random";
import type { Supervised } from "../world/supervised";
import type { ChaosWorld } from "../world/world";

export const BLOWS = [
  "kill app",
  "kill worker",
  "kill postgres",
  "stop app",
  "stop worker",
  "freeze app",
  "freeze worker",
  "outlive lease",
] as const;
export type Blow = (typeof BLOWS)[number];

interface PlannedBlow {
  blow: Blow;
  afterPayments: number;
  delayMs: number;
  /** How long the victim is away. */
  awayMs: number;
  /** Which of the app's processes, counted from 0. */
  victim: number;
}

export interface Killer {
  /** Blows fall from now on as payments grow. */
  start(): void;
  /** Resolves when all that was hit runs again. */
  stop(): Promise<void>;
  isFinished(): boolean;
  counts(): Map<Blow, number>;
}

/** SIGKILL shares: the app's processes are two, PostgreSQL is where an answer gets lost. */
const POSTGRES_SHARE = 0.3;
const WORKER_SHARE = 0.25;
/** Gentler blows for every eight kills. */
const GENTLE_PER_KILLS = 8;
const LOOK_MS = 10;
/** Longer than the worker's longest claim (60 s). */
const LEASE_SECONDS = 95;

export function planBlows(random: Random, kills: number, payments: number): PlannedBlow[] {
  const postgres = Math.max(1, Math.round(kills * POSTGRES_SHARE));
  const worker = Math.max(1, Math.round(kills * WORKER_SHARE));
  const gentle = Math.max(1, Math.round(kills / GENTLE_PER_KILLS));
  const times = (blow: Blow, howOften: number) => Array.from({ length: howOften }, () => blow);
  const blows = random.shuffle([
    ...times("kill postgres", postgres),
    ...times("kill worker", worker),
    ...times("kill app", Math.max(1, kills - postgres - worker)),
    ...(["stop app", "stop worker", "freeze app", "freeze worker"] as const).flatMap((blow) =>
      times(blow, gentle),
    ),
    ...times("outlive lease", 1),
  ]);
  return blows.map((blow, index) => ({
    blow,
    // Spread over the run, each somewhere within its own stretch; none after the last payment.
    afterPayments: Math.floor(((index + random.next()) / blows.length) * payments * 0.97),
    delayMs: random.between(0, 120),
    awayMs: blow.startsWith("freeze") ? random.between(200, 3_000) : random.between(0, 400),
    victim: random.between(0, 1),
  }));
}

export function createKiller(
  world: ChaosWorld,
  plan: readonly PlannedBlow[],
  countPayments: () => number,
): Killer {
  const counts = new Map<Blow, number>();
  const left = [...plan];
  /** One blow at a time for each victim: the next waits until it stands again. */
  const queues = new Map<string, Promise<void>>();
  let isStopped = true;
  let running: Promise<void> = Promise.resolve();

  function strike(planned: PlannedBlow): void {
    const target = targetOf(planned);
    const before = queues.get(target) ?? Promise.resolve();
    queues.set(
      target,
      before.then(async () => {
        await delay(planned.delayMs);
        world.note(`${planned.blow} (${target}) falls`);
        await perform(world, planned);
        world.note(`${planned.blow} (${target}) is over`);
        counts.set(planned.blow, (counts.get(planned.blow) ?? 0) + 1);
      }),
    );
  }

  async function watch(): Promise<void> {
    while (!isStopped) {
      while (left[0] && left[0].afterPayments <= countPayments()) {
        strike(left.shift() as PlannedBlow);
      }
      await delay(LOOK_MS);
    }
  }

  return {
    start() {
      if (!isStopped) return;
      isStopped = false;
      running = watch();
    },
    async stop() {
      isStopped = true;
      await running;
      await Promise.all(queues.values());
    },
    isFinished: () => left.length === 0,
    counts: () => counts,
  };
}

function targetOf({ blow, victim }: PlannedBlow): string {
  if (blow === "kill postgres") return "postgres";
  return blow.endsWith("app") ? `app${victim}` : "worker";
}

async function perform(world: ChaosWorld, { blow, victim, awayMs }: PlannedBlow): Promise<void> {
  const app = world.apps[victim] as Supervised;
  switch (blow) {
    case "kill app":
      return bringBack(app, app.kill(), awayMs);
    case "kill worker":
      return bringBack(world.worker, world.worker.kill(), awayMs);
    case "stop app":
      return bringBack(app, app.terminate(), awayMs);
    case "stop worker":
      return bringBack(world.worker, world.worker.terminate(), awayMs);
    case "freeze app":
      return freeze(app, () => delay(awayMs));
    case "freeze worker":
      return freeze(world.worker, () => delay(awayMs));
    case "outlive lease":
      // Its claims lapse while it stands still; the other worker takes them, then it wakes up.
      return freeze(world.worker, () => world.sandbox.advance(LEASE_SECONDS));
    case "kill postgres":
      await world.postgres.kill();
      await delay(awayMs);
      return world.postgres.start();
  }
}

async function bringBack(one: Supervised, gone: Promise<void>, awayMs: number): Promise<void> {
  await gone;
  await delay(awayMs);
  one.start();
}

async function freeze(one: Supervised, meanwhile: () => Promise<void>): Promise<void> {
  one.freeze();
  await meanwhile();
  one.thaw();
}
