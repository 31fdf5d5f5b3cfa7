import type { Messages } from "@/lib/i18n/by-locale";
import type { milestones as chinese } from "@/lib/i18n/messages/zh-CN/milestones";

export const milestones = {
  moments: {
    1: {
      title: "Cell no. 1 is lit",
      body: () => "You lit it yourself. This is where your cover begins.",
    },
    10: {
      title: "Ten cells, a whole row",
      body: () => "A row of people is standing behind you. Not loud, but there.",
    },
    30: {
      title: "Thirty cells",
      body: () => "About a whole school class. Calling the register would take a while.",
    },
    50: {
      title: "Half the grid",
      body: (cells) => `${cells} cells, and each of them is somebody who stopped to think of you.`,
    },
    99: {
      title: "One cell is left",
      body: (cells) => `${cells} are lit. The open one looks fine there too; it is in no hurry.`,
    },
    100: {
      title: "Every cell is lit",
      body: (cells) => `${cells} of ${cells}. A good day to treat yourself to a decent meal.`,
    },
  },
  close: "Got it",
  keep: "See the keepsake",
  full: {
    pageTitle: "A full grid",
    heading: "Every cell is lit",
    lead: (cover) => `${cover} of cover, cell by cell, lit by people.`,
    storyTitle: "The way here",
    took: (days) => (days <= 1 ? "All within one day" : `${days} days from start to finish`),
    cell: (cells) => `Cell ${cells}`,
    lastCell: (cells) => `Cell ${cells}, and full`,
    busiest: (day, cells) =>
      `${day} was the busiest day: ${cells === 1 ? "one friend" : `${cells} friends`} came.`,
    thanksTitle: "With thanks to",
    thanksLead: "In the order they came. Only you can see this list.",
    nameless: (count) =>
      count === 1
        ? "And thank you to one friend who left no name."
        : `And thank you to ${count} friends who left no name.`,
    nobody: "The friends who came left no names. Thank you to each of them.",
    poster: "See the poster",
    wall: "Say thank you to them",
    back: "Back to the policy",
  },
} satisfies Messages<typeof chinese>;
