import type { NoticeKind } from "@/lib/notices/contract";

/** A kind whose sentence depends on what is known has one more. */
type Sentence =
  | NoticeKind
  | "unit_settled_own"
  | "unit_received_anonymous"
  | "thanked_with_words"
  | "refund_succeeded_to"
  | "cover_matured_one"
  | "anniversary_alone";

export const notices = {
  title: "消息",
  lead: "钱和保单的每一步，都在这里说一声。",
  empty: "还没有消息。钱或保单有了变化，会在这里告诉你。",
  unread: (count: number) => `${count >= 100 ? "99+" : count} 条新消息`,
  newMark: "新",
  more: (count: number) => `再看 ${count} 条`,
  all: "全部消息",
  entry: (count: number) => `${count >= 100 ? "99+" : count} 条新消息`,
  events: {
    unit_settled: "你给{askerName}的一元已入账，成了第 {seq} 格：{coverYuan} 保障。",
    unit_settled_own: "你的首格亮了：{coverYuan} 防癌保障。",
    unit_received: "{nickname}添了第 {seq} 格，保障多 {coverYuan}。",
    unit_received_anonymous: "一位朋友添了第 {seq} 格，保障多 {coverYuan}。",
    thanked: "{askerName}谢谢你添的那一格。",
    thanked_with_words: "{askerName}谢谢你添的那一格：「{thanks}」",
    policy_full: "{unitsMax} 格都亮了。来看看这一页，它值得留着。",
    refund_requested: "{amountFen} 正在原路退回给你：{reason}。",
    refund_succeeded: "{amountFen} 已经退回给你。",
    refund_succeeded_to: "{amountFen} 已经退回给你，退到{receivedBy}。",
    refund_delayed: "{amountFen} 的退款没有走通，我们正在人工处理。钱还是你的。",
    unit_ended: "有一格在生效之前取消了，保障减少 {lessYuan}。批单 {endorsementNo}。",
    policy_ended: "保单已结束：{endReason}。批单 {endorsementNo}。",
    cover_matured: "今天有 {units} 格过了等待期：{coverYuan} 从今天起算数。",
    cover_matured_one: "今天有一格过了等待期：{coverYuan} 从今天起算数。",
    window_closing: "求助期还有不到三天，已亮 {units} 格。朋友添不添都随意。",
    window_closed: "求助期结束了，一共亮了 {units} 格。已亮的格子继续有效。",
    policy_ending: "保单到 {lastDayOn} 24 点到期。到期后不会再扣款。",
    anniversary: "一年前的今天，保障开始生效。这一年，有 {friends} 位朋友陪你亮着 {units} 格。",
    anniversary_alone: "一年前的今天，保障开始生效。这一年，你为自己亮着一格。",
  } satisfies Record<Sentence, string>,
};
