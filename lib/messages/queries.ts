/** What a person has agreed to be reminded of. */
import type { Deps } from "@/lib/deps";
import { listTemplates } from "./plan";

export interface Reminders {
  isStopped: boolean;
  /** Messages agreed to and not yet got, over all templates in use. */
  remaining: number;
}

const REMINDERS = {
  name: "reminders_of_user",
  text: `SELECT EXISTS (
      SELECT 1 FROM profiles WHERE user_id = $1 AND reminders_stopped_at IS NOT NULL) AS "isStopped",
    (SELECT coalesce(sum(remaining), 0)::int FROM message_consents
      WHERE user_id = $1 AND template = ANY ($2::text[])) AS remaining`,
};

export async function findReminders(
  deps: Pick<Deps, "db" | "config">,
  { userId }: { userId: string },
): Promise<Reminders> {
  const [row] = await deps.db.query<Reminders>(REMINDERS, [userId, listTemplates(deps)]);
  return row ?? { isStopped: false, remaining: 0 };
}
