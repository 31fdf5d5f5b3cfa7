import { formatShortCode } from "@/lib/asking/contract";
import type { Deps } from "@/lib/deps";
import type { Locale } from "@/lib/i18n/locale";
import { getCurrentPlan } from "@/lib/plans/queries";
import { findSharePage } from "@/lib/policies/queries";
import type { SharePage } from "@/lib/policies/views";
import type { PolicyPicture } from "./views";

type Reads = Pick<Deps, "db" | "now" | "config">;

// By the unique code; a person without a profile has agreed to nothing.
const EXTRAS = {
  name: "picture_extras",
  text: `SELECT p.short_code AS "shortCode", coalesce(f.is_face_on_poster, false) AS "isFaceShown"
    FROM policies p LEFT JOIN profiles f ON f.user_id = p.user_id WHERE p.code = $1`,
};

/**
 * What the pictures of a policy show, to whoever has its link (R42): what `/p/[code]` shows and, by
 * the insured's own choice, his first letter. Null for an unknown code and before the first payment.
 */
export async function findPolicyPicture(
  deps: Reads,
  { code, locale }: { code: string; locale: Locale },
): Promise<PolicyPicture | null> {
  const [page, plan, [extras]] = await Promise.all([
    findSharePage(deps, code),
    getCurrentPlan(deps),
    deps.db.query<{ shortCode: string | null; isFaceShown: boolean }>(EXTRAS, [code]),
  ]);
  if (!page || !extras || page.status === "pending_payment") return null;
  const { publicUrl, insurer } = deps.config;
  return {
    locale,
    state: stateOf(page),
    askerName: page.askerName,
    isFaceShown: extras.isFaceShown,
    units: page.units,
    unitsMax: page.unitsMax,
    maturedUnits: page.maturedUnits,
    coverYuan: page.coverYuan,
    coverPerUnitYuan: page.coverPerUnitYuan,
    collectingDaysLeft: page.collectingDaysLeft,
    waitingDays: plan.waitingDays,
    url: `${publicUrl}/p/${code}`,
    shortCode: extras.shortCode
      ? {
          place: `${publicUrl.replace(/^https?:\/\//, "")}/c`,
          code: formatShortCode(extras.shortCode),
        }
      : null,
    insurer,
  };
}

function stateOf(page: SharePage): PolicyPicture["state"] {
  if (page.status === "ended") return "ended";
  if (page.units >= page.unitsMax) return "full";
  return page.collectingDaysLeft === null ? "closed" : "open";
}
