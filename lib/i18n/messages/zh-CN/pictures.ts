export const pictures = {
  /** The law wants it on everything that sells (R44). */
  advertisement: "广告",
  headline: {
    open: (name: string, cover: string) => ["添一块钱，", `给${name}多 ${cover} 防癌保障`],
    full: (name: string, total: number) => [`${name}的 ${total} 格，`, "都亮了"],
    closed: (name: string, units: number) => ["谢谢每一位朋友，", `${name}亮了 ${units} 格`],
    ended: (name: string) => ["谢谢每一位朋友，", `${name}的这份保障已经结束`],
  },
  /** Under the name. */
  standing: {
    open: (days: number) => (days <= 1 ? "求助期到今晚 24 点" : `求助期还有 ${days} 天`),
    full: "满格了，一格都不缺",
    closed: "求助期已经结束",
    ended: "保障已经结束",
  },
  legend: { matured: "已算数", waiting: "等待期", empty: "空格" },
  /** Beside the amount of cover. */
  figure: (total: number, lit: number) => ["防癌保障", `已亮 ${lit} / ${total} 格`],
  scan: {
    open: ["长按识别二维码，", "添上一格"],
    other: ["长按识别二维码，", "看看这些格子"],
  },
  shortCode: "链接打不开？打开",
  shortCodeEnter: "输入",
  filing: (filingNo: string) => `备案编号 ${filingNo}`,
  certificate: {
    points: "分",
    scan: ["长按识别二维码，", "看每一分怎么来的"],
  },
};
