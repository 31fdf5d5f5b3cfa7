import { defaultDelayMs, type FaultKind } from "../fault-kinds";
import { type Spoil, takeFault } from "../faults";
import { randomDigits } from "../random";
import type { Sandbox } from "../sandbox";
import type { Notification, NotificationAttempt } from "../state";
import { formatCompact, HOUR_MS, MINUTE_MS, SECOND_MS } from "../time";
import { createNotifyMessage } from "./notification-message";
import { postNotification } from "./post-notification";

/** Waits between attempts: fifteen retries, 24 h 4 min in all (wechat.md §1.11). */
const RETRY_DELAYS_MS: readonly number[] = [
  15 * SECOND_MS,
  15 * SECOND_MS,
  30 * SECOND_MS,
  3 * MINUTE_MS,
  10 * MINUTE_MS,
  20 * MINUTE_MS,
  30 * MINUTE_MS,
  30 * MINUTE_MS,
  30 * MINUTE_MS,
  60 * MINUTE_MS,
  3 * HOUR_MS,
  3 * HOUR_MS,
  3 * HOUR_MS,
  6 * HOUR_MS,
  6 * HOUR_MS,
];

/** A held notification goes out by itself after this long, when no other one overtakes it. */
const REORDER_HOLD_MS = 5 * SECOND_MS;

export interface NewNotification {
  eventType: string;
  summary: string;
  originalType: Notification["originalType"];
  url: string;
  content: Record<string, unknown>;
  outTradeNo: string;
  outRefundNo: string | null;
}

/** Records an event and sends it at once, then on the retry table until it is acknowledged. */
export function enqueueNotification(sandbox: Sandbox, event: NewNotification): Notification {
  const nowMs = sandbox.clock.now();
  const { content, ...rest } = event;
  const notification: Notification = {
    ...rest,
    id: `EV-${formatCompact(nowMs)}${randomDigits(12)}`,
    plainText: JSON.stringify(content),
    createdAtMs: nowMs,
    state: "pending",
    scheduledAttempts: 0,
    nextAttemptAtMs: nowMs,
    attempts: [],
  };
  sandbox.state.notifications.set(notification.id, notification);
  scheduleAttempt(sandbox, notification);
  return notification;
}

/** Queues the attempt that `nextAttemptAtMs` promises; also used to go on after a restart. */
export function scheduleAttempt(sandbox: Sandbox, notification: Notification): void {
  sandbox.touch();
  const dueAtMs = notification.nextAttemptAtMs;
  if (notification.state !== "pending" || dueAtMs === null) return;
  sandbox.clock.schedule(dueAtMs, () => runScheduledAttempt(sandbox, notification, dueAtMs));
}

async function runScheduledAttempt(
  sandbox: Sandbox,
  notification: Notification,
  dueAtMs: number,
): Promise<void> {
  // An acknowledged resend, a reset or a re-plan may have made this event stale.
  if (notification.state !== "pending" || notification.nextAttemptAtMs !== dueAtMs) return;
  const fault = takeFault(sandbox, "notify", notification.outTradeNo);
  if (fault?.kind === "delay" || fault?.kind === "reorder") {
    const holdMs = fault.kind === "delay" ? fault.delayMs : REORDER_HOLD_MS;
    notification.nextAttemptAtMs = sandbox.clock.now() + holdMs;
    if (fault.kind === "reorder") sandbox.heldNotificationIds.add(notification.id);
    scheduleAttempt(sandbox, notification);
    return;
  }
  sandbox.heldNotificationIds.delete(notification.id);
  planNextAttempt(sandbox, notification);
  const copies = fault?.kind === "duplicate" ? fault.copies : 0;
  await sendCopies(sandbox, notification, fault, copies + 1);
  releaseHeld(sandbox);
}

/** The next retry counts from the start of this attempt, so the table adds up to 24 h 4 min. */
function planNextAttempt(sandbox: Sandbox, notification: Notification): void {
  const delayMs = RETRY_DELAYS_MS[notification.scheduledAttempts];
  notification.scheduledAttempts += 1;
  notification.nextAttemptAtMs = delayMs === undefined ? null : sandbox.clock.now() + delayMs;
}

/** Lets overtaken notifications go, now that a later one has been sent. */
function releaseHeld(sandbox: Sandbox): void {
  for (const id of sandbox.heldNotificationIds) {
    const held = sandbox.state.notifications.get(id);
    if (!held) continue;
    held.nextAttemptAtMs = sandbox.clock.now();
    scheduleAttempt(sandbox, held);
  }
  sandbox.heldNotificationIds.clear();
}

/** Sends `copies` equal messages side by side and decides what becomes of the notification. */
async function sendCopies(
  sandbox: Sandbox,
  notification: Notification,
  fault: Spoil | null,
  copies: number,
): Promise<NotificationAttempt[]> {
  const attempts = await Promise.all(
    Array.from({ length: copies }, () => sendAttempt(sandbox, notification, fault)),
  );
  if (attempts.some((attempt) => attempt.isAcknowledged)) {
    notification.state = "acknowledged";
    notification.nextAttemptAtMs = null;
  } else if (notification.state === "pending" && notification.nextAttemptAtMs === null) {
    notification.state = "given_up";
  } else if (notification.state === "pending") scheduleAttempt(sandbox, notification);
  sandbox.touch();
  return attempts;
}

/** Sends a notification again at once, whatever its state; the retry table goes on untouched. */
export async function resendNotification(
  sandbox: Sandbox,
  notification: Notification,
  options: { copies: number; kind: FaultKind | null },
): Promise<NotificationAttempt[]> {
  const { kind } = options;
  const fault = kind
    ? { kind, delayMs: defaultDelayMs(kind), copies: 1 }
    : takeFault(sandbox, "notify", notification.outTradeNo);
  const attempts = await Promise.all(
    Array.from({ length: options.copies }, () => sendAttempt(sandbox, notification, fault)),
  );
  if (attempts.some((attempt) => attempt.isAcknowledged)) {
    notification.state = "acknowledged";
    notification.nextAttemptAtMs = null;
  }
  sandbox.touch();
  return attempts;
}

/** One delivery. Only 200 and 204 acknowledge, and only when the answer came back in time. */
async function sendAttempt(
  sandbox: Sandbox,
  notification: Notification,
  fault: Spoil | null,
): Promise<NotificationAttempt> {
  const attempt: NotificationAttempt = {
    atMs: sandbox.clock.now(),
    status: null,
    error: null,
    durationMs: 0,
    fault: fault?.kind ?? null,
    isAcknowledged: false,
  };
  notification.attempts.push(attempt);
  if (fault?.kind === "drop") {
    attempt.error = "lost on the way";
    return attempt;
  }
  const answer = await postNotification({
    url: notification.url,
    ...createNotifyMessage(sandbox, notification, fault),
    signal: sandbox.closing,
  });
  attempt.durationMs = answer.durationMs;
  if (fault?.kind === "timeout") {
    attempt.error = "the answer was lost";
    return attempt;
  }
  attempt.status = answer.status;
  attempt.error = answer.error;
  attempt.isAcknowledged = answer.status === 200 || answer.status === 204;
  sandbox.log(
    `notify ${notification.outTradeNo} ${answer.status ?? answer.error}${fault ? ` (${fault.kind})` : ""}`,
  );
  return attempt;
}
