import type { HttpBindings } from "@hono/node-server";
import type { Hono } from "hono";
import type { Sandbox } from "../sandbox";
import { readWireUrl } from "../wire";
import { answerPayCall } from "./answer";
import { BILL_ROUTES } from "./bills/routes";
import { listCertificates } from "./certificates";
import { PayError, REQUEST_ID_CODE } from "./errors";
import {
  assertMchId,
  closeOrder,
  createJsapiPrepay,
  findOrderByTransactionId,
  getOrder,
  getOrderByTransactionId,
  serializeTransaction,
} from "./orders";
import { REFUND_ROUTES } from "./refunds/routes";
import type { PayRoute } from "./route";
import { TRANSFER_ROUTES } from "./transfers/routes";

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

const ORDER_ROUTES: readonly PayRoute[] = [
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
    findOutTradeNo: (sandbox, key) => findOrderByTransactionId(sandbox, key)?.outTradeNo ?? null,
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
];

const CERTIFICATE_ROUTE: PayRoute = {
  method: "GET",
  path: /^\/v3\/certificates$/,
  family: "certificates",
  endpoint: "certificates",
  run: (sandbox) => listCertificates(sandbox),
};

const ROUTES: readonly PayRoute[] = [
  ...ORDER_ROUTES,
  ...REFUND_ROUTES,
  ...TRANSFER_ROUTES,
  ...BILL_ROUTES,
  CERTIFICATE_ROUTE,
];

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
