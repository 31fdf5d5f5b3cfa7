import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { createState, type Refund, type SandboxSettings, type SandboxState } from "./state";
import { SECOND_MS } from "./time";

/** Maps are written as `{"$map": [[key, value], …]}`, because an order number may be `__proto__`. */
function replacer(_key: string, value: unknown): unknown {
  return value instanceof Map ? { $map: [...value] } : value;
}

function reviver(_key: string, value: unknown): unknown {
  if (value && typeof value === "object" && "$map" in value && Array.isArray(value.$map)) {
    return new Map(value.$map);
  }
  return value;
}

/** Refunds saved before they could end otherwise than well do not say how they will. */
function completeRefund(refund: Refund, settings: SandboxSettings): void {
  const defaults = {
    closedAtMs: null,
    outcome: "SUCCESS",
    finishAtMs: refund.createdAtMs + settings.refundDelaySeconds * SECOND_MS,
    fundsAccount: "AVAILABLE",
    channel: "ORIGINAL",
    userReceivedAccount: "支付用户零钱",
    abnormalParameters: null,
  };
  Object.assign(refund, { ...defaults, ...refund });
}

/** Reads a saved state, or null when there is none. Fields that a newer sandbox knows get defaults. */
export function findSavedState(file: string, appUrl: string): SandboxState | null {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  const saved = JSON.parse(text, reviver) as SandboxState;
  const defaults = createState(appUrl);
  const settings = { ...defaults.settings, ...saved.settings, appUrl };
  for (const refund of saved.refunds.values()) completeRefund(refund, settings);
  return { ...defaults, ...saved, settings };
}

/** At most this often; a save that took long waits twenty times its own cost, so it stays below 5 %. */
const SAVE_INTERVAL_MS_MIN = 200;
const SAVE_COST_FACTOR = 20;

export interface StateSaver {
  /** Asks for a save soon. */
  touch(): void;
  /** Saves now if anything changed. */
  flush(): void;
}

/** Saves atomically: a temporary file in the same folder, then a rename. */
export function createStateSaver(file: string | null, state: SandboxState): StateSaver {
  let timer: NodeJS.Timeout | undefined;
  let lastCostMs = 0;

  function flush(): void {
    if (!timer || !file) return;
    clearTimeout(timer);
    timer = undefined;
    const startedAtMs = performance.now();
    const temporaryFile = `${file}.${process.pid}.tmp`;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(temporaryFile, JSON.stringify(state, replacer), { mode: 0o600 });
    renameSync(temporaryFile, file);
    lastCostMs = performance.now() - startedAtMs;
  }

  function touch(): void {
    if (!file || timer) return;
    timer = setTimeout(flush, Math.max(SAVE_INTERVAL_MS_MIN, lastCostMs * SAVE_COST_FACTOR));
  }

  return { touch, flush };
}
