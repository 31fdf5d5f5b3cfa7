import { z } from "zod";

/**
 * The moments of a grid, named by the cells of a full-sized one: on a smaller plan 99 is the cell
 * before the last one, and 100 the last.
 */
export const MILESTONES = [1, 10, 30, 50, 99, 100] as const;
export type MilestoneName = (typeof MILESTONES)[number];

/** `POST /api/policies/{code}/celebrations`: the insured has been shown this one. */
export const celebrateSchema = z.strictObject({ units: z.literal(MILESTONES) });

export const celebratedSchema = z.strictObject({
  /** All that were shown to him, in the order of the grid. */
  celebrated: z.array(z.literal(MILESTONES)),
});
export type Celebrated = z.infer<typeof celebratedSchema>;
