// POST /api/wechat/pay/notify: WeChat Pay tells of a payment or a refund. 204 means committed.
import { handle } from "@/lib/http/handle";
import { readBody } from "@/lib/http/read-body";
import { receiveNotification } from "@/lib/payments/receive-notification";

export const POST = handle({
  auth: "none",
  run: async ({ deps, request }) => {
    await receiveNotification(deps, request.headers, await readBody(request));
    return new Response(null, { status: 204 });
  },
});
