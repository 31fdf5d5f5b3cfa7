import { ensureSandboxKeys } from "./keys";
import { startSandbox } from "./server";

/**
 * The sandbox as a process. Environment: SANDBOX_PORT (4010), SANDBOX_HOST (127.0.0.1),
 * SANDBOX_KEYS_FILE (.data/sandbox-keys.json), SANDBOX_STATE_FILE (.data/sandbox-state.json, empty =
 * memory only), APP_URL (http://127.0.0.1:3000), SANDBOX_PUBLIC_URL (when a proxy stands between),
 * SANDBOX_LOG (1 = one line per notify).
 */

const print = (line: string) => process.stdout.write(`${line}\n`);

/** Prints a sentence that a person can act on, and ends the process. */
function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

function readPort(): number {
  const port = Number(process.env.SANDBOX_PORT ?? "4010");
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    fail(`SANDBOX_PORT must be a port number, not "${process.env.SANDBOX_PORT}".`);
  }
  return port;
}

async function main(): Promise<void> {
  const port = readPort();
  const sandbox = await startSandbox({
    port,
    host: process.env.SANDBOX_HOST || "127.0.0.1",
    keys: ensureSandboxKeys(process.env.SANDBOX_KEYS_FILE ?? ".data/sandbox-keys.json"),
    appUrl: process.env.APP_URL ?? "http://127.0.0.1:3000",
    publicUrl: process.env.SANDBOX_PUBLIC_URL || null,
    stateFile: (process.env.SANDBOX_STATE_FILE ?? ".data/sandbox-state.json") || null,
    log: process.env.SANDBOX_LOG ? print : undefined,
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "EADDRINUSE") {
      fail(
        `Port ${port} is taken, so the WeChat sandbox cannot start. Set SANDBOX_PORT to another.`,
      );
    }
    throw error;
  });
  print(`WeChat sandbox: ${sandbox.url}`);

  let isStopping = false;
  const stop = () => {
    // A second Ctrl-C while stopping must not start a second stop.
    if (isStopping) return;
    isStopping = true;
    sandbox.close().then(
      () => process.exit(0),
      (error: Error) => fail(error.stack ?? error.message),
    );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

main().catch((error: Error) => fail(error.stack ?? error.message));
