/** 我要求爱: how to ask well, and the short code for a lost link. */
export const asking = {
  pageTitle: "我要求爱",
  heading: "好好说一声就够了",
  lead: "挑一种说法，发给一两个人就好。",
  tone: { label: "怎么开口" },
  tones: {
    plain: {
      name: "平实",
      hint: "说清楚就好",
      title: (name: string, cover: string, _unitsMax: number) =>
        `添一块钱，给${name}多 ${cover} 防癌保障`,
      ending: "添不添都随意",
      sentence: (cover: string, _unitsMax: number) =>
        `我给自己投了一份防癌保险。求助期里，朋友可以各添一块钱，我就多 ${cover} 保障。方便就点开看看，不添也没关系。`,
    },
    playful: {
      name: "俏皮",
      hint: "轻松一点",
      title: (name: string, _cover: string, unitsMax: number) =>
        `${name}有 ${unitsMax} 个小格子，一块钱亮一格`,
      ending: "来看看也好",
      sentence: (cover: string, unitsMax: number) =>
        `我有 ${unitsMax} 个小格子，一块钱亮一格，一格是 ${cover} 防癌保障。路过的话来挑一格？只围观也欢迎。`,
    },
    grateful: {
      name: "感恩",
      hint: "先说谢谢",
      title: (name: string, _cover: string, _unitsMax: number) => `谢谢你来看看${name}的防癌保障`,
      ending: "来看过就谢谢你",
      sentence: (cover: string, _unitsMax: number) =>
        `谢谢你一直都在。我投了一份防癌保险，朋友各添一块钱，我就多 ${cover} 保障。愿意的话点开看看，心意我都收到。`,
    },
  },
  /** Moments cuts a title after two lines, so only what must not be missing stands here. */
  law: (waitingDays: number) => `广告 · 保险产品，等待期${waitingDays}天`,
  lawOfSentence: (waitingDays: number) => `（保险产品，等待期 ${waitingDays} 天，详见条款）`,
  lawInFull: (waitingDays: number, insurer: string, product: string, filingNo: string) =>
    `广告 · 保险产品，等待期${waitingDays}天，详见条款 · ${insurer} · ${product} · ${filingNo}`,
  preview: {
    title: "朋友会看到",
    chat: "聊天里",
    moments: "朋友圈里",
  },
  share: {
    toFriend: "发给朋友",
    toMoments: "发朋友圈",
    guideTitle: "请点右上角的 ···",
    picture: "微信页面右上角有一个 ··· 按钮",
    corner: "点这里的 ···",
    friendSteps: ["点微信右上角的 ···", "选“发送给朋友”，挑一两个人", "再贴上那句话，一起发出去"],
    momentsSteps: ["点微信右上角的 ···", "选“分享到朋友圈”", "写一句自己的话，再发表"],
    honest: "分享没有奖励，也不影响保障。朋友随意就好。",
  },
  sentence: {
    title: "一句可以直接发的话",
    copy: "复制这句话和链接",
    copied: "已复制，去聊天里粘贴就好",
    copyFailed: "没有复制成功，请长按这句话手动复制",
  },
  outside: {
    title: "这里不是微信",
    lead: "分享卡片要在微信里发。用手机微信扫这个码，或者复制链接到微信里打开。",
    qrAlternative: "你的求助页链接的二维码",
    copy: "复制链接",
    copied: "已复制，请到微信里粘贴",
    copyFailed: "没有复制成功，请长按上面的链接手动复制",
  },
  poster: {
    title: "一张海报",
    lead: "长按图片保存，发给朋友或打印出来。",
    alternative: (name: string, units: number, unitsMax: number) =>
      `${name}的海报：${unitsMax} 个格子亮了 ${units} 个，带二维码和短码`,
    loading: "正在画海报…",
    failed: "海报没有画出来，请再试一次。",
    retry: "再画一次",
  },
  code: {
    title: "短码",
    lead: (address: string) => `链接丢了，打开 ${address} 输入短码，就能找到你。`,
    copy: "复制短码",
    copied: "已复制",
    copyFailed: "没有复制成功，请长按短码手动复制",
  },
  enter: {
    pageTitle: "输入短码",
    heading: "链接丢了？输入短码",
    lead: "8 位，朋友海报上或聊天里的那一串。",
    label: "短码",
    placeholder: "例如 7KQM 2XPA",
    hint: "没有数字 0、1 和字母 I、O；空格和大小写都随意。",
    submit: "打开朋友的页面",
    problems: {
      empty: "请先输入短码。",
      unknown: "没有找到这个短码。请对照一下，或请朋友再发一次。",
      busy: "试得有点多，请过几分钟再来。",
      trouble: "没有打开，请再试一次。",
    },
  },
};
