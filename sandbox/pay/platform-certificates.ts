import { createPrivateKey, generateKeyPair } from "node:crypto";
import { promisify } from "node:util";
import { createPlatformCertificate } from "../keys";
import type { Sandbox, Signer } from "../sandbox";
import type { PlatformCertificate } from "../state";
import { HOUR_MS } from "../time";

/** How long the old certificate is still listed, and answers whoever asks for it. */
const OVERLAP_MS = 24 * HOUR_MS;

/** The valid platform certificates, newest first; there is always one (wechat.md §1.4). */
export function listPlatformCertificates(sandbox: Sandbox): PlatformCertificate[] {
  const { keys, state } = sandbox;
  const first: PlatformCertificate = {
    serial: keys.platformSerial,
    certificatePem: keys.platformCertificatePem,
    privateKeyPem: keys.platformPrivateKeyPem,
    activeFromMs: 0,
  };
  const all = [first, ...state.platformCertificates];
  const isValid = (_one: PlatformCertificate, index: number) => {
    const successor = all[index + 1];
    return !successor || sandbox.clock.now() < successor.activeFromMs + OVERLAP_MS;
  };
  return all.filter(isValid).reverse();
}

/** The signer of a valid platform certificate: the named one, or the newest. */
export function findPlatformSigner(sandbox: Sandbox, serial?: string): Signer | null {
  const certificates = listPlatformCertificates(sandbox);
  const certificate = serial
    ? certificates.find((one) => one.serial === serial.toUpperCase())
    : certificates[0];
  if (!certificate) return null;
  const { signers } = sandbox.keyRing;
  const known = signers.get(certificate.serial);
  if (known) return known;
  const signer = {
    serial: certificate.serial,
    privateKey: createPrivateKey(certificate.privateKeyPem),
  };
  signers.set(signer.serial, signer);
  return signer;
}

const generatePair = promisify(generateKeyPair);

/**
 * Brings a new platform certificate into use: notifies are signed with it from now on, answers too
 * unless the request names the old one, which stays valid for a day of the sandbox's clock.
 */
export async function rotatePlatformCertificate(sandbox: Sandbox): Promise<PlatformCertificate> {
  const { privateKey } = await generatePair("rsa", { modulusLength: 2048 });
  const certificate = {
    ...createPlatformCertificate(privateKey),
    activeFromMs: sandbox.clock.now(),
  };
  sandbox.state.platformCertificates.push(certificate);
  sandbox.touch();
  return certificate;
}
