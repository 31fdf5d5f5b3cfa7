import type { Messages } from "@/lib/i18n/by-locale";
import type { boards as chinese } from "@/lib/i18n/messages/zh-CN/boards";

export const boards = {
  title: "Cells lit",
  lead: {
    all: "Every cell is one person’s one yuan.",
    today: "Cells lit today.",
    week: "Cells lit this week.",
    friends: "You and friends you have exchanged a yuan with.",
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
    ahead: "Ahead of {percent}% of policies.",
    start: "Cell by cell; each one counts.",
    alone: "Only you are here so far.",
    tied: "Tied with {count} more at the same number of cells.",
    listed: "Your name is on the board. Hide it whenever you like.",
    hidden: "Only you see your place; your name is not on the board.",
    settings: "Board settings",
    announce: "You are now No. {rank}, with {units} lit.",
  },
  states: {
    guest: "Anyone may look. Confirm who you are to see your own place.",
    guestAct: "See my place",
    noPolicy: "With a policy of your own you have a place here.",
    noPolicyAct: "Insure myself",
    today: "No new cell today; the earlier ones are all on the main board.",
    week: "No new cell this week; the earlier ones are all on the main board.",
    coming: "Your cells are on their way to the board, a few seconds.",
    friends:
      "Friends see each other here only if both want to. Once you join, you see those you have exchanged a yuan with who joined too.",
    region:
      "Only those who take part see and fill this board. Your province comes from your ID; unless you join it is not used.",
    joinAct: "Join",
  },
  empty: {
    all: "Nobody has put a name here yet.",
    today: "Nobody has put a name here today.",
    week: "Nobody has put a name here this week.",
    friends: "No friend you have exchanged a yuan with has joined yet.",
    region: "Nobody else from your province has joined yet.",
  },
  rows: {
    heading: "Those who want to be listed",
    rank: "No. {rank}",
    units: "{units} lit",
    nameless: "A WeChat user",
    me: "Me",
    tied: "tied",
  },
  notes: {
    total:
      "Places are counted among all {total} policies; names only of those who want to be listed.",
    joined: "Places are counted among the {total} policies that take part.",
    ties: "Equal cells, equal place; who was there first is listed first.",
    noPrize: "There is no prize, and nothing here changes cover or price.",
  },
  more: (rows) => `${rows} more`,
  first: "Back to the start",
} satisfies Messages<typeof chinese>;
