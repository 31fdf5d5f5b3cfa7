import {
  FAULT_ENDPOINTS,
  FAULT_KINDS,
  type FaultEndpoint,
  type FaultKind,
  isFaultPossible,
} from "@/sandbox/faults";

/** What the control panel calls each call. A new endpoint does not compile without its words. */
const endpointLabels: Record<FaultEndpoint, string> = {
  jsapi: "下单 jsapi",
  query: "查单 query",
  close: "关单 close",
  refund: "退款 refund",
  refund_query: "查退款 refund_query",
  certificates: "平台证书 certificates",
  notify: "支付通知 notify",
  oauth_token: "网页授权 oauth_token",
  stable_token: "凭证 stable_token",
  ticket: "JS 票据 ticket",
};

const kindLabels: Record<FaultKind, string> = {
  delay: "慢 delay",
  drop: "断线，没办成 drop",
  timeout: "办成了，但不回答 timeout",
  signtest: "签名探测 signtest",
  forge: "陌生人伪造 forge",
  bad_signature: "签名错 bad_signature",
  unsigned_response: "没有签名 unsigned_response",
  error: "出错，没办成 error",
  error_after_effect: "办成了，却报错 error_after_effect",
  rate_limited: "限流 429 rate_limited",
  accepted: "已受理 202 accepted",
  duplicate: "重复送达 duplicate",
  reorder: "乱序送达 reorder",
  wrong_amount: "金额被改 wrong_amount",
  flipped_tag: "GCM 标签翻一位 flipped_tag",
};

export type FaultChoice = {
  endpoint: FaultEndpoint;
  label: string;
  kinds: { kind: FaultKind; label: string }[];
};

/** Every endpoint with the faults that mean something there, in the order people meet the calls. */
export const faultChoices: readonly FaultChoice[] = FAULT_ENDPOINTS.map((endpoint) => ({
  endpoint,
  label: endpointLabels[endpoint],
  kinds: FAULT_KINDS.filter((kind) => isFaultPossible(endpoint, kind)).map((kind) => ({
    kind,
    label: kindLabels[kind],
  })),
}));
