import { z } from "zod";

/** `?lang=` chooses the language; `?v=` only makes the address new when the picture is. */
export const pictureQuerySchema = z.object({
  lang: z.enum(["zh-CN", "en"]).optional(),
  v: z.string().max(64).optional(),
});
