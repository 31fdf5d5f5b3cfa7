import type { CalendarDate } from "@/lib/pricing/calendar";
import type { FullStory } from "./rules";

/** The keepsake of a full grid, for the insured only. */
export interface FullPolicy {
  code: string;
  askerName: string;
  unitsMax: number;
  coverYuan: number;
  today: CalendarDate;
  cells: { seq: number; isMatured: boolean }[];
  story: FullStory;
  /** Friends who gave their names, in the order in which they came. */
  names: string[];
  /** Friends who did not, or have no nickname. */
  nameless: number;
}
