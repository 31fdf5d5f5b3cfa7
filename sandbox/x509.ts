import { createPublicKey, type KeyObject, sign } from "node:crypto";

/**
 * The few lines of DER that an X.509 v3 certificate needs (RFC 5280 §4.1). The sandbox issues two
 * certificates in its life; a certificate library with its ten dependencies would be heavier than
 * the thing it builds. `keys.test.ts` reads the result back with Node's own parser.
 */

const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8String: 0x0c,
  utcTime: 0x17,
  sequence: 0x30,
  set: 0x31,
  explicit0: 0xa0,
  explicit3: 0xa3,
} as const;

function encode(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  if (content.length < 0x80) return Buffer.concat([Buffer.from([tag, content.length]), content]);
  const lengthHex = content.length.toString(16);
  const length = Buffer.from(lengthHex.length % 2 ? `0${lengthHex}` : lengthHex, "hex");
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, content]);
}

const sequence = (...parts: Buffer[]) => encode(TAG.sequence, ...parts);

/** A positive INTEGER: a leading zero byte keeps the top bit from reading as a sign. */
function encodeInteger(hex: string): Buffer {
  const bytes = Buffer.from(hex, "hex");
  return encode(TAG.integer, (bytes[0] ?? 0) & 0x80 ? Buffer.from([0]) : Buffer.alloc(0), bytes);
}

function encodeOid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  const bytes = [first * 40 + second];
  for (const arc of rest) {
    const groups = [arc & 0x7f];
    for (let left = arc >> 7; left > 0; left >>= 7) groups.unshift((left & 0x7f) | 0x80);
    bytes.push(...groups);
  }
  return encode(TAG.oid, Buffer.from(bytes));
}

/** UTCTime holds two digits of year, which X.509 reads as 1950–2049; the sandbox stays below. */
function encodeUtcTime(date: Date): Buffer {
  const digits = date.toISOString().replace(/[-:T]/g, "").slice(2, 14);
  return encode(TAG.utcTime, Buffer.from(`${digits}Z`, "ascii"));
}

const SHA256_WITH_RSA = sequence(encodeOid("1.2.840.113549.1.1.11"), encode(TAG.null));
const NAME_OIDS = { CN: "2.5.4.3", O: "2.5.4.10", OU: "2.5.4.11" } as const;

/** A distinguished name, in the order given. */
export type CertificateName = Partial<Record<keyof typeof NAME_OIDS, string>>;

function encodeName(name: CertificateName): Buffer {
  const attributes = Object.entries(name) as [keyof typeof NAME_OIDS, string][];
  return sequence(
    ...attributes.map(([key, value]) =>
      encode(
        TAG.set,
        sequence(encodeOid(NAME_OIDS[key]), encode(TAG.utf8String, Buffer.from(value, "utf8"))),
      ),
    ),
  );
}

/** The extension basicConstraints, critical and empty: "this is not a certificate authority". */
const NOT_AN_AUTHORITY = encode(
  TAG.explicit3,
  sequence(
    sequence(
      encodeOid("2.5.29.19"),
      encode(TAG.boolean, Buffer.from([0xff])),
      encode(TAG.octetString, sequence()),
    ),
  ),
);

/**
 * Issues a certificate over the public half of `privateKey`, signed by `issuerKey`
 * (SHA-256 with RSA). `serialHex` is 40 hex digits, as WeChat's serials are. Returns PEM.
 */
export function createCertificate(options: {
  privateKey: KeyObject;
  issuerKey: KeyObject;
  serialHex: string;
  subject: CertificateName;
  issuer: CertificateName;
  notBefore: Date;
  notAfter: Date;
}): string {
  const publicKeyDer = createPublicKey(options.privateKey).export({ type: "spki", format: "der" });
  const toBeSigned = sequence(
    encode(TAG.explicit0, encodeInteger("02")),
    encodeInteger(options.serialHex),
    SHA256_WITH_RSA,
    encodeName(options.issuer),
    sequence(encodeUtcTime(options.notBefore), encodeUtcTime(options.notAfter)),
    encodeName(options.subject),
    publicKeyDer,
    NOT_AN_AUTHORITY,
  );
  const signature = sign("sha256", toBeSigned, options.issuerKey);
  const certificate = sequence(
    toBeSigned,
    SHA256_WITH_RSA,
    encode(TAG.bitString, Buffer.from([0]), signature),
  );
  const lines = certificate.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}
