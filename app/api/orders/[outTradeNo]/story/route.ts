// GET /api/orders/{outTradeNo}/story: every step of one yuan; for its payer only.
import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { outTradeNoSchema } from "@/lib/payments/contract";
import { storySchema } from "@/lib/yuan/contract";
import { getStory } from "@/lib/yuan/queries";

export const dynamic = "force-dynamic";

export const GET = handle({
  auth: "viewer",
  params: z.object({ outTradeNo: outTradeNoSchema }),
  output: storySchema,
  run: ({ deps, params, viewer }) =>
    getStory(deps, { outTradeNo: params.outTradeNo, userId: viewer.userId }),
});
