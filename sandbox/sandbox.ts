import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from "node:crypto";
import type { SandboxClock } from "./clock";
import type { SandboxKeys } from "./keys";
import type { RateMeter } from "./pay/rate-meter";
import type { SandboxState } from "./state";

/** A key of WeChat's with the serial that announces it. */
export interface Signer {
  serial: string;
  privateKey: KeyObject;
}

/** The keys, parsed once: parsing PEM costs more than a signature check. */
export interface KeyRing {
  merchantPublicKey: KeyObject;
  publicKey: Signer;
  /** Platform certificates' keys by serial; they come with rotations (`platform-certificates.ts`). */
  signers: Map<string, Signer>;
  /** A stranger's key for forgeries, made on first use. */
  getForgerKey(): KeyObject;
}

/** What every part of the sandbox works on. */
export interface Sandbox {
  keys: SandboxKeys;
  keyRing: KeyRing;
  state: SandboxState;
  clock: SandboxClock;
  /** Its address for browsers when that is not the one they call, as behind a proxy. */
  publicUrl: string | null;
  /** Says that `state` changed. */
  touch(): void;
  log(message: string): void;
  /** Aborted when the sandbox closes, so that nothing outlives it. */
  closing: AbortSignal;
  /** Notifications that a `reorder` fault keeps back until another one has been sent. */
  heldNotificationIds: Set<string>;
  /** Refund requests as they come in: all that are served, and those that fail (wechat.md §1.12). */
  refundRates: { served: RateMeter; failed: RateMeter };
}

export function createKeyRing(keys: SandboxKeys): KeyRing {
  let forgerKey: KeyObject | undefined;
  return {
    merchantPublicKey: createPublicKey(keys.merchantPrivateKeyPem),
    publicKey: {
      serial: keys.publicKeyId,
      privateKey: createPrivateKey(keys.publicKeyPrivateKeyPem),
    },
    signers: new Map(),
    getForgerKey() {
      forgerKey ??= generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
      return forgerKey;
    },
  };
}
