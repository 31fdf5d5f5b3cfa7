import { Logger as QueueLogger } from "graphile-worker";
import type { Logger } from "@/lib/log/logger";

/** What the job queue says, in our log: its errors. Its warnings are about choices made in worker.ts. */
export function queueLogger(log: Logger): QueueLogger {
  return new QueueLogger(() => (level, message) => {
    if (level === "error") log.error({ queue: message }, "job queue");
  });
}
