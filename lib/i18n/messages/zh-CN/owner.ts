export const owner = {
  pageTitle: "我的保单",
  countsToday: "今天就算数",
  nextChange: (days: number, units: number, total: string) =>
    `${days <= 1 ? "明天" : `再过 ${days} 天`}，又有 ${units} 格算数，变成 ${total}`,
  noChange: "已亮的格子都算数了",
  inFirstWait: "还在等待期",
  firstWait: (days: number, day: string) =>
    `${days <= 1 ? "明天" : `再过 ${days} 天`}，${day}起一格一格开始算数`,
  sums: { today: "今天算数", waiting: "等待期", total: "合计" },
  daysLeft: (days: number) => (days <= 1 ? "求助期到今晚 24 点" : `求助期还有 ${days} 天`),
  collectingClosed: "求助期已结束",
  facts: {
    number: "保单号",
    term: "保障期",
    termDays: (first: string, last: string) => `${first} 0 点到 ${last} 24 点`,
  },
  states: {
    pending_payment: {
      title: "还差一块钱",
      body: "健康问题和条款都确认过了。付完 ¥1，保单就开始。",
      kept: (time: string) => `位置替你留到 ${time}。`,
      finish: "付 ¥1，点亮一格",
      startAgain: "重新投保",
      expired: "上一次没有付款，没有扣钱。重新投保只要一分钟。",
    },
    ended: "谢谢一路上的每一位朋友",
    full: "满格了，谢谢每一位朋友",
  },
  timeline: {
    title: "保障怎样一步步长起来",
    today: "今天",
    showSteps: "按日期看",
    from: "从这天起",
    payable: "算数的保障",
  },
  supporters: {
    title: (count: number) => (count === 0 ? "朋友" : `${count} 位朋友`),
    empty: "还没有朋友添格。发给一两个人就好，不用发给所有人。",
    anonymous: "一位朋友",
    /** In the disc where a name would have its first character. */
    anonymousMark: "友",
    cell: (seq: number) => `第 ${seq} 格`,
    privacy: "只有你看得到这份名单。",
  },
  endorsements: {
    title: "批单",
    lead: (count: number) => `${count} 张，每一次变化一张`,
    number: "批单号",
    what: "事项",
    cover: "保障",
    when: "时间",
    kinds: { unit_added: "添一格", unit_ended: "取消一格", policy_ended: "保单结束" },
  },
  documents: {
    title: "条款和文件",
    terms: "保险条款",
    exemptions: "免责说明",
    disclosure: "产品信息披露",
  },
  moments: {
    title: "接下来",
    window_closes: "求助期到这天 24 点",
    all_matured: (units: number, cover: string) => `${units} 格都算数，共 ${cover}`,
    last_day: "保障到这天 24 点",
  },
  invite: {
    button: "请朋友添一格",
  },
  busy: { order: "正在准备…", cashier: "请在微信里确认", confirm: "正在确认…" },
};
