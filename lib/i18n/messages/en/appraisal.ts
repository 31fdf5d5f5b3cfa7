import type { Messages } from "@/lib/i18n/by-locale";
import type { appraisal as chinese } from "@/lib/i18n/messages/zh-CN/appraisal";

const counted = (count: number, one: string, many: string) =>
  `${count} ${count === 1 ? one : many}`;

export const appraisal = {
  pageTitle: "Character check",
  eyebrow: "Certificate of good character",
  points: "points",
  titles: {
    loading: "Good Karma, Loading",
    hand: "Hand Freshly Extended",
    heater: "Pocket Warmer of the Group Chat",
    kettle: "Neighbour With the Kettle Already On",
    shop: "Corner Shop With the Light On at 2 a.m.",
    melon: "The One Who Slices the Watermelon",
    umbrella: "Carrier of the Spare Umbrella",
    powerbank: "Human Power Bank, Fully Charged",
    aunties: "Praised by Name by the Aunties Downstairs",
    heart: "Warm Heart of the Whole Block",
  },
  lines: {
    gave: (count) => `Lit ${counted(count, "cell", "cells")} for friends`,
    hour: (count) => `Helped ${count} people within an hour`,
    came: (count) => `Friends lit ${counted(count, "cell", "cells")}`,
    both: (count) => `Give and take, ${counted(count, "time", "times")}`,
    thanked: (count) => `Said thank you ${counted(count, "time", "times")}`,
    weeks: (count) => `Lent a hand in ${count} different weeks`,
  },
  reasons: {
    gave: (points, max) => `${points} for each cell, up to ${max}`,
    hour: (points, max) => `The busiest hour: ${points} a person, up to ${max}`,
    came: (points, max) => `${points} for each cell, up to ${max}`,
    both: (points, max) => `The smaller of given and received: ${points} each, up to ${max}`,
    thanked: (points, max) => `${points} for each thank-you, up to ${max}`,
    weeks: (points, max) => `${points} for each week, up to ${max}`,
  },
  total: "Total",
  receipt: "How it adds up",
  receiptLead: "Check every line yourself",
  empty:
    "Nothing to write down yet, and no hurry. Helping, being helped and saying thanks will appear here line by line.",
  next: (points, title) => `${counted(points, "more point", "more points")} to “${title}”`,
  last: "No title stands above this one; there is always more good to do",
  how: {
    title: "What counts, and what does not",
    points: [
      "Only what you chose to do and friends could see: cells, support, thanks.",
      "Cells you bought for yourself, money, health and credit are never looked at.",
      "A cell that a friend declined counts all the same; only one you took back does not.",
      "Anonymous cells count too. There are numbers here, and no names.",
      "The score is for a smile. It changes no cover, price or claim.",
    ],
  },
  giving: {
    title: "What you did for others",
    sentence: (friends, cells) =>
      `You lit ${counted(cells, "cell", "cells")} for ${counted(friends, "friend", "friends")}`,
    body: "Each one is on a friend's policy, with an endorsement of its own.",
    picture: (cells) => counted(cells, "lit cell", "lit cells"),
    more: (cells) => `and ${counted(cells, "cell", "cells")} not drawn here`,
  },
  certificate: {
    heading: "Certificate of Good Character",
    day: (day) => `Checked on ${day}`,
    title: "Certificate",
    hint: "Press and hold the picture to save or send it",
    alternative: (title, score) => `Certificate of good character: ${title}, ${score} points`,
  },
  visibility: {
    title: "Who can see it",
    label: "Anyone with my policy's link",
    note: "Off: only you. On: others see the score, the title and the counts (anonymous cells included), and nobody's name.",
    view: "See what others see",
  },
  shared: {
    title: (name) => `${name}'s character check`,
    eyebrow: (name) => `${name} · Certificate of good character`,
    until: (day) => `Counted up to ${day}, 24:00`,
    private: "Right now only you can see this page.",
    open: "Anyone with the link can open this page.",
    settings: "Change who can see it",
    empty: "The machine is warming up; good deeds will appear line by line.",
    back: (name) => `See ${name}'s cells`,
    note: "For fun: it counts kindness among friends. It says nothing of health, wealth, credit or an insurance rating.",
  },
  signedOut: {
    title: "See your character check",
    lead: "Continue with WeChat to see where every point comes from. No policy needed.",
    button: "Continue with WeChat",
  },
} satisfies Messages<typeof chinese>;
