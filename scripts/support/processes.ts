import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, mkdirSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { repositoryFolder } from "./paths";

/** Enough of a dying process's output to say why it died. */
const TAIL_LINES = 20;
const TAIL_CHARACTERS = 16_000;

/** Variables of a child process; Node's own type is narrowed by Next and wants NODE_ENV. */
export type Environment = Record<string, string | undefined>;

/** One way of asking a process to end, and how long it gets before the next, harsher one. */
export type StopRequest = { signal: NodeJS.Signals; waitMs: number };

/** In-flight settles are finished on SIGTERM; what takes longer than this hangs. */
const STOP_REQUESTS: StopRequest[] = [
  { signal: "SIGTERM", waitMs: 15_000 },
  { signal: "SIGKILL", waitMs: 5_000 },
];

export type ChildOptions = {
  name: string;
  command: string;
  arguments: string[];
  environment: Environment;
  /** Everything the process prints goes here. */
  logFile: string;
  workingFolder?: string;
  /** The system user to run as; only root may name one. */
  user?: { uid: number; gid: number };
  stopRequests?: StopRequest[];
  /** Opens a channel whose closing tells the child that we died. */
  followsParent?: boolean;
};

/** A process that we started and will stop. */
export type Child = {
  name: string;
  pid: number;
  /** Resolves when the process has ended, with a sentence that says how. Never rejects. */
  ended: Promise<string>;
  hasEnded(): boolean;
  /** The last lines that the process printed. */
  tail(): string;
  /** Calls back with everything the process prints. */
  onOutput(listener: (text: string) => void): void;
  /** Ends the process by its pid, kindly first, and waits until it is gone. */
  stop(): Promise<void>;
};

/** What runs now, in the order it was started. */
const liveChildren = new Set<Child>();

/** Stops everything that `startChild` started and that still runs, the last one first. */
export async function stopAllChildren(): Promise<void> {
  for (const child of [...liveChildren].reverse()) await child.stop();
}

/**
 * Starts a process in a process group of its own: Ctrl-C in a terminal goes to a whole group, and
 * ours must end in our order, the database last.
 */
export function startChild(options: ChildOptions): Child {
  mkdirSync(path.dirname(options.logFile), { recursive: true });
  const log = createWriteStream(options.logFile, { flags: "a" });
  const child = spawn(options.command, options.arguments, {
    cwd: options.workingFolder ?? repositoryFolder,
    env: options.environment as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe", ...(options.followsParent ? (["ipc"] as const) : [])],
    detached: process.platform !== "win32",
    windowsHide: true,
    ...options.user,
  });
  let printed = "";
  const listeners: ((text: string) => void)[] = [];
  const onData = (chunk: Buffer): void => {
    const text = chunk.toString("utf8");
    printed = (printed + text).slice(-TAIL_CHARACTERS);
    log.write(chunk);
    for (const listener of listeners) listener(text);
  };
  child.stdout?.on("data", onData);
  child.stderr?.on("data", onData);
  let ended = false;
  const end = waitForEnd(child, options.name).then((sentence) => {
    ended = true;
    liveChildren.delete(started);
    log.end();
    return sentence;
  });
  const started: Child = {
    name: options.name,
    // Without a pid the process never started; `ended` says why and nothing is ever signalled.
    pid: child.pid ?? 0,
    ended: end,
    hasEnded: () => ended,
    tail: () => printed.trimEnd().split("\n").slice(-TAIL_LINES).join("\n"),
    onOutput: (listener) => listeners.push(listener),
    async stop() {
      for (const { signal, waitMs } of options.stopRequests ?? STOP_REQUESTS) {
        if (ended) return;
        child.kill(signal);
        await Promise.race([end, delay(waitMs, undefined, { ref: false })]);
      }
      if (!ended) throw new Error(`${options.name} (pid ${child.pid}) cannot be stopped.`);
    },
  };
  liveChildren.add(started);
  return started;
}

function waitForEnd(child: ChildProcess, name: string): Promise<string> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(`${name} could not start: ${error.message}`));
    // "close" comes after the last output, so the tail is complete when this resolves.
    child.once("close", (code, signal) =>
      resolve(signal ? `${name} was killed by ${signal}` : `${name} ended with exit code ${code}`),
    );
  });
}

/** Starts a TypeScript file of this repository with Node; it ends when this process ends. */
export function startScript(
  options: Omit<ChildOptions, "command" | "arguments" | "followsParent"> & {
    file: string;
    arguments?: string[];
  },
): Child {
  const followParent = pathToFileURL(
    path.join(repositoryFolder, "scripts/support/follow-parent.mjs"),
  ).href;
  return startChild({
    ...options,
    command: process.execPath,
    arguments: [
      "--import",
      "tsx",
      "--import",
      followParent,
      options.file,
      ...(options.arguments ?? []),
    ],
    followsParent: true,
  });
}

/** How often a starting process is asked whether it answers. */
const ANSWER_POLL_MS = 100;

/**
 * Waits until `url` answers as wanted (by default: at all). Throws with the child's last lines
 * when it ends first or does not answer in time.
 */
export async function waitForAnswer(
  child: Child,
  url: string,
  timeoutMs: number,
  isWanted = (_response: Response): boolean => true,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (performance.now() < deadline) {
    if (child.hasEnded()) throw new Error(`${await child.ended}.\n${child.tail()}`);
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
    await response?.body?.cancel();
    if (response && isWanted(response)) return;
    await Promise.race([child.ended, delay(ANSWER_POLL_MS)]);
  }
  throw new Error(`${child.name} did not answer ${url} in ${timeoutMs} ms.\n${child.tail()}`);
}

/** Runs a TypeScript file to its end and returns what it printed on standard output and error. */
export async function runScript(options: Parameters<typeof startScript>[0]): Promise<string> {
  const child = startScript(options);
  let output = "";
  child.onOutput((text) => {
    output += text;
  });
  const sentence = await child.ended;
  if (!sentence.endsWith("exit code 0")) throw new Error(`${sentence}.\n${child.tail()}`);
  return output;
}
