import { type ApiResult, callApi } from "./call-api";
import { forgetOrderKey, orderKeyFor } from "./order-key";

/** The server has decided about the key and will say the same for ever. Anything else may be retried. */
const DECIDED_STATUSES = [409, 422];

/** What is wrong is the key alone: its order has ended, or it was made for something else. */
const OUTDATED_KEY_CODES = ["order_closed", "idempotency_mismatch"];

/**
 * Orders under the purchase's key. The key is kept while the outcome is unknown (no network, 5xx) and
 * while the order can be paid, and thrown away once the server has refused; a tap whose key was only
 * outdated is sent once more with a new one. After the payment, call `forgetOrderKey(path)`.
 */
export async function postOrder<Body>(path: string, body: object): Promise<ApiResult<Body>> {
  for (let isRepeat = false; ; isRepeat = true) {
    const idempotencyKey = orderKeyFor(path, JSON.stringify(body));
    const answer = await callApi<Body>(path, { body, idempotencyKey });
    if (answer.ok || !DECIDED_STATUSES.includes(answer.status)) return answer;
    forgetOrderKey(path);
    if (isRepeat || !OUTDATED_KEY_CODES.includes(answer.code)) return answer;
  }
}
