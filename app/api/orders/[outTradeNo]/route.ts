// GET /api/orders/{outTradeNo}: where one yuan is; for its payer only.
import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { orderSchema, outTradeNoSchema } from "@/lib/payments/contract";
import { getOrderOut } from "@/lib/payments/queries";

export const dynamic = "force-dynamic";

export const GET = handle({
  auth: "viewer",
  params: z.object({ outTradeNo: outTradeNoSchema }),
  output: orderSchema,
  run: ({ deps, params, viewer }) =>
    getOrderOut(deps, { outTradeNo: params.outTradeNo, userId: viewer.userId }),
});
