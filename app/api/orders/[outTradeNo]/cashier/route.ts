// POST /api/orders/{outTradeNo}/cashier: fresh cashier parameters for an unpaid order; its payer only.
import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { LIMITS } from "@/lib/http/limits";
import { outTradeNoSchema, payableOrderEnvelopeSchema } from "@/lib/payments/contract";
import { reopenCashier } from "@/lib/payments/reopen-cashier";

export const POST = handle({
  auth: "viewer",
  params: z.object({ outTradeNo: outTradeNoSchema }),
  output: payableOrderEnvelopeSchema,
  limits: [LIMITS.orderPerViewer],
  run: ({ deps, params, viewer }) =>
    reopenCashier(deps, { outTradeNo: params.outTradeNo, userId: viewer.userId }),
});
