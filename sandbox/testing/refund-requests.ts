import type { TestWorld, WireAnswer } from "./world";

const REFUNDS = "/v3/refund/domestic/refunds";

export interface RefundRequests {
  /** The body of a refund of a ¥1 order, of all of it unless said otherwise. */
  bodyOf(outTradeNo: string, outRefundNo: string, refundFen?: number): Record<string, unknown>;
  refund(body: unknown): Promise<WireAnswer>;
  query(outRefundNo: string): Promise<WireAnswer>;
}

export function createRefundRequests(getWorld: () => TestWorld): RefundRequests {
  return {
    bodyOf: (outTradeNo, outRefundNo, refundFen = 100) => ({
      out_trade_no: outTradeNo,
      out_refund_no: outRefundNo,
      notify_url: `${getWorld().receiver.url}/refund-notify`,
      amount: { refund: refundFen, total: 100, currency: "CNY" },
    }),
    refund: (body) => getWorld().call("POST", REFUNDS, body),
    query: (outRefundNo) => getWorld().call("GET", `${REFUNDS}/${outRefundNo}`),
  };
}
