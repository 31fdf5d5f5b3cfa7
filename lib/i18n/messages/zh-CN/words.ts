import type { Emoji } from "@/lib/words/contract";

/** What friends say to each other. Nobody is asked twice, nobody is counted, nobody has to. */
export const words = {
  emoji: {
    heart: "爱心",
    hug: "抱抱",
    clap: "鼓掌",
    strong: "加油",
    flower: "送花",
    laugh: "笑",
  } satisfies Record<Emoji, string>,
  reactions: {
    /** Of a group of six buttons. */
    note: (name: string) => `回应${name}`,
    open: "回应",
    change: (emoji: string) => `你的回应：${emoji}。换一个`,
    /** Filled in the browser. */
    counted: "{name}，{count} 次",
    yours: (name: string, emoji: string) => `${name}回应了${emoji}`,
  },
  /** In the author's own view; filled into islands. */
  held: "正在看这句话，看过就会显示。现在只有你看得到。",
  hidden: "这句话没有显示给别人。换一句说说看？",
  failures: {
    offline: "网络没有连上，没有保存。请再试一次。",
    rate_limited: "点得有点快，请过一会儿再试。",
    not_authenticated: "身份确认过期了，请刷新页面再试。",
    not_settled: "这一格已经不在保单里了，请刷新页面看看。",
    policy_not_open: "这份保单已经结束，不能再写了。",
    own_policy: "这是你自己写的，留给朋友来回应吧。",
    not_found: "这句话已经不在了，请刷新页面看看。",
    invalid_input: "这句话存不下来，请改一改，60 个字以内。",
    other: "没有保存好，请再试一次。",
  },
  editor: { save: "就这句", keep: "先不写", busy: "正在保存…", change: "换一句", unsay: "收回" },
  gift: {
    title: (name: string) => `你和${name}`,
    write: (name: string) => `留一句话给${name}`,
    label: (name: string) => `想对${name}说的话`,
    placeholder: "一句就好",
    yours: "你说",
    saved: (name: string) => `${name}会看到的。`,
    unsaid: "已经收回。",
    thanks: (name: string) => `${name}谢谢你`,
    plainThanks: "谢谢你添的这一格。",
    anonymous: (name: string) => `不让${name}看到我的昵称`,
    anonymousNote: "随时可以改，马上生效，以前的消息里也一样。这一格照样算数。",
  },
  note: {
    title: "给大家的话",
    lead: "写在分享页上，打开链接的人都看得到。",
    write: "写一句给大家",
    label: "想对大家说的话",
    placeholder: "比如：谢谢你们，一格一格亮起来",
    yours: "现在写着",
    saved: "分享页上已经看得到了。",
    unsaid: "已经从分享页收回。",
  },
  wall: {
    pageTitle: "支持者墙",
    back: "回到保单",
    title: (count: number) => (count === 0 ? "朋友" : `${count} 位朋友`),
    lead: "名字和话只有你看得到。",
    filters: { all: "全部", words: "有留言", unthanked: "还没道谢" },
    filterLabel: "只看一部分",
    none: {
      all: "还没有朋友添格。发给一两个人就好，不用发给所有人。",
      words: "还没有人留言。添格不用说话，心意已经到了。",
      unthanked: "每一位都谢过了。",
    },
    open: (count: number) => `看全部 ${count} 位，说声谢谢`,
    thank: "说声谢谢",
    thankFor: (name: string, seq: number) => `说声谢谢，给${name}的第 ${seq} 格`,
    thankAll: "还没谢过的，一起谢",
    /** Filled in the browser. */
    thankedAll: "谢过了 {count} 位朋友。",
    thanked: "已道谢",
    addWords: "写一句",
    yourThanks: "你回",
    label: (name: string) => `想对${name}说的话`,
    placeholder: "谢谢你，一句就好",
    busy: "正在道谢…",
  },
  ticker: { pause: "停住滚动的留言" },
  /** Filled in the browser while one looks at the shared page. */
  newCell: "又亮了一格，第 {seq} 格",
};
