/** The app's process, which the global set-up owns (tests/support/e2e-world.ts). */

async function knock(action: "kill" | "start"): Promise<void> {
  const door = process.env.APP_DOOR_URL;
  if (!door) throw new Error("APP_DOOR_URL is set by the global set-up");
  const response = await fetch(`${door}/${action}`, { method: "POST" });
  if (!response.ok) throw new Error(await response.text());
}

/** SIGKILL: nothing in flight is finished. */
export const killApp = () => knock("kill");

/** Resolves when the app answers again, on the same port. */
export const startApp = () => knock("start");
