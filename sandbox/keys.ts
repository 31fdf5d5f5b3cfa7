import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { templateEnvironment } from "./account/subscribe-templates";
import { randomAlphanumeric, randomDigits, randomHex } from "./random";
import { createCertificate } from "./x509";

/**
 * Everything a merchant would be handed by WeChat, and WeChat's own private keys, which only a
 * sandbox may hold. The file is made on the first run and read afterwards, so that a restarted
 * sandbox and an app that kept its environment still understand each other.
 */
export interface SandboxKeys {
  /** `wx` and 16 hex digits. */
  appId: string;
  /** 32 hex digits. */
  appSecret: string;
  /** 10 digits. */
  mchId: string;
  /** 40 upper-case hex digits: the serial of `merchantCertificatePem`. */
  merchantSerial: string;
  merchantPrivateKeyPem: string;
  merchantCertificatePem: string;
  /** 32 ASCII characters, used as raw bytes (wechat.md §1.5). */
  apiV3Key: string;
  /** `PUB_KEY_ID_` and digits. */
  publicKeyId: string;
  publicKeyPem: string;
  publicKeyPrivateKeyPem: string;
  platformSerial: string;
  platformCertificatePem: string;
  platformPrivateKeyPem: string;
}

/** Platform certificates live five years (wechat.md §1.4); merchant certificates do the same. */
const CERTIFICATE_YEARS = 5;
const DAY_MS = 86_400_000;

function exportPrivateKey(key: KeyObject): string {
  return key.export({ type: "pkcs8", format: "pem" }).toString();
}

/** A serial of 20 bytes whose top bit is clear, so that its DER integer needs no padding. */
function createSerial(): string {
  return (randomDigits(1).replace(/[89]/, "5") + randomHex(39)).toUpperCase().replace(/^0/, "4");
}

const ISSUER = { CN: "Weihuzhu Sandbox Root CA", O: "Weihuzhu Sandbox" };

function createValidity() {
  return {
    notBefore: new Date(Date.now() - DAY_MS),
    notAfter: new Date(Date.now() + CERTIFICATE_YEARS * 365 * DAY_MS),
  };
}

/** A certificate of WeChat's with a new serial, over this key. */
export function createPlatformCertificate(privateKey: KeyObject) {
  const serial = createSerial();
  const certificatePem = createCertificate({
    ...createValidity(),
    privateKey,
    issuerKey: privateKey,
    serialHex: serial,
    subject: { CN: "Weihuzhu Sandbox sign", O: "Weihuzhu Sandbox" },
    issuer: ISSUER,
  });
  return { serial, certificatePem, privateKeyPem: exportPrivateKey(privateKey) };
}

/** Makes a fresh set of keys. Three RSA pairs: about half a second. */
export function createSandboxKeys(): SandboxKeys {
  const pair = () => generateKeyPairSync("rsa", { modulusLength: 2048 });
  const merchant = pair();
  const platform = pair();
  const publicKey = pair();
  const merchantSerial = createSerial();
  const mchId = `19${randomDigits(8)}`;
  const platformCertificate = createPlatformCertificate(platform.privateKey);
  return {
    appId: `wx${randomHex(16)}`,
    appSecret: randomHex(32),
    mchId,
    merchantSerial,
    merchantPrivateKeyPem: exportPrivateKey(merchant.privateKey),
    // A real merchant certificate has the merchant number as its common name.
    merchantCertificatePem: createCertificate({
      ...createValidity(),
      privateKey: merchant.privateKey,
      issuerKey: platform.privateKey,
      serialHex: merchantSerial,
      subject: { CN: mchId, O: "Weihuzhu Sandbox Merchant" },
      issuer: ISSUER,
    }),
    apiV3Key: randomAlphanumeric(32),
    publicKeyId: `PUB_KEY_ID_${randomDigits(34)}`,
    publicKeyPem: publicKey.publicKey.export({ type: "spki", format: "pem" }).toString(),
    publicKeyPrivateKeyPem: exportPrivateKey(publicKey.privateKey),
    platformSerial: platformCertificate.serial,
    platformCertificatePem: platformCertificate.certificatePem,
    platformPrivateKeyPem: platformCertificate.privateKeyPem,
  };
}

/**
 * Reads the key file, or makes it (mode 0600, written whole by rename so that a killed process
 * leaves no half file). Throws when the file exists and is not a key file.
 */
export function ensureSandboxKeys(file: string): SandboxKeys {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    const keys = createSandboxKeys();
    mkdirSync(dirname(file), { recursive: true });
    const temporaryFile = `${file}.${process.pid}.tmp`;
    writeFileSync(temporaryFile, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
    renameSync(temporaryFile, file);
    return keys;
  }
  const keys = JSON.parse(text) as SandboxKeys;
  if (!keys.appId || !keys.merchantPrivateKeyPem || !keys.platformCertificatePem) {
    throw new Error(`${file} is not a sandbox key file; remove it and it will be made anew.`);
  }
  return keys;
}

/** The environment that makes the app talk to this sandbox instead of to WeChat. */
export function appEnvironment(keys: SandboxKeys, sandboxUrl: string): Record<string, string> {
  return {
    WECHAT_APP_ID: keys.appId,
    WECHAT_APP_SECRET: keys.appSecret,
    WECHAT_MCH_ID: keys.mchId,
    WECHAT_MCH_SERIAL: keys.merchantSerial,
    WECHAT_MCH_PRIVATE_KEY: keys.merchantPrivateKeyPem,
    WECHAT_API_V3_KEY: keys.apiV3Key,
    WECHAT_PAY_PUBLIC_KEY_ID: keys.publicKeyId,
    WECHAT_PAY_PUBLIC_KEY: keys.publicKeyPem,
    WECHAT_PAY_BASE_URL: sandboxUrl,
    WECHAT_API_BASE_URL: sandboxUrl,
    WECHAT_OPEN_BASE_URL: sandboxUrl,
    WECHAT_JS_SDK_URL: `${sandboxUrl}/open/js/jweixin-1.6.0.js`,
    WECHAT_SANDBOX_URL: sandboxUrl,
    ...templateEnvironment(keys.appId),
  };
}
