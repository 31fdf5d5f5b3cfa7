import { defaultDelayMs, type FaultEndpoint, type FaultKind } from "./fault-kinds";
import type { Fault } from "./faults";
import type { Sandbox } from "./sandbox";
import { createSeededMemory, stepSeededRandom } from "./seeded-random";

/** Trouble without end: each call draws whether and how it is spoiled. */
export interface Chaos {
  seed: number;
  /** Probability per `endpoint.kind`; those of one endpoint add up to at most 1. */
  rates: Record<string, number>;
  /** The range of waits, in milliseconds. */
  delayMs: { min: number; max: number };
  /** One generator per endpoint: how often the app queries must not change what befalls its refunds. */
  memories: Record<string, number>;
  /** How many calls have been spoiled so far, per `endpoint.kind`. */
  injected: Record<string, number>;
}

/** Waits that a client with a time-out of seconds mostly survives. */
const DELAY_MS_DEFAULT = { min: 50, max: 500 };
/** `duplicate` sends one to this many more. */
const COPIES_MAX = 4;

/** Chaos that begins now; equal seeds and equal calls give equal trouble. */
export function createChaos(values: {
  seed: number;
  rates: Record<string, number>;
  delayMs?: { min: number; max: number };
}): Chaos {
  const { seed, rates, delayMs = DELAY_MS_DEFAULT } = values;
  return { seed, rates, delayMs, memories: {}, injected: {} };
}

function drawNumber(chaos: Chaos, endpoint: FaultEndpoint): number {
  const before = chaos.memories[endpoint] ?? createSeededMemory(chaos.seed, endpoint);
  const { memory, value } = stepSeededRandom(before);
  chaos.memories[endpoint] = memory;
  return value;
}

/** The kind whose share of 0…1 the draw falls into. */
function drawKind(chaos: Chaos, endpoint: FaultEndpoint): FaultKind | null {
  let left = drawNumber(chaos, endpoint);
  for (const [name, rate] of Object.entries(chaos.rates)) {
    const [of, kind] = name.split(".");
    if (of !== endpoint) continue;
    if (left < rate) return kind as FaultKind;
    left -= rate;
  }
  return null;
}

/** Draws for one call; null when there is no chaos, none at this endpoint, or good luck. */
export function drawFault(sandbox: Sandbox, endpoint: FaultEndpoint): Fault | null {
  const { chaos } = sandbox.state;
  if (!chaos || !Object.keys(chaos.rates).some((name) => name.startsWith(`${endpoint}.`))) {
    return null;
  }
  const kind = drawKind(chaos, endpoint);
  sandbox.touch();
  if (!kind) return null;
  const name = `${endpoint}.${kind}`;
  chaos.injected[name] = (chaos.injected[name] ?? 0) + 1;
  const { min, max } = chaos.delayMs;
  const isWait = kind === "delay" || kind === "late_effect";
  return {
    id: "chaos",
    endpoint,
    kind,
    count: 1,
    delayMs: isWait
      ? Math.round(min + drawNumber(chaos, endpoint) * (max - min))
      : defaultDelayMs(kind),
    copies: kind === "duplicate" ? 1 + Math.floor(drawNumber(chaos, endpoint) * COPIES_MAX) : 1,
    status: null,
    code: null,
    message: null,
    outTradeNo: null,
  };
}
