import { buildResponseMessage, signMessage } from "../crypto";
import type { FaultKind } from "../faults";
import { randomAlphanumeric } from "../random";
import type { Sandbox, Signer } from "../sandbox";
import { PayError, REQUEST_ID_CODE } from "./errors";

/** Deliberately wrong signatures begin so; clients must not know it (wechat.md §1.3). */
const SIGNTEST_PREFIX = "WECHATPAY/SIGNTEST/";

/**
 * The key for an answer: the one the request's `Wechatpay-Serial` names; without the header the
 * platform certificate, or the public key for a merchant who has no certificate (wechat.md §1.4).
 */
export function selectResponseSigner(sandbox: Sandbox, serialHeader: string | undefined): Signer {
  const { platform, publicKey } = sandbox.keyRing;
  const { keyMode } = sandbox.state.settings;
  if (!serialHeader) return keyMode === "public_key" ? publicKey : platform;
  if (serialHeader === publicKey.serial && keyMode !== "certificate") return publicKey;
  if (serialHeader.toUpperCase() === platform.serial && keyMode !== "public_key") return platform;
  throw new PayError(400, "PARAM_ERROR", "平台证书序列号Wechatpay-Serial错误", {
    requestIdCode: REQUEST_ID_CODE.paramError,
  });
}

/** The key for a notify: the merchant cannot choose, and while switching both are in use. */
export function selectNotifySigner(sandbox: Sandbox): Signer {
  const { platform, publicKey } = sandbox.keyRing;
  const { keyMode } = sandbox.state.settings;
  if (keyMode === "public_key") return publicKey;
  if (keyMode === "certificate") return platform;
  sandbox.state.notifiesSigned += 1;
  return sandbox.state.notifiesSigned % 2 === 1 ? publicKey : platform;
}

/**
 * The `Wechatpay-*` headers over exactly `body`, on the sandbox's clock, spoiled as `fault` says.
 * Faults that are not about signatures leave them right.
 */
export function createSignatureHeaders(
  sandbox: Sandbox,
  signer: Signer,
  body: string,
  fault: FaultKind | null,
): Record<string, string> {
  if (fault === "unsigned_response") return {};
  const timestamp = String(Math.floor(sandbox.clock.now() / 1000));
  const nonce = randomAlphanumeric(32);
  const message = buildResponseMessage(timestamp, nonce, body);
  const privateKey = fault === "forge" ? sandbox.keyRing.getForgerKey() : signer.privateKey;
  const signature = signMessage(message, privateKey);
  return {
    "Wechatpay-Nonce": nonce,
    "Wechatpay-Serial": signer.serial,
    "Wechatpay-Signature": spoilSignature(signature, fault),
    "Wechatpay-Signature-Type": "WECHATPAY2-SHA256-RSA2048",
    "Wechatpay-Timestamp": timestamp,
  };
}

function spoilSignature(signature: string, fault: FaultKind | null): string {
  if (fault === "signtest") return SIGNTEST_PREFIX + signature.slice(SIGNTEST_PREFIX.length);
  if (fault !== "bad_signature") return signature;
  const bytes = Buffer.from(signature, "base64");
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return bytes.toString("base64");
}
