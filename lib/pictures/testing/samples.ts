import type { CertificatePicture, PolicyPicture } from "../views";

export const POLICY: PolicyPicture = {
  locale: "zh-CN",
  state: "open",
  askerName: "小雨",
  isFaceShown: true,
  units: 37,
  unitsMax: 100,
  maturedUnits: 12,
  coverYuan: 37_000,
  coverPerUnitYuan: 1_000,
  collectingDaysLeft: 12,
  waitingDays: 90,
  url: "https://weihuzhu.example.com/p/DemoXiaoyu000000000037",
  shortCode: { place: "weihuzhu.example.com/c", code: "K7MQ 2XPA" },
  insurer: {
    name: "示例人寿保险有限公司",
    productName: "微互助一年期防癌疾病保险（互联网专属）",
    filingNo: "演示备案-2026-0001",
    isDemonstration: true,
  },
};

export const CERTIFICATE: CertificatePicture = {
  locale: "zh-CN",
  name: "小雨",
  heading: "人品鉴定证书",
  title: "下雨天多带一把伞的人",
  score: 128,
  lines: [
    { label: "为朋友亮过 24 格", points: 72 },
    { label: "一小时里帮了 4 个人", points: 12 },
    { label: "有 36 格是朋友来亮的", points: 36 },
    { label: "说了 8 次谢谢", points: 8 },
  ],
  footnotes: [
    "鉴定于 2026 年 11 月 22 日",
    "趣味鉴定，只数朋友间的好意。与健康、财富、信用、保险评级无关。",
  ],
  url: "https://weihuzhu.example.com/p/DemoXiaoyu000000000037/appraisal",
};
