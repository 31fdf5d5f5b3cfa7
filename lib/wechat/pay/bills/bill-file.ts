import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { WechatPayError, type WechatPayErrorReason } from "@/lib/wechat/pay/errors";
import type { Answer } from "@/lib/wechat/pay/transport";
import type { BillFile } from "@/lib/wechat/pay/types";

/**
 * Some 200,000 rows. Text of one such file takes twice that in memory, its rows a few times more; a
 * few kilobytes of gzip could otherwise unfold into all the memory there is.
 */
const BILL_BYTES_MAX = 64 * 1024 * 1024;

/**
 * Turns a downloaded file into text, if it is the one that was announced. What the hash covers is
 * nowhere written: a published bill of the live service and WeChat's Java SDK agree on the
 * decompressed bytes (wechat.md §1.13), and the compressed ones are accepted too, being the same file.
 *
 * @param sha1 40 lower-case hex digits, from a verified answer.
 * @throws WechatPayError `bad_hash`, `too_large`, or `malformed` for what is no gzip or no UTF-8.
 */
export async function readBillFile(answer: Answer, sha1: string): Promise<BillFile> {
  const bytes = isGzip(answer.body) ? await decompress(answer) : answer.body;
  if (sha1Of(bytes) !== sha1 && sha1Of(answer.body) !== sha1) {
    throw unusable(answer, "bad_hash", "The bill is not the file that WeChat announced");
  }
  try {
    // The byte order mark stays, so that the text still has the hash.
    return { sha1, text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch (error) {
    throw unusable(answer, "malformed", "The bill is not UTF-8", error);
  }
}

/** A proxy may have decompressed it on the way. */
function isGzip(body: Buffer): boolean {
  return body[0] === 0x1f && body[1] === 0x8b;
}

async function decompress(answer: Answer): Promise<Buffer> {
  try {
    return await promisify(gunzip)(answer.body, { maxOutputLength: BILL_BYTES_MAX });
  } catch (error) {
    const isTooLarge = (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE";
    throw isTooLarge
      ? unusable(answer, "too_large", "The bill unfolds beyond its bound", error)
      : unusable(answer, "malformed", "The bill does not decompress", error);
  }
}

function sha1Of(bytes: Buffer): string {
  return createHash("sha1").update(bytes).digest("hex");
}

function unusable(
  { httpStatus, requestId }: Answer,
  reason: WechatPayErrorReason,
  message: string,
  cause?: unknown,
): WechatPayError {
  return new WechatPayError({ outcome: "unknown", reason, message, httpStatus, requestId, cause });
}
