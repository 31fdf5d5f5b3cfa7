import { z } from "zod";

/** `GET /api/me`. */
export const meSchema = z.strictObject({
  id: z.string(),
  nickname: z.string().nullable(),
  policies: z.array(
    z.strictObject({
      code: z.string(),
      status: z.enum(["pending_payment", "active", "ended"]),
      units: z.int(),
      unitsMax: z.int(),
      payableNowYuan: z.int(),
    }),
  ),
});
export type Me = z.infer<typeof meSchema>;
