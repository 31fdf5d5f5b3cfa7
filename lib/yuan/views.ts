/** What the pages show of one yuan. Built by `queries.ts`, drawn by `components/yuan`. */
import type { StoryEvent } from "./build-story";
import type { Ending, Story } from "./contract";
import type { YuanFacts } from "./rules";

export type { StoryEvent } from "./build-story";
export type { YuanFacts } from "./rules";

/** `/orders/[outTradeNo]/story`, for its payer. */
export interface StoryPage {
  story: Story;
  kind: "first" | "gift";
  /** What friends call the insured; never the full name. */
  askerName: string;
}

/** The staff's page and `npm run yuan`: every row and what it adds up to. */
export interface StaffYuan {
  facts: YuanFacts;
  events: StoryEvent[];
  ending: Ending;
}
