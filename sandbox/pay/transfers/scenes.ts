export interface TransferScene {
  /** The `info_type`s that a request must report, all of them (wechat.md §1.14). */
  reports: readonly string[];
  /** What the payee may be told the money is. */
  perceptions: readonly string[];
}

/** The scenes that this merchant has opened. */
export const TRANSFER_SCENES: Record<string, TransferScene> = {
  "1000": { reports: ["活动名称", "奖励说明"], perceptions: ["活动奖励", "现金奖励"] },
  "1004": {
    reports: ["保险产品备案编号", "保险名称", "保险操作单号"],
    perceptions: ["保险理赔款"],
  },
  "1005": { reports: ["岗位类型", "报酬说明"], perceptions: ["劳务报酬", "报销款", "企业补贴"] },
  "1011": { reports: ["赔付原因"], perceptions: ["退款", "商家赔付"] },
};
