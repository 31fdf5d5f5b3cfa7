/** Looks at policies all through a run, as people see them and as they are stored: never over the cap. */
import { setTimeout as delay } from "node:timers/promises";
import type { Town } from "../people/town";
import type { Random } from "../random";

export interface CapWatch {
  start(): void;
  stop(): Promise<void>;
  /** What was seen over the cap, one sentence each. */
  breaches: Set<string>;
  /** How many policies were seen with every place paid or promised. */
  fullest(): number;
  looks(): number;
}

const LOOK_MS = 40;
const AT_CAP = {
  name: "chaos_at_cap",
  text: `SELECT code, units_paid AS paid, units_held AS held, units_max AS max FROM policies
    WHERE units_paid + units_held >= units_max`,
};

interface Places {
  code: string;
  paid: number;
  held: number;
  max: number;
}

export function createCapWatch(town: Town, random: Random): CapWatch {
  const breaches = new Set<string>();
  const seenFull = new Set<string>();
  let looks = 0;
  let isStopped = true;
  let running: Promise<void> = Promise.resolve();

  async function lookAtPage(): Promise<void> {
    const { code } = random.pick(town.policies);
    const response = await fetch(`${town.world.url}/api/policies/${code}`, {
      headers: { "x-forwarded-for": "10.255.255.254" },
      signal: AbortSignal.timeout(8_000),
    });
    if (!response.ok) return;
    const { units, unitsMax, coverYuan } = (await response.json()) as Record<string, number>;
    if (units === undefined || unitsMax === undefined || coverYuan === undefined) return;
    if (units > unitsMax || coverYuan > 100_000) {
      breaches.add(`${code} was shown with ${units} of ${unitsMax} units, ${coverYuan} yuan`);
    }
  }

  async function lookAtRows(): Promise<void> {
    const rows = await town.world.db.query<Places>(AT_CAP, []);
    for (const { code, paid, held, max } of rows) {
      seenFull.add(code);
      if (paid + held === max) continue;
      breaches.add(`${code} has ${paid} units and ${held} promises of at most ${max}`);
    }
  }

  return {
    start() {
      if (!isStopped) return;
      isStopped = false;
      running = (async () => {
        while (!isStopped) {
          // Away is not wrong here: what cannot be read now is read the next time.
          await Promise.all([lookAtPage().catch(() => {}), lookAtRows().catch(() => {})]);
          looks += 1;
          await delay(LOOK_MS);
        }
      })();
    },
    async stop() {
      isStopped = true;
      await running;
    },
    breaches,
    fullest: () => seenFull.size,
    looks: () => looks,
  };
}
