import { gzipSync } from "node:zlib";
import { encryptResource, flipTag } from "../crypto";
import type { FaultKind } from "../fault-kinds";
import type { Spoil } from "../faults";
import type { Sandbox } from "../sandbox";
import type { Notification } from "../state";
import { formatRfc3339 } from "../time";
import { createSignatureHeaders, selectNotifySigner } from "./sign";
import { spoilContent } from "./spoil-content";

export interface NotifyMessage {
  headers: Record<string, string>;
  body: Buffer;
}

/** A megabyte: sixteen times what a merchant should read of a stranger. */
const HUGE_BODY_BYTES = 1024 * 1024;

/** The JSON of one attempt; a fresh nonce each time, as the real service does. */
function createEvent(
  sandbox: Sandbox,
  notification: Notification,
  kind: FaultKind | null,
): Record<string, unknown> {
  const truth = JSON.parse(notification.plainText) as Record<string, unknown>;
  const plainText = JSON.stringify(spoilContent(truth, kind));
  const encrypted = encryptResource(plainText, notification.originalType, sandbox.keys.apiV3Key);
  const resource = kind === "flipped_tag" ? flipTag(encrypted) : encrypted;
  return {
    id: notification.id,
    create_time: formatRfc3339(notification.createdAtMs),
    resource_type: "encrypt-resource",
    event_type: notification.eventType,
    summary: notification.summary,
    resource: { original_type: notification.originalType, ...resource },
  };
}

/** The bytes that are signed, and what is sent instead when something on the way changes them. */
function createBytes(
  event: Record<string, unknown>,
  kind: FaultKind | null,
): { signed: Buffer; sent: Buffer } {
  const text = JSON.stringify(event);
  const same = (bytes: Buffer) => ({ signed: bytes, sent: bytes });
  switch (kind) {
    case "gzip_body":
      return { signed: Buffer.from(text), sent: gzipSync(text) };
    case "reserialised_body":
      return { signed: Buffer.from(text), sent: Buffer.from(JSON.stringify(event, null, 2)) };
    case "huge_body":
      return same(Buffer.from(text.padEnd(HUGE_BODY_BYTES, " ")));
    case "duplicate_keys":
      return same(
        Buffer.from(`{"id":"EV-0","event_type":"UNKNOWN","resource":{},${text.slice(1)}`),
      );
    case "invalid_utf8": {
      // A lone continuation byte inside a string.
      const [before, after] = text.split('"summary":"', 2) as [string, string];
      return same(
        Buffer.concat([
          Buffer.from(`${before}"summary":"`),
          Buffer.from([0x80]),
          Buffer.from(after),
        ]),
      );
    }
    default:
      return same(Buffer.from(text));
  }
}

/** Headers and body of one attempt, spoiled as `spoil` says. */
export function createNotifyMessage(
  sandbox: Sandbox,
  notification: Notification,
  spoil: Spoil | null,
): NotifyMessage {
  const kind = spoil?.kind ?? null;
  const { signed, sent } = createBytes(createEvent(sandbox, notification, kind), kind);
  return {
    headers: {
      ...createSignatureHeaders(sandbox, selectNotifySigner(sandbox), signed, spoil),
      ...(kind === "gzip_body" ? { "Content-Encoding": "gzip" } : {}),
    },
    body: sent,
  };
}
