/** Makes self-signed X.509 certificates for tests: just enough DER for `X509Certificate` to read. */
import { type KeyObject, sign } from "node:crypto";

/** @param serial 40 hex digits. */
export function makeCertificatePem(options: {
  serial: string;
  publicKey: KeyObject;
  privateKey: KeyObject;
  /** 1970 unless told. */
  validFrom?: Date;
  validUntil: Date;
}): string {
  const algorithm = sequence(objectId("2a864886f70d01010b"), Buffer.from([0x05, 0x00]));
  const name = sequence(
    der(0x31, sequence(objectId("550403"), der(0x0c, Buffer.from("Tenpay.com Test CA")))),
  );
  const validity = sequence(
    generalTime(options.validFrom ?? new Date(0)),
    generalTime(options.validUntil),
  );
  const body = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.from(options.serial, "hex")),
    algorithm,
    name,
    validity,
    name,
    options.publicKey.export({ type: "spki", format: "der" }),
  );
  const signature = sign("RSA-SHA256", body, options.privateKey);
  const bytes = sequence(body, algorithm, der(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const lines = bytes.toString("base64").match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}

function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const head =
    length < 0x80
      ? [tag, length]
      : length < 0x100
        ? [tag, 0x81, length]
        : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), content]);
}

const sequence = (...parts: Buffer[]) => der(0x30, Buffer.concat(parts));
const objectId = (hex: string) => der(0x06, Buffer.from(hex, "hex"));
/** A leading one bit would make the number negative, so it gets a zero byte before it. */
const integer = (bytes: Buffer) =>
  der(0x02, (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
const generalTime = (at: Date) =>
  der(0x18, Buffer.from(`${at.toISOString().slice(0, 19).replaceAll(/[-T:]/g, "")}Z`));
