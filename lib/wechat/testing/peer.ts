/**
 * A tiny WeChat for the tests of this folder: it records requests and answers what it is told, signed
 * the way WeChat signs. The full simulator lives elsewhere; this one exists to misbehave precisely.
 */
import { createCipheriv, generateKeyPairSync, sign } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { WechatConfig } from "@/lib/wechat/config";
import { answerMessage } from "@/lib/wechat/pay/signature";

export const NOW = new Date("2026-03-01T12:00:00.000Z");
export const PUBLIC_KEY_ID = "PUB_KEY_ID_0119000072912026030100000000000001";
export const PLATFORM_SERIAL = "7F2C9A1B3D4E5F60718293A4B5C6D7E8F9012345";
export const API_V3_KEY = "0123456789abcdef0123456789ABCDEF";

export const merchantKeys = generateKeyPairSync("rsa", { modulusLength: 2048 });
export const wechatKeys = generateKeyPairSync("rsa", { modulusLength: 2048 });
export const platformKeys = generateKeyPairSync("rsa", { modulusLength: 2048 });

export interface Recorded {
  method: string;
  path: string;
  headers: IncomingMessage["headers"];
  body: string;
}

export interface Reply {
  status: number;
  body?: string | Uint8Array;
  headers?: Record<string, string>;
}

/** Null leaves the request hanging; a function answers by itself. */
export type Responder = (
  request: Recorded,
) => Reply | null | ((response: ServerResponse) => void) | Promise<Reply>;

export interface Peer {
  baseUrl: string;
  requests: Recorded[];
  respond(responder: Responder): void;
  close(): Promise<void>;
}

export async function startPeer(): Promise<Peer> {
  let responder: Responder = () => ({ status: 500 });
  const requests: Recorded[] = [];
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const recorded = {
      method: incoming.method ?? "",
      path: incoming.url ?? "",
      headers: incoming.headers,
      body: Buffer.concat(chunks).toString("utf8"),
    };
    requests.push(recorded);
    const reply = await responder(recorded);
    if (reply === null) return;
    if (typeof reply === "function") return reply(response);
    response.writeHead(reply.status, reply.headers);
    response.end(reply.body ?? "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    respond(next) {
      responder = next;
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

export function makeConfig(baseUrl: string, overrides: Partial<WechatConfig> = {}): WechatConfig {
  return {
    appId: "wx2421b1c4370ec43b",
    appSecret: "0f9de62fce790f9a083d5c99e95740ce",
    mchId: "1900007291",
    merchantSerial: "408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB",
    merchantPrivateKeyPem: merchantKeys.privateKey
      .export({ type: "pkcs8", format: "pem" })
      .toString(),
    apiV3Key: API_V3_KEY,
    publicKeyId: PUBLIC_KEY_ID,
    publicKeyPem: wechatKeys.publicKey.export({ type: "spki", format: "pem" }).toString(),
    payBaseUrl: baseUrl,
    apiBaseUrl: baseUrl,
    openBaseUrl: "https://open.weixin.qq.com",
    ...overrides,
  };
}

/** The four headers WeChat puts on what it says. */
export function signedHeaders(
  body: string | Uint8Array,
  options: { at?: Date; by?: "public_key" | "platform"; signature?: string; serial?: string } = {},
): Record<string, string> {
  const timestamp = String(Math.floor((options.at ?? NOW).getTime() / 1000));
  const nonce = "d824f2e086d3c1df967785d13fcd22ef";
  const isPlatform = options.by === "platform";
  const key = (isPlatform ? platformKeys : wechatKeys).privateKey;
  const message = answerMessage({ timestamp, nonce, body: Buffer.from(body) });
  return {
    "Content-Type": "application/json; charset=utf-8",
    "Request-ID": "08F78FB5A10610E60118-268512771",
    "Wechatpay-Timestamp": timestamp,
    "Wechatpay-Nonce": nonce,
    "Wechatpay-Signature": options.signature ?? sign("RSA-SHA256", message, key).toString("base64"),
    "Wechatpay-Serial": options.serial ?? (isPlatform ? PLATFORM_SERIAL : PUBLIC_KEY_ID),
  };
}

export function signedReply(
  body: unknown,
  options?: Parameters<typeof signedHeaders>[1] & { status?: number },
): Reply {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return { status: options?.status ?? 200, body: text, headers: signedHeaders(text, options) };
}

export function encryptGcm(
  plain: string,
  options: { associatedData?: string; nonce?: string; key?: string } = {},
): { ciphertext: string; nonce: string } {
  const nonce = options.nonce ?? "61f9c719728a";
  const cipher = createCipheriv("aes-256-gcm", options.key ?? API_V3_KEY, nonce);
  if (options.associatedData) cipher.setAAD(Buffer.from(options.associatedData));
  const bytes = Buffer.concat([cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return { ciphertext: bytes.toString("base64"), nonce };
}
