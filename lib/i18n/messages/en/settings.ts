import type { Messages } from "@/lib/i18n/by-locale";
import type { settings as chinese } from "@/lib/i18n/messages/zh-CN/settings";

export const settings = {
  title: "Settings",
  lead: "You decide who sees what. A switch turned off holds at once.",
  shown: {
    heading: "Shown to others",
    lead: "Leave all of them off, and nothing about your cover or your asking changes.",
  },
  nickname: {
    label: "My nickname",
    unknown: "Not known yet: boards and friends see “a WeChat user”.",
    ask: "Use WeChat’s",
  },
  choices: {
    isOnBoards: {
      label: "Be on the boards",
      note: "Others see your name there and how many cells are lit, and nothing else about you.",
    },
    isNicknameShown: {
      label: "Show my whole nickname",
      note: "While off, everything after its first character is masked on the boards.",
    },
    takesPartInRegion: {
      label: "Be on my region's board",
      note: "For people of your province who take part too. It is read from the ID number on your policy, and nothing else is.",
    },
    isAskingVisible: {
      label: "Let friends see that I am asking",
      note: "Only people with whom you have exchanged a cell; never strangers.",
    },
    isAppraisalVisible: {
      label: "Publish my character appraisal",
      note: "Whoever has your policy's link sees your score and the reason for each point.",
    },
    isFaceOnPoster: {
      label: "My picture on my poster",
      note: "Drawn on your own poster only; nobody else's poster shows you.",
    },
    wantsReminders: {
      label: "Reminders in WeChat",
      note: "At most one a day, and none from 10 pm to 8 am. While off, the messages here stay.",
    },
  },
  reminders: { heading: "Reminders" },
  saved: "Saved. It holds from now on.",
  failed: "That was not saved, and the switch is back where it was. Please try again.",
  regionUnknown: "No policy in force names your province yet, so you cannot join a region's board.",
  display: {
    heading: "Easy to read",
    elder: "Large print",
    elderNote: "Larger text, larger buttons, one thing at a time.",
    language: "Language",
    languageValue: "English",
    languageOther: "中文",
  },
  history: {
    heading: "What I agreed to",
    lead: "Every consent you gave or took back, for the record.",
    empty: "You have not agreed to show anything yet.",
    granted: (date, what) => `${date}: you agreed to ${what}`,
    withdrawn: (date, what) => `${date}: you took back your consent to ${what}`,
    what: {
      boards: "be on the boards",
      nickname: "show your whole nickname",
      region: "be on your region's board",
      asking: "let friends see that you are asking",
      appraisal: "publish your appraisal",
      face: "show your picture on your poster",
      reminders: "get reminders in WeChat",
    },
  },
} satisfies Messages<typeof chinese>;
