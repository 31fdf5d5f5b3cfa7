/**
 * Which notices are also sent to WeChat. The row is written by the statement that writes the notice,
 * so there is never one without the other and a repeated job plans nothing twice.
 */
import type { Deps } from "@/lib/deps";
import type { NoticeKind } from "@/lib/notices/contract";
import { MESSAGE_KINDS, type MessageKind } from "./contract";

const KIND_OF_NOTICE: Partial<Record<NoticeKind, MessageKind>> = {
  unit_received: "supported",
  thanked: "thanked",
  cover_matured: "matured",
  window_closing: "closing",
  policy_full: "full",
  refund_succeeded: "refunded",
};

/**
 * Continues `INSERT INTO notices … RETURNING id, user_id, kind, policy_id` as `told`. Whoever has not
 * consented, or has stopped the reminders, gets no row (R47).
 *
 * @param templates parameter with `templatesByNotice`, @param now parameter with the instant.
 */
export function planningSql({ templates, now }: { templates: string; now: string }): string {
  return `INSERT INTO messages (id, notice_id, user_id, policy_id, template, state, due_at, created_at)
    SELECT 'msg_' || t.id, t.id, t.user_id, t.policy_id, c.template, 'due', ${now}, ${now}
    FROM told t JOIN message_consents c
      ON c.user_id = t.user_id AND c.template = ${templates}::jsonb ->> t.kind AND c.remaining > 0
    WHERE NOT EXISTS (
      SELECT 1 FROM profiles f WHERE f.user_id = t.user_id AND f.reminders_stopped_at IS NOT NULL)`;
}

/** JSON of WeChat's template id by kind of notice; kinds without an id are not in it. */
export function templatesByNotice({ config }: Pick<Deps, "config">): string {
  const entries = Object.entries(KIND_OF_NOTICE).map(([notice, kind]) => [
    notice,
    config.templates[kind],
  ]);
  return JSON.stringify(Object.fromEntries(entries.filter(([, template]) => template)));
}

/** @returns null for a notice that is for the inbox alone. */
export function findMessageKind(notice: NoticeKind): MessageKind | null {
  return KIND_OF_NOTICE[notice] ?? null;
}

/** WeChat's ids of the kinds that are sent here, in the order asked for. */
export function listTemplates(
  { config }: Pick<Deps, "config">,
  kinds: readonly MessageKind[] = MESSAGE_KINDS,
): string[] {
  return kinds.flatMap((kind) => config.templates[kind] ?? []);
}
