import type { PayRoute } from "../route";
import {
  cancelTransfer,
  createTransfer,
  findTransferByBillNo,
  getTransfer,
  getTransferByBillNo,
} from "./transfer-calls";

export const TRANSFER_ROUTES: readonly PayRoute[] = [
  {
    method: "POST",
    path: /^\/v3\/fund-app\/mch-transfer\/transfer-bills$/,
    family: "transfer",
    endpoint: "transfer",
    findOutTradeNo: (_sandbox, _key, body) =>
      /"out_bill_no"\s*:\s*"([^"]*)"/.exec(body)?.[1] ?? null,
    run: createTransfer,
  },
  {
    method: "GET",
    path: /^\/v3\/fund-app\/mch-transfer\/transfer-bills\/out-bill-no\/([^/]+)$/,
    family: "transfer",
    endpoint: "transfer_query",
    run: (sandbox, call) => getTransfer(sandbox, call.key),
  },
  {
    method: "GET",
    path: /^\/v3\/fund-app\/mch-transfer\/transfer-bills\/transfer-bill-no\/([^/]+)$/,
    family: "transfer",
    endpoint: "transfer_query",
    findOutTradeNo: (sandbox, key) => findTransferByBillNo(sandbox, key)?.outBillNo ?? null,
    run: (sandbox, call) => getTransferByBillNo(sandbox, call.key),
  },
  {
    method: "POST",
    path: /^\/v3\/fund-app\/mch-transfer\/transfer-bills\/out-bill-no\/([^/]+)\/cancel$/,
    family: "transfer",
    endpoint: "transfer_cancel",
    run: (sandbox, call) => cancelTransfer(sandbox, call.key),
  },
];
