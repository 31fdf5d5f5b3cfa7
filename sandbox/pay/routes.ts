import type { HttpBindings } from "@hono/node-server";
import type { Hono } from "hono";
import { type Fault, type FaultEndpoint, type FaultKind, takeFault } from "../faults";
import { randomDigits, randomHex } from "../random";
import type { Sandbox, Signer } from "../sandbox";
import { cutConnection, keepSilent, readWireUrl, type SandboxContext, waitMs } from "../wire";
import { assertUserAgent, authenticate, type PayFamily, type PayRequest } from "./authenticate";
import { listCertificates } from "./certificates";
import { PayError, REQUEST_ID_CODE, serializePayError } from "./errors";
import {
  assertMchId,
  closeOrder,
  createJsapiPrepay,
  getOrder,
  getOrderByTransactionId,
  serializeTransaction,
} from "./orders";
import { createRefund, getRefund } from "./refunds";
import { createSignatureHeaders, selectResponseSigner } from "./sign";

interface PayCall {
  /** The number in the path, decoded; empty when the path has none. */
  key: string;
  query: URLSearchParams;
  parseBody(): unknown;
}

interface PayRoute {
  method: "GET" | "POST";
  path: RegExp;
  family: PayFamily;
  endpoint: FaultEndpoint;
  /** Returns the JSON of a 200, or null for 204. Throws PayError. */
  run(sandbox: Sandbox, call: PayCall): Record<string, unknown> | null;
}

function assertQueryMchId(sandbox: Sandbox, query: URLSearchParams): void {
  const mchId = query.get("mchid");
  if (mchId) {
    assertMchId(sandbox, mchId);
    return;
  }
  const issue = "输入源“/query/mchid”映射到值字段“直连商户号”必填性规则校验失败，此字段为必填项";
  throw new PayError(400, "PARAM_ERROR", issue, {
    detail: { field: "mchid", issue, location: "query" },
    requestIdCode: REQUEST_ID_CODE.paramError,
  });
}

const ROUTES: readonly PayRoute[] = [
  {
    method: "POST",
    path: /^\/v3\/pay\/transactions\/jsapi$/,
    family: "transactions",
    endpoint: "jsapi",
    run: (sandbox, call) => createJsapiPrepay(sandbox, call.parseBody()),
  },
  {
    method: "GET",
    path: /^\/v3\/pay\/transactions\/out-trade-no\/([^/]+)$/,
    family: "transactions",
    endpoint: "query",
    run(sandbox, call) {
      assertQueryMchId(sandbox, call.query);
      return serializeTransaction(sandbox, getOrder(sandbox, call.key));
    },
  },
  {
    method: "GET",
    path: /^\/v3\/pay\/transactions\/id\/([^/]+)$/,
    family: "transactions",
    endpoint: "query",
    run(sandbox, call) {
      assertQueryMchId(sandbox, call.query);
      return serializeTransaction(sandbox, getOrderByTransactionId(sandbox, call.key));
    },
  },
  {
    method: "POST",
    path: /^\/v3\/pay\/transactions\/out-trade-no\/([^/]+)\/close$/,
    family: "transactions",
    endpoint: "close",
    run(sandbox, call) {
      closeOrder(sandbox, call.key, call.parseBody());
      return null;
    },
  },
  {
    method: "POST",
    path: /^\/v3\/refund\/domestic\/refunds$/,
    family: "refund",
    endpoint: "refund",
    run: (sandbox, call) => createRefund(sandbox, call.parseBody()),
  },
  {
    method: "GET",
    path: /^\/v3\/refund\/domestic\/refunds\/([^/]+)$/,
    family: "refund",
    endpoint: "refund_query",
    run: (sandbox, call) => getRefund(sandbox, call.key),
  },
  {
    method: "GET",
    path: /^\/v3\/certificates$/,
    family: "certificates",
    endpoint: "certificates",
    run: (sandbox) => listCertificates(sandbox),
  },
];

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
  if (route.endpoint === "refund_query") return sandbox.state.refunds.get(key)?.outTradeNo ?? null;
  if (key) return key;
  return /"out_trade_no"\s*:\s*"([^"]*)"/.exec(body)?.[1] ?? null;
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
  status: 200 | 202 | 204,
  content: Record<string, unknown> | null,
  fault: FaultKind | null,
): Response {
  const body = content ? JSON.stringify(content) : "";
  return new Response(content ? body : null, {
    status,
    headers: {
      ...(content ? { "Content-Type": "application/json; charset=utf-8" } : {}),
      "Request-ID": createRequestId(REQUEST_ID_CODE.ok),
      ...createSignatureHeaders(sandbox, signer, body, fault),
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

/** Everything between the socket and the domain: who calls, what breaks, who signs. */
async function answerPayCall(
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
    const signer = selectResponseSigner(sandbox, context.req.header("wechatpay-serial"));
    const key = decodeURIComponent(route.path.exec(path)?.[1] ?? "");
    const fault = takeFault(sandbox, route.endpoint, findOutTradeNo(sandbox, route, key, body));
    const kind = fault?.kind ?? null;
    if (kind === "drop") return cutConnection(context);
    throwFaultBeforeEffect(fault);
    if (kind === "accepted") return createSuccessResponse(sandbox, signer, 202, null, kind);
    const content = route.run(sandbox, {
      key,
      query: new URLSearchParams(url.split("?")[1] ?? ""),
      parseBody: () => parseJson(body),
    });
    if (kind === "error_after_effect") throw createSystemError();
    if (kind === "timeout") return await keepSilent(context);
    if (kind === "delay") await waitMs(fault?.delayMs ?? 0, sandbox.closing);
    return createSuccessResponse(sandbox, signer, content ? 200 : 204, content, kind);
  } catch (error) {
    if (error instanceof PayError) return createErrorResponse(sandbox, error, route.family);
    sandbox.log(`pay: ${error instanceof Error ? (error.stack ?? error.message) : error}`);
    return createErrorResponse(sandbox, createSystemError(), route.family);
  }
}

/** Mounts the pay API. An unknown path is 404 and a wrong method 405, both without a body. */
export function mountPay(app: Hono<{ Bindings: HttpBindings }>, sandbox: Sandbox): void {
  app.all("/v3/*", (context) => {
    const path = readWireUrl(context).split("?")[0] ?? "";
    const matching = ROUTES.filter((route) => route.path.test(path));
    if (matching.length === 0) return new Response(null, { status: 404 });
    const route = matching.find((one) => one.method === context.req.method);
    if (!route) return new Response(null, { status: 405 });
    return answerPayCall(sandbox, context, route, path);
  });
}
