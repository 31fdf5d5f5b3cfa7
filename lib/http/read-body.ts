import { DomainError } from "@/lib/errors/errors";

/** Our largest honest body is an application of about 3 kB. */
export const BODY_BYTES_MAX = 64 * 1024;

/** The raw bytes of a body. @throws DomainError body_too_large beyond BODY_BYTES_MAX. */
export async function readBody(request: Request): Promise<Uint8Array> {
  const declared = request.headers.get("content-length");
  if (declared !== null) {
    if (Number(declared) > BODY_BYTES_MAX) throw new DomainError("body_too_large");
    // The server cuts a body at its declared length, so this is bounded.
    return new Uint8Array(await request.arrayBuffer());
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength;
    if (length > BODY_BYTES_MAX) throw new DomainError("body_too_large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

/** @throws DomainError unsupported_media_type, body_too_large, malformed_body. */
export async function readJson(request: Request): Promise<unknown> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/json\s*(;|$)/i.test(type)) throw new DomainError("unsupported_media_type");
  const bytes = await readBody(request);
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new DomainError("malformed_body", { cause });
  }
}

/** Whether the body is what a page without JavaScript sends. */
export function isForm(request: Request): boolean {
  const type = request.headers.get("content-type") ?? "";
  return /^application\/x-www-form-urlencoded\s*(;|$)/i.test(type);
}

/** The fields of a plain form post. @throws DomainError unsupported_media_type, body_too_large. */
export async function readForm(request: Request): Promise<URLSearchParams> {
  if (!isForm(request)) throw new DomainError("unsupported_media_type");
  return new URLSearchParams(new TextDecoder().decode(await readBody(request)));
}
