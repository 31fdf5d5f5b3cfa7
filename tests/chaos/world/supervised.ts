/** A process of ours that the run may kill, stop, freeze and start again. */
import { setTimeout as delay } from "node:timers/promises";
import { type Child, startScript, waitForAnswer } from "@/scripts/support/processes";

type ScriptOptions = Parameters<typeof startScript>[0];

export interface Supervised {
  name: string;
  isRunning(): boolean;
  /** Starts it unless it runs; does not wait until it answers. */
  start(): void;
  /** SIGKILL: no handler runs, nothing in flight is finished. Resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGTERM, as a deployment does it. Resolves when it is gone. */
  terminate(): Promise<void>;
  /** SIGSTOP, then SIGCONT: a machine that stood still and knows nothing of it. */
  freeze(): void;
  thaw(): void;
  /** Starts it when needed and resolves when it does its work. */
  ready(): Promise<void>;
  /** How it ended when nobody had asked it to, with its last lines. */
  crashes: string[];
}

/** A cold machine with two cores under load takes seconds, not more. */
const READY_TIMEOUT_MS = 60_000;
const DRAIN_TIMEOUT_MS = 15_000;

/** @param healthUrl answers 2xx when the process does its work; null for the worker, which has none. */
export function supervise(options: ScriptOptions, healthUrl: string | null): Supervised {
  let child: Child | undefined;
  let isEndWanted = false;
  const crashes: string[] = [];

  const isRunning = () => child !== undefined && !child.hasEnded();

  function start(): void {
    if (isRunning()) return;
    const started = startScript(options);
    child = started;
    isEndWanted = false;
    void started.ended.then((sentence) => {
      if (child === started && !isEndWanted) crashes.push(`${sentence}\n${started.tail()}`);
    });
  }

  async function end(signal: NodeJS.Signals, timeoutMs: number): Promise<void> {
    if (!child || child.hasEnded()) return;
    isEndWanted = true;
    process.kill(child.pid, signal);
    const ended = child.ended.then(() => true);
    if (await Promise.race([ended, delay(timeoutMs, false, { ref: false })])) return;
    if (isRunning()) process.kill(child.pid, "SIGKILL");
    await child.ended;
  }

  const signal = (name: NodeJS.Signals) => {
    if (child && !child.hasEnded()) process.kill(child.pid, name);
  };

  return {
    name: options.name,
    isRunning,
    start,
    kill: () => end("SIGKILL", READY_TIMEOUT_MS),
    terminate: () => end("SIGTERM", DRAIN_TIMEOUT_MS),
    freeze: () => signal("SIGSTOP"),
    thaw: () => signal("SIGCONT"),
    async ready() {
      start();
      if (child && healthUrl) {
        await waitForAnswer(child, healthUrl, READY_TIMEOUT_MS, (response) => response.ok);
      }
    },
    crashes,
  };
}
