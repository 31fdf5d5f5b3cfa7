import type { Deps } from "@/lib/deps";
import { CONSENTS_MAX } from "./contract";
import { listTemplates } from "./plan";
import { findReminders } from "./queries";

const ADD = {
  name: "add_message_consents",
  text: `INSERT INTO message_consents AS c (user_id, template, remaining, updated_at)
    SELECT $1, template, 1, $3 FROM (SELECT DISTINCT unnest($2::text[]) AS template ORDER BY 1) accepted
    ON CONFLICT (user_id, template) DO UPDATE
      SET remaining = least(c.remaining + 1, ${CONSENTS_MAX}), updated_at = EXCLUDED.updated_at`,
};

/**
 * The person has accepted one message of each of these templates in WeChat. Ids that are not ours (a
 * page from before they were changed) count for nothing. WeChat has the last word when it is sent.
 */
export async function addMessageConsents(
  deps: Pick<Deps, "db" | "now" | "config">,
  { userId, templates }: { userId: string; templates: readonly string[] },
): Promise<{ remaining: number }> {
  const ours = listTemplates(deps).filter((template) => templates.includes(template));
  if (ours.length > 0) await deps.db.query(ADD, [userId, ours, deps.now()]);
  const { remaining } = await findReminders(deps, { userId });
  return { remaining };
}
