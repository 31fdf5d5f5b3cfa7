import { parseRfc3339 } from "../time";
import { checkNotifyUrl, type Fields } from "./validate";

const OUT_TRADE_NO = /^[0-9A-Za-z_\-|*]+$/;

function checkTimeExpire(value: string): string | null {
  return parseRfc3339(value) === null ? "时间格式须符合 RFC3339" : null;
}

/** The fields of a JSAPI order and their limits (wechat.md §1.6). */
export const JSAPI_FIELDS: Fields = {
  appid: { label: "公众号ID", type: "string", max: 32, isRequired: true },
  mchid: { label: "商户号", type: "string", max: 32, pattern: /^\d+$/, isRequired: true },
  description: { label: "商品描述", type: "string", max: 127, isRequired: true },
  out_trade_no: {
    label: "商户订单号",
    type: "string",
    min: 6,
    max: 32,
    pattern: OUT_TRADE_NO,
    isRequired: true,
  },
  time_expire: { label: "交易结束时间", type: "string", max: 64, check: checkTimeExpire },
  attach: { label: "商户数据包", type: "string", min: 0, max: 128 },
  notify_url: {
    label: "通知地址",
    type: "string",
    max: 255,
    check: checkNotifyUrl,
    isRequired: true,
  },
  goods_tag: { label: "订单优惠标记", type: "string", min: 0, max: 32 },
  support_fapiao: { label: "电子发票入口开放标识", type: "boolean" },
  amount: {
    label: "订单金额",
    type: "object",
    isRequired: true,
    fields: {
      total: { label: "总金额", type: "integer", min: 1, isRequired: true },
      currency: {
        label: "货币类型",
        type: "string",
        max: 16,
        check: (value) => (value === "CNY" ? null : "仅支持 CNY"),
      },
    },
  },
  payer: {
    label: "支付者信息",
    type: "object",
    isRequired: true,
    fields: { openid: { label: "用户标识", type: "string", max: 128, isRequired: true } },
  },
  detail: {
    label: "优惠功能",
    type: "object",
    bytesMax: 6144,
    fields: {
      cost_price: { label: "订单原价", type: "integer", min: 0 },
      invoice_id: { label: "商品小票ID", type: "string", max: 32 },
      goods_detail: { label: "单品列表", type: "array" },
    },
  },
  scene_info: {
    label: "场景信息",
    type: "object",
    fields: {
      payer_client_ip: { label: "用户终端IP", type: "string", max: 45 },
      device_id: { label: "商户端设备号", type: "string", max: 32 },
      store_info: {
        label: "商户门店信息",
        type: "object",
        fields: {
          id: { label: "门店编号", type: "string", max: 32, isRequired: true },
          name: { label: "门店名称", type: "string", max: 256 },
          area_code: { label: "地区编码", type: "string", max: 32 },
          address: { label: "详细地址", type: "string", max: 512 },
        },
      },
    },
  },
  settle_info: {
    label: "结算信息",
    type: "object",
    fields: { profit_sharing: { label: "是否指定分账", type: "boolean" } },
  },
};

/** What the sandbox reads of a body that has passed `JSAPI_FIELDS`. */
export interface JsapiBody {
  appid: string;
  mchid: string;
  description: string;
  out_trade_no: string;
  time_expire?: string;
  attach?: string;
  notify_url: string;
  amount: { total: number };
  payer: { openid: string };
}
