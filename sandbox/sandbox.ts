import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from "node:crypto";
import type { SandboxClock } from "./clock";
import type { SandboxKeys } from "./keys";
import type { SandboxState } from "./state";

/** A key of WeChat's with the serial that announces it. */
export interface Signer {
  serial: string;
  privateKey: KeyObject;
}

/** The keys, parsed once: parsing PEM costs more than a signature check. */
export interface KeyRing {
  merchantPublicKey: KeyObject;
  platform: Signer;
  publicKey: Signer;
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
}

export function createKeyRing(keys: SandboxKeys): KeyRing {
  let forgerKey: KeyObject | undefined;
  return {
    merchantPublicKey: createPublicKey(keys.merchantPrivateKeyPem),
    platform: {
      serial: keys.platformSerial,
      privateKey: createPrivateKey(keys.platformPrivateKeyPem),
    },
    publicKey: {
      serial: keys.publicKeyId,
      privateKey: createPrivateKey(keys.publicKeyPrivateKeyPem),
    },
    getForgerKey() {
      forgerKey ??= generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
      return forgerKey;
    },
  };
}
