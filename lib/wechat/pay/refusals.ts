import { WechatPayError } from "@/lib/wechat/pay/errors";

/** True for WeChat's definite no with one of these codes, in either spelling. */
export function isRefusedWith(error: unknown, codes: string[]): error is WechatPayError {
  return (
    error instanceof WechatPayError &&
    error.outcome === "refused" &&
    codes.some((code) => error.hasCode(code))
  );
}

/** Absence is an answer only when WeChat names it: an empty 404 is a wrong address, not "no order". */
export async function nullIfRefused<T>(codes: string[], find: () => Promise<T>): Promise<T | null> {
  try {
    return await find();
  } catch (error) {
    if (isRefusedWith(error, codes)) return null;
    throw error;
  }
}
