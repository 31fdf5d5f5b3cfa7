import type { MessageKind } from "@/lib/messages/contract";

export const reminders = {
  /** What a button is for; it stands on the page where one would wish for it. */
  offers: {
    thanked: {
      lead: "想知道对方有没有回话？不用常来看。",
      button: (askerName: string) => `${askerName}谢你时告诉我`,
    },
    refunded: { lead: "退款通常几分钟就到。", button: () => "到账时告诉我" },
    supported: {
      lead: "有人添一格、快到期、全亮了，微信里说一声。",
      button: () => "有人添一格时告诉我",
    },
    matured: { lead: "每过一段日子，就有几格开始算数。", button: () => "有格子算数时告诉我" },
    news: { lead: "不用常来看，有事微信里说一声。", button: () => "有消息时在微信告诉我" },
  },
  terms: "点一次，只提醒一次。晚上 10 点到早上 8 点不打扰。",
  accepted: "好，到时候在微信里告诉你一次。",
  declined: "没关系，消息页里都有。",
  failed: "这次没有开启成功。没关系，消息页里都有。",
  outside: "在微信里打开，可以让微信提醒你。不开也不会漏，消息都在这里。",
  stop: {
    label: "微信提醒",
    on: "一天不超过一条，一次求助不超过三条。",
    off: "已停。微信里不再提醒，消息照常在这里。",
    failed: "没有保存成功，请再点一次。",
  },
  agreed: (count: number) => `还会提醒你 ${count} 次。`,
  /** What WeChat shows: two lines, each within the 20 characters of a field. */
  messages: {
    supported: { about: "你的微互助保单", text: "有朋友添了第 {seq} 格" },
    thanked: { about: "你添的那一格", text: "{askerName}谢谢你" },
    matured: { about: "今天 {units} 格过了等待期", text: "{coverYuan} 从今天起算数" },
    closing: { about: "求助期还有不到三天", text: "已亮 {units} 格，添不添都随意" },
    full: { about: "{unitsMax} 格都亮了", text: "回来看看这一页" },
    refunded: { about: "退款已到账", text: "{amountFen} 已经退回给你" },
  } satisfies Record<MessageKind, { about: string; text: string }>,
};
