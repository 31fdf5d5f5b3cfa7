/** What every call to WeChat Pay shares: keys, connections, the deadline, one repeat, one log line. */
import { createPrivateKey, type KeyObject } from "node:crypto";
import type { z } from "zod";
import type { WechatConfig, WechatLog } from "@/lib/wechat/config";
import {
  createKeyFinder,
  openCertificates,
  type PlatformCertificates,
} from "@/lib/wechat/pay/certificates";
import { WechatPayError } from "@/lib/wechat/pay/errors";
import { type RequestSigning, SignedRequests } from "@/lib/wechat/pay/signed-requests";
import {
  createTransport,
  exchangeVerified,
  headersFor,
  type TransportDeps,
  type VerifiedAnswer,
} from "@/lib/wechat/pay/transport";
import type { FindKey } from "@/lib/wechat/pay/verification";
import { createExchange } from "@/lib/wechat/transport/exchange";

export interface SessionDeps {
  now: () => Date;
  newNonce: () => string;
  log: WechatLog;
  timeoutMs: number;
}

export interface Session {
  merchantPrivateKey: KeyObject;
  findKey: FindKey;
  /** Runs one operation of the package. @throws WechatPayError unless a verified 2xx came back. */
  call(
    operation: string,
    send: (requests: SignedRequests) => Promise<{ data?: unknown }>,
  ): Promise<VerifiedAnswer>;
}

/** WeChat refuses some paths without a User-Agent, before it looks at the signature (wechat.md §1.1). */
const USER_AGENT = "weihuzhu/1";

const CERTIFICATES_PATH = "/v3/certificates";

/** A notification waits for the certificates, and WeChat waits 5 s for the notification's answer. */
const CERTIFICATES_TIMEOUT_MS = 3_000;

/** Sends again at most once: WeChat probes no repeated request, and a fresh connection is not stale. */
const ATTEMPTS_MAX = 2;

export function createSession(config: WechatConfig, deps: SessionDeps): Session {
  assertConfig(config);
  const { now, log } = deps;
  const merchantPrivateKey = createPrivateKey(config.merchantPrivateKeyPem);
  const exchange = createExchange(config.payBaseUrl);
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
          if (serial === config.publicKeyId) return findKey(serial, body);
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
  const findKey = createKeyFinder(config, { now, log }, fetchCertificates);
  const transportDeps: TransportDeps = {
    exchange,
    findKey,
    publicKeyId: config.publicKeyId,
    now,
    log,
  };

  return {
    merchantPrivateKey,
    findKey,
    async call(operation, send) {
      const startedAtMs = now().getTime();
      const signal = AbortSignal.timeout(deps.timeoutMs);
      const report = (attempt: number, fields: object) =>
        log("wechat_pay.call", {
          operation,
          attempt,
          elapsedMs: now().getTime() - startedAtMs,
          ...fields,
        });
      for (let attempt = 1; ; attempt += 1) {
        try {
          // A new signer each time is cheap, ties the deadline to the call and signs afresh on repeat.
          const requests = new SignedRequests(signing, createTransport(transportDeps, signal));
          const output = await send(requests);
          const answer = output.data as VerifiedAnswer;
          report(attempt, { outcome: "answered", httpStatus: answer.httpStatus });
          return answer;
        } catch (error) {
          if (!(error instanceof WechatPayError)) throw error;
          const { outcome, reason, httpStatus, code, requestId } = error;
          report(attempt, { outcome, reason, httpStatus, code, requestId });
          if (attempt >= ATTEMPTS_MAX || !isWorthRepeating(error)) throw error;
        }
      }
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

/** Both are cured by asking again, and every operation here may be asked again. */
function isWorthRepeating(error: WechatPayError): boolean {
  return error.reason === "stale_connection" || error.reason === "bad_signature";
}

function assertConfig(config: WechatConfig): void {
  if (Buffer.byteLength(config.apiV3Key) !== 32) throw new Error("The APIv3 key must be 32 bytes");
  if ((config.publicKeyId === null) !== (config.publicKeyPem === null)) {
    throw new Error("WeChat Pay's public key and its id go together");
  }
}
