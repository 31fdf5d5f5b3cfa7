// POST /api/orders/{outTradeNo}/withdrawal: a friend takes his gift back before it takes effect (R30).
import { z } from "zod";
import { withdrawContribution } from "@/lib/contributions/withdraw-contribution";
import { handle } from "@/lib/http/handle";
import { LIMITS } from "@/lib/http/limits";
import { orderSchema, outTradeNoSchema } from "@/lib/payments/contract";

export const POST = handle({
  auth: "viewer",
  params: z.object({ outTradeNo: outTradeNoSchema }),
  output: orderSchema,
  limits: [LIMITS.endPerViewer],
  run: ({ deps, params, viewer }) =>
    withdrawContribution(deps, { outTradeNo: params.outTradeNo, userId: viewer.userId }),
});
