import type { Deps } from "@/lib/deps";
import packageJson from "@/package.json" with { type: "json" };

const PING = { name: "ping", text: "SELECT 1" };

/** 200 when the database answers, else 503: a process that cannot book must not get traffic. */
export async function checkHealth(deps: Deps): Promise<Response> {
  const database = await deps.db.query(PING, []).then(
    () => "ok" as const,
    () => "unavailable" as const,
  );
  const status = database === "ok" ? "ok" : "degraded";
  return Response.json(
    { status, database, version: packageJson.version },
    { status: database === "ok" ? 200 : 503 },
  );
}
