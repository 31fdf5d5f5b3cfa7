import { z } from "zod";
import { policyCodeSchema } from "@/lib/policies/contract";

/** A screen of each is plenty; nobody is asked to work through a list. */
export const FRIENDS_MAX = 50;

/** Somebody's open page, as everybody with its link sees it. */
export const friendSchema = z.strictObject({
  code: policyCodeSchema,
  name: z.string(),
  units: z.int(),
  unitsMax: z.int(),
});
export type Friend = z.infer<typeof friendSchema>;

/** `GET /api/me/friends`, private to the person who asks. */
export const friendsSchema = z.strictObject({
  /** They gave me a unit under their name, they ask too, and I have not been there. */
  helpBack: z.array(friendSchema),
  /** Others with whom I exchanged a unit before, who ask now. */
  asking: z.array(friendSchema),
  /** Whom I gave a unit, and how far they are. */
  helped: z.array(friendSchema),
});
export type Friends = z.infer<typeof friendsSchema>;
