import { encryptResource, flipTag } from "../crypto";
import { type FaultKind, takeFault } from "../faults";
import { randomDigits } from "../random";
import type { Sandbox } from "../sandbox";
import type { Notification, NotificationAttempt } from "../state";
import { formatCompact, formatRfc3339, HOUR_MS, MINUTE_MS, SECOND_MS } from "../time";
import { postNotification } from "./post-notification";
import { createSignatureHeaders, selectNotifySigner } from "./sign";

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
  originalType: "transaction" | "refund";
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
  await sendCopies(sandbox, notification, fault?.kind ?? null, copies + 1);
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
  fault: FaultKind | null,
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
  const kind = options.kind ?? takeFault(sandbox, "notify", notification.outTradeNo)?.kind ?? null;
  const attempts = await Promise.all(
    Array.from({ length: options.copies }, () => sendAttempt(sandbox, notification, kind)),
  );
  if (attempts.some((attempt) => attempt.isAcknowledged)) {
    notification.state = "acknowledged";
    notification.nextAttemptAtMs = null;
  }
  sandbox.touch();
  return attempts;
}

/** The JSON body of one attempt; a fresh nonce each time, as the real service does. */
function createBody(sandbox: Sandbox, notification: Notification, fault: FaultKind | null): string {
  let plainText = notification.plainText;
  if (fault === "wrong_amount") {
    const content = JSON.parse(plainText) as { amount: Record<string, unknown> };
    const total = Number(content.amount.total) + 1;
    content.amount = { ...content.amount, total, payer_total: total };
    plainText = JSON.stringify(content);
  }
  const encrypted = encryptResource(plainText, notification.originalType, sandbox.keys.apiV3Key);
  const resource = fault === "flipped_tag" ? flipTag(encrypted) : encrypted;
  return JSON.stringify({
    id: notification.id,
    create_time: formatRfc3339(notification.createdAtMs),
    resource_type: "encrypt-resource",
    event_type: notification.eventType,
    summary: notification.summary,
    resource: { original_type: notification.originalType, ...resource },
  });
}

/** One delivery. Only 200 and 204 acknowledge, and only when the answer came back in time. */
async function sendAttempt(
  sandbox: Sandbox,
  notification: Notification,
  fault: FaultKind | null,
): Promise<NotificationAttempt> {
  const attempt: NotificationAttempt = {
    atMs: sandbox.clock.now(),
    status: null,
    error: null,
    durationMs: 0,
    fault,
    isAcknowledged: false,
  };
  notification.attempts.push(attempt);
  if (fault === "drop") {
    attempt.error = "lost on the way";
    return attempt;
  }
  const body = createBody(sandbox, notification, fault);
  const signer = selectNotifySigner(sandbox);
  const answer = await postNotification({
    url: notification.url,
    headers: createSignatureHeaders(sandbox, signer, body, fault),
    body,
    signal: sandbox.closing,
  });
  attempt.durationMs = answer.durationMs;
  if (fault === "timeout") {
    attempt.error = "the answer was lost";
    return attempt;
  }
  attempt.status = answer.status;
  attempt.error = answer.error;
  attempt.isAcknowledged = answer.status === 200 || answer.status === 204;
  sandbox.log(
    `notify ${notification.outTradeNo} ${answer.status ?? answer.error}${fault ? ` (${fault})` : ""}`,
  );
  return attempt;
}
