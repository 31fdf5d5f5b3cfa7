import type { Messages } from "@/lib/i18n/by-locale";
import type { pictures as chinese } from "@/lib/i18n/messages/zh-CN/pictures";

export const pictures = {
  advertisement: "Advertisement",
  headline: {
    open: (name, cover) => ["Add one yuan,", `give ${name} ${cover} more cancer cover`],
    full: (name, total) => [`${name}'s ${total} cells`, "are all lit"],
    closed: (name, units) => ["Thank you, every friend.", `${name} lit ${units} cells`],
    ended: (name) => ["Thank you, every friend.", `${name}'s cover has ended`],
  },
  standing: {
    open: (days) => (days <= 1 ? "open until midnight" : `open for ${days} more days`),
    full: "every cell is lit",
    closed: "the collection has ended",
    ended: "the cover has ended",
  },
  legend: { matured: "counting", waiting: "waiting", empty: "open" },
  figure: (total, lit) => ["cancer cover", `${lit} of ${total} lit`],
  scan: {
    open: ["Press the QR code", "to add a cell"],
    other: ["Press the QR code", "to see the cells"],
  },
  shortCode: "Link lost? Open",
  shortCodeEnter: "and enter",
  filing: (filingNo) => `Filing no. ${filingNo}`,
  certificate: {
    points: "points",
    scan: ["Press the QR code to see", "where each point comes from"],
  },
} satisfies Messages<typeof chinese>;
