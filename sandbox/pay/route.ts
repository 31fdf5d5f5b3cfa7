import type { FaultEndpoint } from "../fault-kinds";
import type { Sandbox } from "../sandbox";
import type { PayFamily } from "./authenticate";

export interface PayCall {
  /** The number in the path, decoded; empty when the path has none. */
  key: string;
  query: URLSearchParams;
  /** The address that the merchant called, for addresses inside an answer. */
  origin: string;
  /** The body's JSON; PARAM_ERROR when it is none. */
  parseBody(): unknown;
  /** `Wechatpay-Serial`: which key the answer wants, and which one sensitive fields were encrypted to. */
  serialHeader: string | undefined;
}

/** An answer that is a file: WeChat does not sign those (wechat.md §1.3). */
export class UnsignedFile {
  constructor(
    readonly bytes: Uint8Array<ArrayBuffer>,
    readonly contentType: string,
  ) {}
}

/** One call of the pay API: who may call it is common to all, what it does is `run`. */
export interface PayRoute {
  method: "GET" | "POST";
  path: RegExp;
  family: PayFamily;
  endpoint: FaultEndpoint;
  /** The order a fault may be aimed at, when it is neither the path's number nor `out_trade_no`. */
  findOutTradeNo?(sandbox: Sandbox, key: string, body: string): string | null;
  /** Returns the JSON of a 200, null for 204, or a file. Throws PayError. */
  run(sandbox: Sandbox, call: PayCall): Record<string, unknown> | UnsignedFile | null;
}
