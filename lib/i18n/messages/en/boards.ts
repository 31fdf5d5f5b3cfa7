import type { Messages } from "@/lib/i18n/by-locale";
import type { boards as chinese } from "@/lib/i18n/messages/zh-CN/boards";

export const boards = {
  title: "Boards",
  lead: {
    all: "Every cell is one person's one yuan.",
    today: "Cells lit today.",
    week: "Cells lit this week.",
    friends: "You and the friends you have traded cells with.",
    region: "People from your province.",
  },
  tabs: {
    label: "Which board",
    all: "All",
    today: "Today",
    week: "Week",
    friends: "Friends",
    region: "Province",
  },
  own: {
    heading: "Your place",
    rank: "No. {rank}",
    units: "{units} lit",
    today: "Lit today: {units}",
    week: "Lit this week: {units}",
    ahead: "Ahead of {percent}% of the others.",
    start: "One cell at a time; each one counts.",
    alone: "Only you are here so far.",
    tied: "{count} more with the same number of cells share your place.",
    listed: "Your name is on the board. Hide it whenever you like.",
    hidden: "Only you see your place; your name is not on the board.",
    settings: "Board settings",
    announce: "You are now No. {rank}, with {units} lit.",
  },
  states: {
    guest: "Anyone may look. Continue with WeChat to see your own place.",
    guestAct: "See my place",
    noPolicy: "With a policy of your own, you get a place here.",
    noPolicyAct: "Get covered",
    today: "No new cell today; the earlier ones are all on the main board.",
    week: "No new cell this week; the earlier ones are all on the main board.",
    coming: "Your cells are on their way to the board; a few seconds more.",
    friends:
      "Friends see each other here only if both want to. Once you join, you see those you have traded cells with who joined too.",
    region:
      "Only those who take part are ranked here and can see it. Your province comes from the ID on your policy, and is not used unless you join.",
    joinAct: "Join",
  },
  empty: {
    all: "Nobody has put a name here yet.",
    today: "Nobody has put a name here today.",
    week: "Nobody has put a name here this week.",
    friends: "None of the friends you have traded cells with has joined yet.",
    region: "Nobody else from your province has joined yet.",
  },
  rows: {
    heading: "Who chose to be listed",
    rank: "No. {rank}",
    units: "{units} lit",
    nameless: "A WeChat user",
    me: "Me",
    tied: "tied",
  },
  notes: {
    total: "Places count all {total} policies; names appear only for those who chose to be listed.",
    joined: "Places count only the {total} policies that take part.",
    ties: "Equal cells share a place; whoever got there first is listed first.",
    noPrize: "There is no prize, and nothing here changes cover or price.",
  },
  more: (rows) => `${rows} more`,
  first: "Back to the start",
} satisfies Messages<typeof chinese>;
