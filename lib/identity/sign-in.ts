import type { Deps } from "@/lib/deps";
import { newId } from "@/lib/ids";

const UPSERT_USER = {
  name: "upsert_user",
  text: `INSERT INTO users (id, app_id, openid, unionid, nickname, created_at)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (app_id, openid) DO UPDATE SET unionid = coalesce(EXCLUDED.unionid, users.unionid),
      nickname = coalesce(EXCLUDED.nickname, users.nickname)
    RETURNING id`,
};

/** The user of this openid, made on first sight. An openid is only meaningful with its appid. */
export async function signIn(
  deps: Pick<Deps, "db" | "now" | "config">,
  account: { openid: string; unionid: string | null; nickname?: string | null },
): Promise<{ userId: string }> {
  const now = deps.now();
  const [row] = await deps.db.query<{ id: string }>(UPSERT_USER, [
    newId("user", now),
    deps.config.appId,
    account.openid,
    account.unionid,
    account.nickname ?? null,
    now,
  ]);
  return { userId: (row as { id: string }).id };
}
