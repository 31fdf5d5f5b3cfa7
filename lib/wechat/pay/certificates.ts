/**
 * The keys WeChat signs with: the configured 微信支付公钥 and the platform certificates, both at once
 * (wechat.md §1.4: while a merchant moves to the public key, notifications come with either).
 * Certificates are fetched when an unknown 40-hex serial first appears.
 */
import { createPublicKey, type KeyObject, X509Certificate } from "node:crypto";
import type { WechatConfig, WechatLog } from "@/lib/wechat/config";
import { WechatPayError } from "@/lib/wechat/pay/errors";
import { decryptGcm } from "@/lib/wechat/pay/gcm";
import { certificateListSchema } from "@/lib/wechat/pay/schemas";
import type { EncryptionKey } from "@/lib/wechat/pay/sensitive-fields";
import type { FindKey } from "@/lib/wechat/pay/verification";

/** WeChat asks for less than 12 hours between refreshes. */
const REFRESH_AFTER_MS = 10 * 60 * 60 * 1000;

/** An invented serial must not become a request to WeChat each time somebody sends one. */
const PAUSE_AFTER_SUCCESS_MS = 60 * 1000;

/** A failure may be a blip, and without certificates nothing can be verified: try again soon. */
const PAUSE_AFTER_FAILURE_MS = 3 * 1000;

interface PlatformCertificate {
  key: KeyObject;
  validFrom: Date;
  validUntil: Date;
}

export type PlatformCertificates = Map<string, PlatformCertificate>;

/**
 * Opens the answer of `GET /v3/certificates`. The GCM tag proves each certificate comes from someone
 * who knows our APIv3 key; the serial inside must be the one announced.
 *
 * @throws Error when the list does not read or a certificate does not decrypt.
 */
export function openCertificates(body: Uint8Array, apiV3Key: string): PlatformCertificates {
  const list = certificateListSchema.parse(JSON.parse(Buffer.from(body).toString("utf8")));
  const certificates: PlatformCertificates = new Map();
  for (const { serial_no: serial, encrypt_certificate: encrypted } of list.data) {
    const pem = decryptGcm(
      {
        ciphertext: encrypted.ciphertext,
        nonce: encrypted.nonce,
        associatedData: encrypted.associated_data,
      },
      apiV3Key,
    );
    const certificate = new X509Certificate(pem);
    if (certificate.serialNumber.toUpperCase() !== serial.toUpperCase()) {
      throw new Error("A platform certificate does not carry the announced serial");
    }
    certificates.set(serial.toUpperCase(), {
      key: certificate.publicKey,
      validFrom: new Date(certificate.validFrom),
      validUntil: new Date(certificate.validTo),
    });
  }
  return certificates;
}

export interface WechatKeys {
  findKey: FindKey;
  /** The public key when there is one, else the newest valid platform certificate's (§1.4). */
  getEncryptionKey(): Promise<EncryptionKey>;
}

/**
 * Builds the key finder.
 *
 * @param fetchCertificates one signed and verified `GET /v3/certificates`.
 */
export function createWechatKeys(
  config: Pick<WechatConfig, "publicKeyId" | "publicKeyPem">,
  deps: { now: () => Date; log: WechatLog },
  fetchCertificates: () => Promise<PlatformCertificates>,
): WechatKeys {
  const publicKey = config.publicKeyPem === null ? null : createPublicKey(config.publicKeyPem);
  let certificates: PlatformCertificates = new Map();
  let attemptedAtMs = Number.NEGATIVE_INFINITY;
  let loadedAtMs = Number.NEGATIVE_INFINITY;
  let pauseMs = PAUSE_AFTER_SUCCESS_MS;
  let running: Promise<void> | null = null;

  /** One request at a time; everybody who waits shares its result. */
  const refresh = (): Promise<void> => {
    running ??= (async () => {
      attemptedAtMs = deps.now().getTime();
      try {
        certificates = await fetchCertificates();
        loadedAtMs = attemptedAtMs;
        pauseMs = PAUSE_AFTER_SUCCESS_MS;
        deps.log("wechat_pay.certificates_loaded", { serials: [...certificates.keys()] });
      } catch (error) {
        pauseMs = PAUSE_AFTER_FAILURE_MS;
        deps.log("wechat_pay.certificates_failed", fieldsOf(error));
        throw error;
      } finally {
        running = null;
      }
    })();
    return running;
  };
  /** Absolute, so that a clock set back does not stop the fetching. */
  const isLongAgo = (atMs: number, periodMs: number) =>
    Math.abs(deps.now().getTime() - atMs) >= periodMs;
  const findValid = (serial: string): KeyObject | null => {
    const certificate = certificates.get(serial);
    return certificate && certificate.validUntil > deps.now() ? certificate.key : null;
  };

  const findNewest = (): EncryptionKey | null => {
    const at = deps.now();
    const usable = [...certificates]
      .filter(([, { validFrom, validUntil }]) => validFrom <= at && at < validUntil)
      .sort(([, one], [, other]) => other.validFrom.getTime() - one.validFrom.getTime());
    return usable[0] ? { serial: usable[0][0], key: usable[0][1].key } : null;
  };

  const findKey: FindKey = async (serial) => {
    if (serial === config.publicKeyId) return publicKey;
    if (!/^[0-9A-Fa-f]{40}$/.test(serial)) return null;
    const wanted = serial.toUpperCase();
    const mayFetch = running !== null || isLongAgo(attemptedAtMs, pauseMs);
    const known = findValid(wanted);
    if (known) {
      // A due refresh must not hold up a message that can be verified now; its failure is logged.
      if (mayFetch && isLongAgo(loadedAtMs, REFRESH_AFTER_MS)) refresh().catch(() => {});
      return known;
    }
    if (mayFetch) await refresh();
    return findValid(wanted);
  };

  return {
    findKey,
    async getEncryptionKey() {
      const { publicKeyId } = config;
      if (publicKey && publicKeyId !== null) return { serial: publicKeyId, key: publicKey };
      const isDue = findNewest() === null || isLongAgo(loadedAtMs, REFRESH_AFTER_MS);
      let cause: unknown;
      if (isDue && (running !== null || isLongAgo(attemptedAtMs, pauseMs))) {
        await refresh().catch((error) => {
          cause = error;
        });
      }
      const newest = findNewest();
      if (newest) return newest;
      throw new WechatPayError({
        outcome: "unknown",
        reason: "no_encryption_key",
        message: "There is no key of WeChat's to encrypt with",
        cause,
      });
    },
  };
}

function fieldsOf(error: unknown): object {
  if (!(error instanceof WechatPayError)) return { reason: "unreadable" };
  return { reason: error.reason, httpStatus: error.httpStatus, code: error.code };
}
