import type { ConsentKind } from "@/lib/profile/contract";

export const settings = {
  title: "设置",
  lead: "谁能看到什么，由你定。关上开关，马上生效。",
  shown: {
    heading: "给别人看",
    lead: "都不打开，也不影响投保和求助。",
  },
  nickname: {
    label: "我的昵称",
    unknown: "还不知道。上榜、添格时显示「一位微信用户」。",
    ask: "用微信昵称",
  },
  choices: {
    isOnBoards: {
      label: "上亮格榜",
      note: "别人在榜上看到你的名字和亮了几格，别的都看不到。关上时，同省榜也一起退出。",
    },
    isNicknameShown: {
      label: "显示完整昵称",
      note: "不打开，榜上的名字除首字外都遮住。",
    },
    takesPartInRegion: {
      label: "参加同省榜",
      note: "只给同省、也参加的人看。省份取自投保时的证件号，别的一概不取。",
    },
    isAskingVisible: {
      label: "让互助过的朋友看到我在求助",
      note: "只有和你互相添过格子的人看得到，陌生人看不到。",
    },
    isAppraisalVisible: {
      label: "公开人品鉴定",
      note: "拿到你保单链接的人，能看到你的人品分和每一条来由。",
    },
    isFaceOnPoster: {
      label: "海报上放我的头像",
      note: "只画在你自己的海报上，别人的海报不会有你。",
    },
    wantsReminders: {
      label: "微信提醒",
      note: "每天不超过一条，晚上十点到早上八点不打扰。关了，站内消息还在。",
    },
  },
  reminders: { heading: "提醒" },
  saved: "已保存，马上生效。",
  failed: "没有保存成功，开关已放回原处。请再试一次。",
  regionUnknown: "还没有能看出省份的有效保单，暂时不能参加同省榜。",
  display: {
    heading: "看得清楚",
    elder: "大字长辈版",
    elderNote: "字更大，按钮更大，一屏只做一件事。",
    language: "语言",
    languageValue: "中文",
    languageOther: "English",
  },
  history: {
    heading: "同意记录",
    lead: "每一次同意和收回都记在这里，不能改。",
    empty: "你还没有同意过公开任何东西。",
    granted: (date: string, what: string) => `你在 ${date} 同意${what}`,
    withdrawn: (date: string, what: string) => `你在 ${date} 收回：${what}`,
    what: {
      boards: "上亮格榜",
      nickname: "显示完整昵称",
      region: "参加同省榜",
      asking: "让互助过的朋友看到你在求助",
      appraisal: "公开人品鉴定",
      face: "海报上放头像",
      reminders: "接收微信提醒",
    } satisfies Record<ConsentKind, string>,
  },
};
