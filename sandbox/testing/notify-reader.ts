import { createPublicKey } from "node:crypto";
import {
  buildResponseBytes,
  decryptResource,
  type EncryptedResource,
  isMessageSignedBy,
} from "../crypto";
import type { SandboxKeys } from "../keys";
import type { ReceivedNotify } from "./notify-receiver";

export interface NotifyBody {
  id: string;
  event_type: string;
  resource_type: string;
  summary: string;
  resource: EncryptedResource & { original_type: string };
}

export const parseNotify = (notify: ReceivedNotify) => JSON.parse(notify.body) as NotifyBody;

/** What the encrypted part says; throws when a bit of it was changed. */
export function openNotify(keys: SandboxKeys, notify: ReceivedNotify): Record<string, unknown> {
  return JSON.parse(decryptResource(parseNotify(notify).resource, keys.apiV3Key));
}

/** Whether exactly these bytes are signed by the key that the header names. */
export function isNotifySigned(keys: SandboxKeys, notify: ReceivedNotify): boolean {
  const { headers, bytes } = notify;
  const isPublicKey = headers["wechatpay-serial"] === keys.publicKeyId;
  const pem = isPublicKey ? keys.publicKeyPem : keys.platformCertificatePem;
  const timestamp = headers["wechatpay-timestamp"] ?? "";
  const nonce = headers["wechatpay-nonce"] ?? "";
  const message = buildResponseBytes(timestamp, nonce, bytes);
  const signature = headers["wechatpay-signature"] ?? "";
  return isMessageSignedBy(message, signature, createPublicKey(pem));
}
