import type { Sandbox } from "../../sandbox";
import type { PayRoute } from "../route";
import { applyAbnormalRefund } from "./abnormal-refund";
import { createRefund, getRefund } from "./create-refund";

const findOrderOfRefund = (sandbox: Sandbox, outRefundNo: string | undefined) =>
  sandbox.state.refunds.get(outRefundNo ?? "")?.outTradeNo ?? null;

export const REFUND_ROUTES: readonly PayRoute[] = [
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
    findOutTradeNo: (sandbox, key) => findOrderOfRefund(sandbox, key),
    run: (sandbox, call) => getRefund(sandbox, call.key),
  },
  {
    method: "POST",
    path: /^\/v3\/refund\/domestic\/refunds\/([^/]+)\/apply-abnormal-refund$/,
    family: "refund",
    endpoint: "abnormal_refund",
    findOutTradeNo: (sandbox, _key, body) =>
      findOrderOfRefund(sandbox, /"out_refund_no"\s*:\s*"([^"]*)"/.exec(body)?.[1]),
    run: applyAbnormalRefund,
  },
];
