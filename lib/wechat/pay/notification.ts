import { NotificationRefused, WechatPayError } from "@/lib/wechat/pay/errors";
import { decryptGcm } from "@/lib/wechat/pay/gcm";
import {
  notificationSchema,
  refundNotificationSchema,
  transactionSchema,
} from "@/lib/wechat/pay/schemas";
import type { Notification } from "@/lib/wechat/pay/types";
import { type FindKey, readSignedHead, verifyMessage } from "@/lib/wechat/pay/verification";

/** A notification is about 2 kB; the route refuses more than this with 413 before coming here. */
const NOTIFICATION_BYTES_MAX = 64 * 1024;

/**
 * Opens a notification: size, ±300 s, signature over the raw bytes, tag, shape, in this order. The
 * body must be the bytes as received; one that was parsed and written again does not verify.
 *
 * @throws NotificationRefused see its reasons.
 */
export async function openNotification(
  message: { headers: Headers; rawBody: Uint8Array },
  deps: { apiV3Key: string; now: () => Date; findKey: FindKey },
): Promise<Notification> {
  const { headers, rawBody } = message;
  if (rawBody.byteLength > NOTIFICATION_BYTES_MAX) throw new NotificationRefused("too_large");
  const verdict = await verifyMessage({
    head: readSignedHead((name) => headers.get(name)),
    body: rawBody,
    now: deps.now(),
    findKey: deps.findKey,
  }).catch((error) => {
    throw new NotificationRefused(
      // A definite no means this merchant has no platform certificates at all (wechat.md §1.4).
      error instanceof WechatPayError && error.outcome === "refused"
        ? "unknown_serial"
        : "certificates_unavailable",
    );
  });
  if (!verdict.ok) throw new NotificationRefused(verdict.reason);
  return readNotification(rawBody, deps.apiV3Key);
}

/** From here on the message is WeChat's; what fails now is our key or our reading. */
function readNotification(rawBody: Uint8Array, apiV3Key: string): Notification {
  const envelope = readOrRefuse("malformed", () => notificationSchema.parse(parseJson(rawBody)));
  const plain = readOrRefuse("bad_ciphertext", () =>
    decryptGcm(
      {
        ciphertext: envelope.resource.ciphertext,
        nonce: envelope.resource.nonce,
        associatedData: envelope.resource.associated_data,
      },
      apiV3Key,
    ),
  );
  return readOrRefuse("malformed", () => {
    const resource = parseJson(plain);
    const head = { id: envelope.id, eventType: envelope.event_type };
    switch (envelope.resource.original_type) {
      case "transaction":
        return { ...head, kind: "transaction", transaction: transactionSchema.parse(resource) };
      case "refund":
        return { ...head, kind: "refund", refund: refundNotificationSchema.parse(resource) };
      default:
        return {
          ...head,
          kind: "other",
          originalType: envelope.resource.original_type,
          resource,
        };
    }
  });
}

function readOrRefuse<T>(reason: "malformed" | "bad_ciphertext", read: () => T): T {
  try {
    return read();
  } catch {
    throw new NotificationRefused(reason);
  }
}

function parseJson(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
}
