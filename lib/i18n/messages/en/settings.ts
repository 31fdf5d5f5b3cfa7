import type { Messages } from "@/lib/i18n/by-locale";
import type { settings as chinese } from "@/lib/i18n/messages/zh-CN/settings";

export const settings = {
  title: "Settings",
  lead: "You decide who sees what. Turning a switch off takes effect at once.",
  shown: {
    heading: "Shown to others",
    lead: "Leave them all off if you like: your cover and your asking work the same.",
  },
  nickname: {
    label: "My nickname",
    unknown: "Not known yet: boards and friends see “A WeChat user”.",
    ask: "Use my WeChat name",
  },
  choices: {
    isOnBoards: {
      label: "Appear on the boards",
      note: "Others see your name there and how many cells are lit, and nothing else about you. Turning it off leaves your province’s board too.",
    },
    isNicknameShown: {
      label: "Show my full nickname",
      note: "While this is off, the boards show only its first character.",
    },
    takesPartInRegion: {
      label: "Join my province's board",
      note: "Seen only by people of your province who join too. Your province, and nothing else, is read from the ID number on your policy.",
    },
    isAskingVisible: {
      label: "Let friends see that I am asking",
      note: "Only friends you have traded cells with, never strangers.",
    },
    isAppraisalVisible: {
      label: "Show my character check",
      note: "Anyone with your policy's link sees your score and where each point comes from.",
    },
    isFaceOnPoster: {
      label: "My picture on my poster",
      note: "On your own poster only; you never appear on anyone else's.",
    },
    wantsReminders: {
      label: "Reminders in WeChat",
      note: "At most one a day, none from 10 pm to 8 am. Turned off, your messages are still here.",
    },
  },
  reminders: { heading: "Reminders" },
  saved: "Saved, and already in effect.",
  failed: "That was not saved, and the switch is back where it was. Please try again.",
  regionUnknown:
    "No policy in force tells your province yet, so you cannot join a province's board.",
  display: {
    heading: "Easy to read",
    elder: "Large print",
    elderNote: "Larger text and buttons, one thing at a time.",
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
      boards: "appear on the boards",
      nickname: "show your full nickname",
      region: "join your province's board",
      asking: "let friends see that you are asking",
      appraisal: "show your character check",
      face: "show your picture on your poster",
      reminders: "get reminders in WeChat",
    },
  },
} satisfies Messages<typeof chinese>;
