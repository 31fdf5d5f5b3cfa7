import type { PayRoute } from "../route";
import { answerDownload, answerFundBill, answerTradeBill } from "./answer-bill";

/** The three calls of a bill (wechat.md §1.13): ask for one of two kinds, then fetch the file. */
export const BILL_ROUTES: readonly PayRoute[] = [
  {
    method: "GET",
    path: /^\/v3\/bill\/tradebill$/,
    family: "bill",
    endpoint: "trade_bill",
    run: answerTradeBill,
  },
  {
    method: "GET",
    path: /^\/v3\/bill\/fundflowbill$/,
    family: "bill",
    endpoint: "fund_bill",
    run: answerFundBill,
  },
  {
    method: "GET",
    path: /^\/v3\/billdownload\/file$/,
    family: "bill",
    endpoint: "bill_download",
    run: answerDownload,
  },
];
