import type { Vault } from "@/lib/identity/vault";
import type { Fingerprint } from "./rules";

/** 128 bits tell contents apart, and a key's row stays small. */
const DIGEST_CHARS = 32;

/**
 * The fingerprint of a request: nested fields by their dotted names (`healthAnswers.cancer`), an
 * absent field as null. Every value is a keyed digest bound to its owner's key and its field, so the
 * rows tell nobody a name, an answer or a wish, nor that two people sent the same.
 *
 * @param owner whose key it is; the same content under another key has another fingerprint.
 */
export function fingerprintOf(
  vault: Pick<Vault, "blindIndex">,
  owner: { payerId: string; key: string },
  content: Readonly<Record<string, unknown>>,
): Fingerprint {
  const digest = (field: string, value: unknown) => {
    const text = [owner.payerId, owner.key, field, JSON.stringify(value ?? null)].join("\n");
    // In hex, because the index takes capitals and small letters for the same.
    return vault.blindIndex(Buffer.from(text).toString("hex")).slice(0, DIGEST_CHARS);
  };
  return Object.fromEntries(
    fieldsOf(content).map(([field, value]) => [field, digest(field, value)]),
  );
}

function fieldsOf(content: object, prefix = ""): [field: string, value: unknown][] {
  return Object.entries(content).flatMap(([name, value]) =>
    typeof value === "object" && value !== null
      ? fieldsOf(value, `${prefix}${name}.`)
      : [[`${prefix}${name}`, value] as [string, unknown]],
  );
}
