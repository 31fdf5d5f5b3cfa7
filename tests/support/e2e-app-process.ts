/** The app's process, which the global set-up owns (tests/support/e2e-world.ts). */

async function knock(action: "kill" | "stop" | "start"): Promise<string> {
  const door = process.env.APP_DOOR_URL;
  if (!door) throw new Error("APP_DOOR_URL is set by the global set-up");
  const response = await fetch(`${door}/${action}`, { method: "POST" });
  const answer = await response.text();
  if (!response.ok) throw new Error(answer);
  return answer;
}

/** SIGKILL: nothing in flight is finished. */
export const killApp = () => knock("kill");

/** SIGTERM, as a deployment; resolves with a sentence that says how the app ended. */
export const stopApp = () => knock("stop");

/** Resolves when the app answers again, on the same port. */
export const startApp = () => knock("start");
