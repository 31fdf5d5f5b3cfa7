/** What every call to WeChat Pay shares: keys, connections, a deadline and its attempts. */
import { createPrivateKey, type KeyObject } from "node:crypto";
import type { z } from "zod";
import type { WechatConfig, WechatLog } from "@/lib/wechat/config";
import { runAttempts } from "@/lib/wechat/pay/attempts";
import {
  createWechatKeys,
  openCertificates,
  type PlatformCertificates,
  type WechatKeys,
} from "@/lib/wechat/pay/certificates";
import { splitDownloadUrl } from "@/lib/wechat/pay/download-address";
import { WechatPayError } from "@/lib/wechat/pay/errors";
import {
  PACKAGE_ORIGIN,
  type RequestSigning,
  SignedRequests,
} from "@/lib/wechat/pay/signed-requests";
import {
  type Answer,
  createFileTransport,
  createTransport,
  exchangeVerified,
  headersFor,
  type TransportDeps,
  type VerifiedAnswer,
} from "@/lib/wechat/pay/transport";
import { createExchange, type Exchange } from "@/lib/wechat/transport/exchange";

export interface SessionDeps {
  now: () => Date;
  newNonce: () => string;
  log: WechatLog;
  timeoutMs: number;
}

/** A file at an address that WeChat handed out, and what is done with it. */
export interface Download<T> {
  url: string;
  timeoutMs: number;
  answerBytesMax: number;
  /** Proves and reads the answer: nobody signs it. @throws WechatPayError */
  read: (answer: Answer) => Promise<T>;
}

export interface Session extends WechatKeys {
  merchantPrivateKey: KeyObject;
  /** Runs one operation of the package. @throws WechatPayError unless a verified 2xx came back. */
  call(
    operation: string,
    send: (requests: SignedRequests) => Promise<{ data?: unknown }>,
  ): Promise<VerifiedAnswer>;
  /** Fetches a file with a signed request. @throws WechatPayError unless `read` returned. */
  download<T>(operation: string, file: Download<T>): Promise<T>;
}

/** WeChat refuses some paths without a User-Agent, before it looks at the signature (wechat.md §1.1). */
const USER_AGENT = "weihuzhu/1";

const CERTIFICATES_PATH = "/v3/certificates";

/** A notification waits for the certificates, and WeChat waits 5 s for the notification's answer. */
const CERTIFICATES_TIMEOUT_MS = 3_000;

export function createSession(config: WechatConfig, deps: SessionDeps): Session {
  assertConfig(config);
  const { now, log } = deps;
  const merchantPrivateKey = createPrivateKey(config.merchantPrivateKeyPem);
  const exchange = createExchange(config.payBaseUrl);
  const baseOrigin = new URL(config.payBaseUrl).origin;
  const exchanges = new Map([[baseOrigin, exchange]]);
  const signing: RequestSigning = {
    appId: config.appId,
    mchId: config.mchId,
    merchantSerial: config.merchantSerial,
    merchantPrivateKey,
    userAgent: USER_AGENT,
    now,
    newNonce: deps.newNonce,
  };

  const fetchCertificates = async (): Promise<PlatformCertificates> => {
    let opened: PlatformCertificates = new Map();
    const signal = AbortSignal.timeout(Math.min(deps.timeoutMs, CERTIFICATES_TIMEOUT_MS));
    const requests = new SignedRequests(signing, createTransport(transportDeps, signal));
    await exchangeVerified(
      {
        ...transportDeps,
        // The list is signed with a key that may be inside it: its GCM tags prove the keys first.
        findKey: async (serial, body) => {
          opened = openCertificates(body, config.apiV3Key);
          if (serial === config.publicKeyId) return keys.findKey(serial, body);
          return opened.get(serial.toUpperCase())?.key ?? null;
        },
      },
      {
        method: "GET",
        path: CERTIFICATES_PATH,
        headers: headersFor(
          {
            Accept: "application/json",
            "User-Agent": USER_AGENT,
            Authorization: requests.authorizationForGet(CERTIFICATES_PATH),
          },
          config.publicKeyId,
        ),
        body: null,
        signal,
      },
    );
    return opened;
  };
  const keys = createWechatKeys(config, { now, log }, fetchCertificates);
  const transportDeps: TransportDeps = {
    exchange,
    findKey: keys.findKey,
    publicKeyId: config.publicKeyId,
    now,
    log,
  };

  const attempts = { now, log };
  const exchangeWith = (origin: string): Exchange => {
    const known = exchanges.get(origin) ?? createExchange(origin);
    exchanges.set(origin, known);
    return known;
  };

  // A new signer each time is cheap, ties the deadline to the call and signs afresh on repeat.
  return {
    ...keys,
    merchantPrivateKey,
    call: (operation, send) =>
      runAttempts(attempts, operation, deps.timeoutMs, async (signal) => {
        const requests = new SignedRequests(signing, createTransport(transportDeps, signal));
        return (await send(requests)).data as VerifiedAnswer;
      }),
    async download(operation, { url, timeoutMs, answerBytesMax, read }) {
      const { value } = await runAttempts(attempts, operation, timeoutMs, async (signal) => {
        const { origin, path } = splitDownloadUrl(url, baseOrigin);
        const http = createFileTransport(exchangeWith(origin), { signal, answerBytesMax });
        const requests = new SignedRequests(signing, http);
        const answer = (await requests.downloadBill(PACKAGE_ORIGIN + path)).data as Answer;
        return { httpStatus: answer.httpStatus, value: await read(answer) };
      });
      return value;
    },
  };
}

/**
 * Reads the body of a verified answer.
 *
 * @param isWanted a signature does not say which request it answers: the numbers inside must.
 * @throws WechatPayError `malformed`, outcome unknown.
 */
export function readAnswer<T>(
  answer: VerifiedAnswer,
  schema: z.ZodType<T>,
  isWanted: (value: T) => boolean = () => true,
): T {
  try {
    const value = schema.parse(JSON.parse(answer.body.toString("utf8")));
    if (isWanted(value)) return value;
  } catch {
    // Falls through: an unreadable answer and one about something else are refused alike.
  }
  throw new WechatPayError({
    outcome: "unknown",
    reason: "malformed",
    message: "WeChat's answer does not read or is about something else",
    httpStatus: answer.httpStatus,
    requestId: answer.requestId,
  });
}

function assertConfig(config: WechatConfig): void {
  if (Buffer.byteLength(config.apiV3Key) !== 32) throw new Error("The APIv3 key must be 32 bytes");
  if ((config.publicKeyId === null) !== (config.publicKeyPem === null)) {
    throw new Error("WeChat Pay's public key and its id go together");
  }
}
