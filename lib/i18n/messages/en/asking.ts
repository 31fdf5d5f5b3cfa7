import type { Messages } from "@/lib/i18n/by-locale";
import type { asking as chinese } from "@/lib/i18n/messages/zh-CN/asking";

export const asking = {
  pageTitle: "Ask friends",
  heading: "A few good words are enough",
  lead: "Choose how to say it, and send it to one or two people.",
  tone: { label: "How to say it" },
  tones: {
    plain: {
      name: "Plain",
      hint: "Just say it",
      title: (name, cover) => `Add one yuan, give ${name} ${cover} more cancer cover`,
      ending: "add one or not, as you like",
      sentence: (cover) =>
        `I have taken out cancer insurance for myself. For a while, friends can each add one yuan, and each yuan gives me ${cover} more cover. Have a look if you like; no is fine too.`,
    },
    playful: {
      name: "Playful",
      hint: "With a wink",
      title: (name, _cover, unitsMax) =>
        `${name} has ${unitsMax} little cells, one yuan lights one`,
      ending: "a look is welcome too",
      sentence: (cover, unitsMax) =>
        `I have ${unitsMax} little cells. One yuan lights one, and one is ${cover} of cancer cover. Passing by? Pick a cell. Just looking is welcome too.`,
    },
    grateful: {
      name: "Grateful",
      hint: "With thanks",
      title: (name) => `Thank you for looking in on ${name}'s cancer cover`,
      ending: "thank you for looking",
      sentence: (cover) =>
        `Thank you for always being there. I have taken out cancer insurance; friends can each add one yuan, and each yuan gives me ${cover} more cover. Have a look if you like. I feel your kindness either way.`,
    },
  },
  law: (waitingDays) => `Ad · Insurance product, ${waitingDays}-day waiting period`,
  lawOfSentence: (waitingDays) =>
    ` (Insurance product, ${waitingDays}-day waiting period, see terms)`,
  lawInFull: (waitingDays, insurer, product, filingNo) =>
    `Ad · Insurance product, ${waitingDays}-day waiting period, see terms · ${insurer} · ${product} · ${filingNo}`,
  preview: {
    title: "What friends see",
    chat: "In a chat",
    moments: "On Moments",
  },
  share: {
    toFriend: "To a friend",
    toMoments: "To Moments",
    guideTitle: "Tap ··· in the corner",
    picture: "WeChat's page has a ··· button in the top right corner",
    corner: "Tap ··· here",
    friendSteps: [
      "Tap ··· in WeChat's top right corner",
      "Choose “Send to Chat” and one or two people",
      "Paste the sentence too, and send both",
    ],
    momentsSteps: [
      "Tap ··· in WeChat's top right corner",
      "Choose “Share on Moments”",
      "Write a line of your own and post",
    ],
    honest: "Sharing earns nothing and does not change your cover. Friends are free to add or not.",
  },
  sentence: {
    title: "A sentence ready to send",
    copy: "Copy sentence and link",
    copied: "Copied. Paste it into a chat",
    copyFailed: "Could not copy. Press and hold the sentence instead",
  },
  outside: {
    title: "This is not WeChat",
    lead: "The card is sent from inside WeChat. Scan this code with WeChat, or copy the link and open it there.",
    qrAlternative: "QR code of the link to your page",
    copy: "Copy link",
    copied: "Copied. Paste it in WeChat",
    copyFailed: "Could not copy. Press and hold the link above instead",
  },
  poster: {
    title: "A poster",
    lead: "Press and hold to save it, then send or print it.",
    alternative: (name, units, unitsMax) =>
      `${name}'s poster: ${units} of ${unitsMax} cells lit, with a QR code and the short code`,
    loading: "Drawing the poster…",
    failed: "The poster could not be drawn. Please try again.",
    retry: "Draw it again",
  },
  code: {
    title: "Short code",
    lead: (address) => `Link lost? Open ${address} and type the code to find you.`,
    copy: "Copy code",
    copied: "Copied",
    copyFailed: "Could not copy. Press and hold the code instead",
  },
  enter: {
    pageTitle: "Type a short code",
    heading: "Link lost? Type the short code",
    lead: "Eight characters, from your friend's poster or chat.",
    label: "Short code",
    placeholder: "e.g. 7KQM 2XPA",
    hint: "It never has 0, 1, I or O; spaces and capitals do not matter.",
    submit: "Open my friend's page",
    problems: {
      empty: "Please type the code.",
      unknown: "No page has this code. Please compare it, or ask your friend to send it again.",
      busy: "That was a lot of tries. Please come back in a few minutes.",
      trouble: "That did not work. Please try again.",
    },
  },
} satisfies Messages<typeof chinese>;
