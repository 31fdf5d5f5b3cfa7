// POST /api/orders/{outTradeNo}/sync: asks WeChat about an undecided order; for its payer only.
import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { LIMITS } from "@/lib/http/limits";
import { orderSchema, outTradeNoSchema } from "@/lib/payments/contract";
import { syncOrder } from "@/lib/payments/sync-order";

export const POST = handle({
  auth: "viewer",
  params: z.object({ outTradeNo: outTradeNoSchema }),
  output: orderSchema,
  limits: [LIMITS.syncPerViewer],
  run: ({ deps, params, viewer }) =>
    syncOrder(deps, { outTradeNo: params.outTradeNo, userId: viewer.userId }),
});
