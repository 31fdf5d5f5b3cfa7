import { checkNotifyUrl, checkOneOf, type Fields } from "../validate";

/** The body of `transfer-bills` (wechat.md §1.14). */
export const TRANSFER_FIELDS: Fields = {
  appid: { label: "商户AppID", type: "string", max: 32, isRequired: true },
  out_bill_no: {
    label: "商户单号",
    type: "string",
    max: 32,
    pattern: /^[0-9A-Za-z]+$/,
    isRequired: true,
  },
  transfer_scene_id: { label: "转账场景ID", type: "string", max: 36, isRequired: true },
  openid: { label: "收款用户OpenID", type: "string", max: 64, isRequired: true },
  user_name: { label: "收款用户姓名", type: "string", max: 1024 },
  transfer_amount: { label: "转账金额", type: "integer", min: 1, isRequired: true },
  transfer_remark: { label: "转账备注", type: "string", max: 32, isRequired: true },
  notify_url: { label: "通知地址", type: "string", max: 256, check: checkNotifyUrl },
  user_recv_perception: { label: "用户收款感知", type: "string", max: 32 },
  transfer_scene_report_infos: {
    label: "转账场景报备信息",
    type: "array",
    isRequired: true,
    items: {
      info_type: { label: "信息类型", type: "string", max: 15, isRequired: true },
      info_content: { label: "信息内容", type: "string", max: 32, isRequired: true },
    },
  },
  user_recv_style: {
    label: "用户收款样式",
    type: "object",
    fields: {
      type: {
        label: "样式类型",
        type: "string",
        max: 32,
        isRequired: true,
        check: checkOneOf("CONFIRM_PAGE", "RED_PACKET"),
      },
    },
  },
};

export interface TransferBody {
  appid: string;
  out_bill_no: string;
  transfer_scene_id: string;
  openid: string;
  user_name?: string;
  transfer_amount: number;
  transfer_remark: string;
  notify_url?: string;
  user_recv_perception?: string;
  transfer_scene_report_infos: { info_type: string; info_content: string }[];
  user_recv_style?: { type: "CONFIRM_PAGE" | "RED_PACKET" };
}
