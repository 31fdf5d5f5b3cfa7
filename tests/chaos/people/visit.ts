/** Looking around: pages, the JS-SDK's signature, signing in. They use WeChat's other endpoints. */
import type { Random } from "../random";
import type { Town } from "./town";

export async function visit(town: Town, random: Random): Promise<void> {
  const person = random.pick(town.friends);
  const policy = random.pick(town.policies);
  const about = policy.code;
  const path = `/api/policies/${policy.code}`;
  await town.client.ask({ op: "visit", method: "GET", path, as: person, about });
  const page = encodeURIComponent(`${town.world.url}/p/${policy.code}`);
  const config = `/api/wechat/js-config?url=${page}`;
  await town.client.ask({ op: "js_config", method: "GET", path: config, as: person, about });
}

/** Through WeChat and back, without the session that he has. Nothing is judged but that it ends. */
export async function signInAgain(town: Town, random: Random): Promise<void> {
  const person = random.pick(town.friends);
  const headers = { "x-forwarded-for": person.address };
  const follow = (url: string, cookie = "") =>
    fetch(url, {
      redirect: "manual",
      headers: { ...headers, cookie },
      signal: AbortSignal.timeout(8_000),
    }).catch(() => null);
  const away = await follow(`${town.world.url}/api/auth/wechat?next=/me`);
  const authorize = away?.headers.get("location");
  if (!authorize) return;
  const cookie = away?.headers.get("set-cookie")?.split(";", 1)[0] ?? "";
  const back = await follow(`${authorize.split("#")[0]}&persona=${person.openid}`);
  const callback = back?.headers.get("location");
  if (callback?.startsWith(town.world.url)) await follow(callback, cookie);
}
