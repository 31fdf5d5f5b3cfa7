import { DomainError } from "@/lib/errors/errors";
import { WechatPayError } from "@/lib/wechat/pay/errors";

/**
 * For calls on behalf of a person who is waiting: WeChat's failure becomes a sentence that asks to
 * try again. Nothing is lost by it, because every order keeps its number and its state.
 *
 * @throws DomainError provider_unavailable in place of WechatPayError.
 */
export async function refuseIfUnavailable<T>(outTradeNo: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof WechatPayError)) throw error;
    throw new DomainError("provider_unavailable", {
      retryAfterSeconds: 3,
      log: { outTradeNo, wechatCode: error.code, wechatOutcome: error.outcome },
      cause: error,
    });
  }
}
