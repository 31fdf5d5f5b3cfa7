/**
 * Keeps the world outside unkind. The sandbox's chaos spoils a share of all calls; beside it every
 * kind of fault that nobody has met yet is ordered once, so that rare ones are not left to luck.
 */
import { setTimeout as delay } from "node:timers/promises";
import type { Random } from "../random";
import type { Sandbox } from "../world/sandbox";
import { chaosRates, endpointOf, FAULTS, type FaultName, isOfBill, kindOf } from "./catalogue";

export interface Faults {
  /** Calls are spoiled from now on. */
  start(): Promise<void>;
  /** No more; what waits for its call is taken back. */
  stop(): Promise<void>;
  /** Spoils the next call that can meet this fault, if there is one until `takeBack`. */
  spoilNext(name: FaultName): Promise<void>;
  /** Those that no call has met. */
  takeBack(): Promise<FaultName[]>;
  /** How many calls were spoiled, by `endpoint.kind`. */
  met: ReadonlyMap<FaultName, number>;
}

/** One look at the queue. */
const TICK_MS = 60;
/** Real milliseconds of an answer, the world's of a notify. */
const DELAY_MS = { min: 10, max: 1_500 };

interface QueuedFault {
  id: string;
  endpoint: string;
  kind: string;
}

export function createFaults(sandbox: Sandbox, random: Random): Faults {
  const met = new Map<FaultName, number>();
  const waiting = new Map<string, FaultName>();
  const wanted = random.shuffle(FAULTS.filter((name) => !isOfBill(name)));
  let isStopped = true;
  let running: Promise<void> = Promise.resolve();

  function add(name: FaultName, times: number): void {
    met.set(name, (met.get(name) ?? 0) + times);
  }

  async function order(name: FaultName): Promise<void> {
    const [endpoint, kind] = [endpointOf(name), kindOf(name)];
    // A notify that is held back for so long comes after its order's hold is over.
    const delayMs = name === "notify.delay" ? random.between(60, 1_500) * 1_000 : undefined;
    const fault = await sandbox.call<QueuedFault>("POST", "/faults", {
      endpoint,
      kind,
      ...(delayMs === undefined ? {} : { delayMs }),
    });
    waiting.set(fault.id, name);
  }

  /** What is no longer queued was met. */
  async function count(): Promise<void> {
    const queued = await sandbox.call<QueuedFault[]>("GET", "/faults");
    const ids = new Set(queued.map(({ id }) => id));
    for (const [id, name] of waiting) {
      if (ids.has(id)) continue;
      waiting.delete(id);
      add(name, 1);
    }
  }

  /** What nobody has met. */
  async function takeBack(): Promise<FaultName[]> {
    await count();
    const unmet = [...waiting.values()];
    waiting.clear();
    await sandbox.call("DELETE", "/faults");
    return unmet;
  }

  /** At most one waits at each endpoint, so that rare calls are not spoiled every time. */
  async function tick(): Promise<void> {
    await count();
    const busy = new Set([...waiting.values()].map(endpointOf));
    const next = wanted.findIndex((name) => !busy.has(endpointOf(name)));
    const [name] = next < 0 ? [] : wanted.splice(next, 1);
    if (name) await order(name);
  }

  return {
    met,
    async start() {
      if (!isStopped) return;
      isStopped = false;
      const seed = random.between(1, 1_000_000);
      await sandbox.call("POST", "/chaos", { seed, rates: chaosRates(), delayMs: DELAY_MS });
      running = (async () => {
        while (!isStopped) {
          await tick();
          await delay(TICK_MS);
        }
      })();
    },
    async stop() {
      if (isStopped) return;
      isStopped = true;
      await running;
      wanted.push(...(await takeBack()));
      await sandbox.call("DELETE", "/chaos");
      const { injected } = await sandbox.call<{ injected: Record<FaultName, number> }>(
        "GET",
        "/chaos",
      );
      for (const [name, times] of Object.entries(injected)) add(name, times);
    },
    spoilNext: order,
    takeBack,
  };
}

/** The same counts by kind. */
export function countByKind(met: ReadonlyMap<FaultName, number>): Map<string, number> {
  const kinds = new Map<string, number>();
  for (const [name, times] of met) {
    const kind = kindOf(name);
    kinds.set(kind, (kinds.get(kind) ?? 0) + times);
  }
  return kinds;
}
