import { type Fault, type Spoil, takeFault } from "../faults";
import { randomDigits, randomHex } from "../random";
import type { Sandbox, Signer } from "../sandbox";
import { cutConnection, keepSilent, readWireUrl, type SandboxContext, waitMs } from "../wire";
import { assertUserAgent, authenticate, type PayFamily, type PayRequest } from "./authenticate";
import { PayError, REQUEST_ID_CODE, serializePayError } from "./errors";
import { type PayRoute, UnsignedFile } from "./route";
import { createSignatureHeaders, selectResponseSigner } from "./sign";
import { spoilContent } from "./spoil-content";

/** An order of a few fields is under 8 KiB; more is somebody's mistake. */
const BODY_BYTES_MAX = 64 * 1024;

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new PayError(400, "PARAM_ERROR", "请求报文不是合法的 JSON", {
      detail: { field: "/", issue: "请求报文不是合法的 JSON", location: "body" },
      requestIdCode: REQUEST_ID_CODE.paramError,
    });
  }
}

/** The order that a call is about, so that a fault can be aimed at one order. */
function findOutTradeNo(
  sandbox: Sandbox,
  route: PayRoute,
  key: string,
  body: string,
): string | null {
  if (route.findOutTradeNo) return route.findOutTradeNo(sandbox, key, body);
  return key || (/"out_trade_no"\s*:\s*"([^"]*)"/.exec(body)?.[1] ?? null);
}

const createRequestId = (code: number) =>
  `${randomHex(16).toUpperCase()}${randomDigits(12)}-${code}`;

function createErrorResponse(sandbox: Sandbox, error: PayError, family: PayFamily): Response {
  const headers = new Headers({ "Content-Type": "application/json; charset=utf-8" });
  // Probed: a 401 of the transaction paths has no Request-ID, the others have (wechat.md §1.1).
  if (error.status !== 401 || family !== "transactions") {
    headers.set("Request-ID", createRequestId(error.options.requestIdCode ?? 0));
  }
  const body = serializePayError(error, sandbox.state.settings.hasLegacyErrorCodes);
  return new Response(body, { status: error.status, headers });
}

function createSuccessResponse(
  sandbox: Sandbox,
  signer: Signer,
  answer: { status: 200 | 202 | 204; content: Record<string, unknown> | null },
  spoil: Spoil | null,
): Response {
  const { status, content } = answer;
  const body = content ? JSON.stringify(spoilContent(content, spoil?.kind ?? null)) : "";
  return new Response(content ? body : null, {
    status,
    headers: {
      ...(content ? { "Content-Type": "application/json; charset=utf-8" } : {}),
      "Request-ID": createRequestId(REQUEST_ID_CODE.ok),
      ...createSignatureHeaders(sandbox, signer, body, spoil),
    },
  });
}

function createFileResponse(file: UnsignedFile, spoil: Spoil | null): Response {
  const bytes = new Uint8Array(file.bytes);
  if (spoil?.kind === "corrupt_file") {
    const middle = Math.floor(bytes.length / 2);
    bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  }
  return new Response(bytes, {
    headers: {
      "Content-Type": file.contentType,
      "Request-ID": createRequestId(REQUEST_ID_CODE.ok),
    },
  });
}

const createSystemError = () => new PayError(500, "SYSTEM_ERROR", "系统异常，请稍后重试");

/** Faults that answer before anything happens. */
function throwFaultBeforeEffect(fault: Fault | null): void {
  if (fault?.kind === "error") {
    throw new PayError(
      fault.status ?? 500,
      fault.code ?? "SYSTEM_ERROR",
      fault.message ?? createSystemError().message,
    );
  }
  if (fault?.kind === "rate_limited") {
    throw new PayError(429, "FREQUENCY_LIMITED", "频率超限，请降低请求频率后重试", {
      requestIdCode: REQUEST_ID_CODE.frequencyLimited,
    });
  }
}

/** Does what the call asks for, with whatever goes wrong before, while and after. */
async function serve(
  sandbox: Sandbox,
  context: SandboxContext,
  call: { route: PayRoute; key: string; url: string; body: string },
): Promise<Response> {
  const { route, key, url, body } = call;
  const serialHeader = context.req.header("wechatpay-serial");
  const signer = selectResponseSigner(sandbox, serialHeader);
  const fault = takeFault(sandbox, route.endpoint, findOutTradeNo(sandbox, route, key, body));
  const kind = fault?.kind ?? null;
  if (kind === "drop") return cutConnection(context);
  throwFaultBeforeEffect(fault);
  if (kind === "accepted") {
    return createSuccessResponse(sandbox, signer, { status: 202, content: null }, null);
  }
  if (kind === "late_effect") await waitMs(fault?.delayMs ?? 0, sandbox.closing);
  const content = route.run(sandbox, {
    key,
    query: new URLSearchParams(url.split("?")[1] ?? ""),
    origin: new URL(context.req.url).origin,
    parseBody: () => parseJson(body),
    serialHeader,
  });
  if (kind === "error_after_effect") throw createSystemError();
  if (kind === "timeout") return keepSilent(context);
  if (kind === "delay") await waitMs(fault?.delayMs ?? 0, sandbox.closing);
  if (content instanceof UnsignedFile) return createFileResponse(content, fault);
  return createSuccessResponse(sandbox, signer, { status: content ? 200 : 204, content }, fault);
}

/** Everything between the socket and the domain: who calls, what breaks, who signs. */
export async function answerPayCall(
  sandbox: Sandbox,
  context: SandboxContext,
  route: PayRoute,
  path: string,
): Promise<Response> {
  const url = readWireUrl(context);
  const body = await context.req.text();
  const request: PayRequest = {
    method: context.req.method,
    url,
    family: route.family,
    body,
    header: (name) => context.req.header(name),
  };
  try {
    if (Buffer.byteLength(body) > BODY_BYTES_MAX) {
      throw new PayError(400, "INVALID_REQUEST", "请求报文过大");
    }
    assertUserAgent(request);
    authenticate(sandbox, request);
    const key = decodeURIComponent(route.path.exec(path)?.[1] ?? "");
    return await serve(sandbox, context, { route, key, url, body });
  } catch (error) {
    if (error instanceof PayError) return createErrorResponse(sandbox, error, route.family);
    sandbox.log(`pay: ${error instanceof Error ? (error.stack ?? error.message) : error}`);
    return createErrorResponse(sandbox, createSystemError(), route.family);
  }
}
