export const share = {
  pageTitle: (name: string) => `给${name}添一格`,
  daysLeft: (days: number) => (days <= 1 ? "求助期到今晚 24 点" : `还有 ${days} 天`),
  /** Filled in the browser: the count may have grown since the page was drawn. */
  lit: "已亮 {lit} 格",
  titleBefore: "添一块钱，",
  titleAfter: (name: string, cover: string) => `给${name}多 ${cover} 防癌保障`,
  closedTitle: (name: string) => `${name}的防癌保障`,
  figureCaption: "共 {total} 格，已亮 {lit} 格",
  legend: { matured: "已算数 {count}", waiting: "等待期 {count}", empty: "空格 {count}" },
  gridLabel: "共 {total} 格，已亮 {lit} 格：{matured} 格今天算数，{waiting} 格在等待期。",
  unit: {
    title: "这一块钱买到什么",
    cover: (cover: string) => `${cover} 防癌保障`,
    effective: "生效",
    effectiveAt: (day: string) => `${day} 0 点`,
    matures: "起算数",
    covers: "算数的日子",
    coverDays: (days: number, lastDay: string) => `${days} 天，到 ${lastDay}`,
    note: (waitingDays: number) =>
      `生效后有 ${waitingDays} 天等待期，等待期里确诊不赔，这一块钱退还给你。`,
    barLabel: (waitingDays: number, coverDays: number) =>
      `先等待 ${waitingDays} 天，然后算数 ${coverDays} 天。`,
  },
  assurances: {
    title: "付款之前，想问的几件事",
    items: (name: string) => [
      {
        question: "钱去了哪里？",
        answer:
          "付完就看得到三盏灯：已付款、已入账、已进保单，每盏灯都有时间和批单号。没有进保单的钱会自动退回。",
      },
      {
        question: "会再扣款吗？",
        answer: "不会。一位朋友给一份保单只添一格，一次付清，不签自动扣款。",
      },
      {
        question: "谁看得到我？",
        answer: `只有${name}看得到你的留言。微信昵称要你点头才会显示，也可以匿名。`,
      },
      {
        question: "我会成为投保人吗？",
        answer: `不会。投保人、被保险人和受益人都是${name}，你替${name}付这一块钱保费。`,
      },
    ],
  },
  pay: "支持 ¥1",
  payFine: "一次性支付，不会扣第二次 · 进展随时可查",
  message: {
    summary: "留句话 / 匿名",
    label: (name: string) => `想对${name}说的话（可不填）`,
    placeholder: "一句就好",
    anonymous: "匿名：不显示我的昵称",
  },
  busy: { order: "正在准备…", cashier: "请在微信里确认", confirm: "正在确认…" },
  result: {
    cancelled: "没有付款，也没有扣钱。想好了再来。",
    failed: "这次没有付成，没有扣钱。可以再试一次。",
    unavailable: "没能打开微信支付。请在微信里打开这个页面再试，没有扣钱。",
    offline: "网络没有连上，没有扣钱。请再试一次。",
    rate_limited: "点得有点快，请过一会儿再试。没有扣钱。",
    daily_limit_reached: "今天已经支持了 20 位朋友，请明天再来。没有扣款。",
    provider_unavailable: "微信支付暂时没有回应，没有扣钱。请过一会儿再试。",
    other: "没能下单，没有扣钱。请再试一次。",
  },
  outside: {
    lead: "付款要在微信里完成。",
    copy: "复制链接，到微信里打开",
    copied: "已复制，请到微信里粘贴",
    copyFailed: "没有复制成功，请复制浏览器地址栏里的链接",
    scan: "或者用手机微信扫码",
  },
  closed: {
    own_policy: {
      title: "这是你自己的保单",
      body: "自己的那一格已经付过了。这一页是朋友看到的样子。",
    },
    already_supported: {
      title: "你已经添过一格，谢谢你",
      body: "那一块钱的去向，随时可以查。",
    },
    policy_not_open: {
      title: "还没有开始",
      body: "保单生效之后，朋友才能添格。",
    },
    collecting_closed: {
      title: "求助期已经结束",
      body: "谢谢你来看。已经亮起的格子继续有效。",
    },
    cap_reached: {
      title: "满格了",
      body: "所有的格子都亮了，谢谢每一位朋友。",
    },
    ended: {
      title: "这份保单已经到期",
      body: "谢谢来看过的每一位朋友。",
    },
  },
  toOwnPolicy: "看我的保单",
  toMyPayments: "看那一块钱的去向",
  alsoMe: "我也要一份",
  disclosure: "产品信息披露",
};
