import type { Deps } from "@/lib/deps";
import type { Locale } from "@/lib/i18n/locale";
import { pictureVersion } from "./picture-version";
import { findPolicyPicture } from "./queries";

export interface PictureUrls {
  poster: string;
  card: string;
  thumb: string;
}

/**
 * Absolute addresses of a policy's pictures as they are now: they change with each cell, and with
 * them what WeChat shows. Null where there is nothing to draw.
 */
export async function findPictureUrls(
  deps: Pick<Deps, "db" | "now" | "config">,
  { code, locale }: { code: string; locale: Locale },
): Promise<PictureUrls | null> {
  const picture = await findPolicyPicture(deps, { code, locale });
  if (!picture) return null;
  const urlOf = (kind: keyof PictureUrls) =>
    `${deps.config.publicUrl}/api/policies/${code}/${kind}?lang=${locale}&v=${pictureVersion({ kind, picture })}`;
  return { poster: urlOf("poster"), card: urlOf("card"), thumb: urlOf("thumb") };
}
