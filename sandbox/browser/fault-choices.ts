import {
  FAULT_ENDPOINTS,
  FAULT_KINDS,
  type FaultEndpoint,
  type FaultKind,
  isFaultPossible,
} from "@/sandbox/fault-kinds";

/** What the control panel calls each call. A new endpoint does not compile without its words. */
const endpointLabels: Record<FaultEndpoint, string> = {
  jsapi: "下单 jsapi",
  query: "查单 query",
  close: "关单 close",
  refund: "退款 refund",
  refund_query: "查退款 refund_query",
  abnormal_refund: "异常退款 abnormal_refund",
  transfer: "转账 transfer",
  transfer_query: "查转账 transfer_query",
  transfer_cancel: "撤销转账 transfer_cancel",
  certificates: "平台证书 certificates",
  trade_bill: "申请交易账单 trade_bill",
  fund_bill: "申请资金账单 fund_bill",
  bill_download: "下载账单 bill_download",
  notify: "通知 notify",
  oauth_token: "网页授权 oauth_token",
  stable_token: "凭证 stable_token",
  ticket: "JS 票据 ticket",
  message: "订阅通知 message",
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
  late_effect: "晚办成 late_effect",
  clock_skew: "微信的钟不准 clock_skew",
  stale_replay: "旧签名重放 stale_replay",
  wrong_amount: "金额不对 wrong_amount",
  wrong_currency: "币种不对 wrong_currency",
  wrong_appid: "appid 不对 wrong_appid",
  wrong_mchid: "商户号不对 wrong_mchid",
  wrong_openid: "付款人不对 wrong_openid",
  wrong_number: "说的是别的单 wrong_number",
  gzip_body: "正文被压缩 gzip_body",
  huge_body: "正文 1 MB huge_body",
  invalid_utf8: "坏 UTF-8 invalid_utf8",
  duplicate_keys: "JSON 键重复 duplicate_keys",
  reserialised_body: "正文被重排 reserialised_body",
  wrong_hash: "账单摘要不对 wrong_hash",
  corrupt_file: "文件坏一位 corrupt_file",
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
