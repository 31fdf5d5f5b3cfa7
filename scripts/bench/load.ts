/** A load of prepared POSTs over kept-alive connections. */
import { Agent, request } from "node:http";
import type { SignedNotify } from "./notifies";

/**
 * Posts every notify once, `concurrency` at a time, each worker on a connection of its own.
 *
 * @throws Error at the first answer that is not an acknowledgement (200 or 204), or when the whole
 *   takes longer than `timeoutMs`.
 */
export async function postAll(
  url: string,
  notifies: readonly SignedNotify[],
  options: { concurrency: number; timeoutMs: number },
): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: options.concurrency });
  const deadline = AbortSignal.timeout(options.timeoutMs);
  const { hostname, port, pathname } = new URL(url);
  let next = 0;
  async function work(): Promise<void> {
    for (let notify = notifies[next++]; notify; notify = notifies[next++]) {
      deadline.throwIfAborted();
      const status = await post({ hostname, port, path: pathname, agent }, notify);
      if (status !== 200 && status !== 204) throw new Error(`${url} answered ${status}`);
    }
  }
  try {
    await Promise.all(Array.from({ length: options.concurrency }, work));
  } finally {
    agent.destroy();
  }
}

function post(
  target: { hostname: string; port: string; path: string; agent: Agent },
  notify: SignedNotify,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ ...target, method: "POST", headers: notify.headers }, (response) => {
      response.resume();
      response.on("end", () => resolve(response.statusCode ?? 0));
      response.on("error", reject);
    });
    outgoing.on("error", reject);
    outgoing.end(notify.body);
  });
}
