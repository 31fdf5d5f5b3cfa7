export const common = {
  brand: "微互助",
  tagline: "一块钱，一格保障",
  description: "用 1 元为自己点亮一格防癌保障，也可以请朋友各添一格。保险产品，详见条款。",
  back: "返回",
  home: "首页",
  close: "关闭",
  retry: "再试一次",
  loading: "正在打开…",
  me: "我的",
  myPolicies: "我的保单和付款",
  disclosure: "产品信息披露",
  shortCode: "输入短码",
  more: "更多",
  elderOn: "大字长辈版",
  elderOff: "退出长辈版",
  demonstration: "演示",
  demonstrationNote: "演示用的虚构保险公司，不是真实的保险销售。",
  cells: {
    matured: (count: number) => `已算数 ${count}`,
    waiting: (count: number) => `等待期 ${count}`,
    empty: (count: number) => `空格 ${count}`,
    me: "我",
    alternative: (grid: { lit: number; total: number; matured: number; waiting: number }) =>
      `共 ${grid.total} 格，已亮 ${grid.lit} 格：${grid.matured} 格今天算数，${grid.waiting} 格在等待期。`,
  },
  /** One sentence in the parts between which it may break. */
  insuranceParts: {
    kind: "保险产品",
    waiting: (waitingDays: number) => `等待期 ${waitingDays} 天，详见条款`,
  },
};
