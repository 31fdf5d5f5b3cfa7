/** What tests of messages do: consent, look at the phone, and write notices without a story. */
import type { World } from "@/tests/support/world";
import { call, control, type Person } from "@/tests/support/world-story";

export interface PhoneMessage {
  openid: string;
  title: string;
  page: string;
  lines: { label: string; value: string }[];
}

/** Noon in Shanghai, so that no test depends on the hour it runs at. */
export async function moveToNoon(world: World): Promise<void> {
  await world.deps.clock.refresh();
  const sinceMidnightMs = (world.deps.now().getTime() + 8 * 3_600_000) % 86_400_000;
  const toNoonMs = (86_400_000 + 12 * 3_600_000 - sinceMidnightMs) % 86_400_000;
  await control(world, "POST", "/clock", { advanceSeconds: Math.ceil(toNoonMs / 1_000) });
  await world.deps.clock.refresh();
}

type Kind = keyof World["deps"]["config"]["templates"];

export const templateOf = (world: World, kind: Kind): string =>
  world.deps.config.templates[kind] ?? "";

/** The person taps the button and WeChat's "allow", `times` times. */
export async function consent(
  world: World,
  person: Person,
  kinds: readonly Kind[],
  times = 1,
): Promise<void> {
  const templates = kinds.map((kind) => templateOf(world, kind));
  for (let time = 0; time < times; time += 1) {
    await control(world, "POST", "/consents", { openid: person.openid, templates });
    const answer = await call(world, "POST", "/api/me/message-consents", {
      as: person,
      key: null,
      body: { templates },
    });
    if (answer.status !== 200) throw new Error(answer.text);
  }
}

/** What has arrived on the person's phone, oldest first. */
export const phoneOf = (world: World, person: Person): Promise<PhoneMessage[]> =>
  control<PhoneMessage[]>(world, "GET", `/messages?openid=${person.openid}`);

export interface MessageRow {
  id: string;
  state: string;
  reason: string | null;
  kind: string;
  dueAt: Date | null;
}

export const messagesOf = (world: World, person: Person): Promise<MessageRow[]> =>
  world.sql<MessageRow>(
    `SELECT m.id, m.state, m.reason, n.kind, m.due_at AS "dueAt" FROM messages m JOIN notices n ON n.id = m.notice_id
     WHERE m.user_id = $1 ORDER BY n.id`,
    [person.userId],
  );

export const remainingOf = async (world: World, person: Person, kind: Kind): Promise<number> =>
  (
    await world.sql<{ remaining: number }>(
      "SELECT remaining FROM message_consents WHERE user_id = $1 AND template = $2",
      [person.userId, templateOf(world, kind)],
    )
  )[0]?.remaining ?? 0;

/** Puts notices of refunds into the inbox, and their messages beside them, as a job would. */
export async function planRefunds(world: World, person: Person, count: number): Promise<string[]> {
  const now = world.deps.now();
  const rows = await world.sql<{ id: string }>(
    `WITH told AS (
       INSERT INTO notices (user_id, kind, details, fact, created_at)
       SELECT $1, 'refund_succeeded', '{"amountFen": 100}', 'test:' || gen_random_uuid(), $2 FROM generate_series(1, $3)
       RETURNING id, user_id)
     INSERT INTO messages (id, notice_id, user_id, template, state, due_at, created_at)
     SELECT 'msg_' || id, id, user_id, $4, 'due', $2, $2 FROM told RETURNING id`,
    [person.userId, now, count, templateOf(world, "refunded")],
  );
  return rows.map(({ id }) => id);
}
