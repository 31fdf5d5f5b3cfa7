/** Signing in through WeChat: only the browser that asked gets a session, however it is replayed. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startWorld, type World } from "@/tests/support/world";
import { internalErrors } from "@/tests/support/world-books";
import { advance, control, newPerson, spoil } from "@/tests/support/world-story";

const START = "/api/auth/wechat?next=/p/abc";
const CALLBACK = "/api/auth/wechat/callback";

let world: World;
let openid: string;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(async () => {
  openid = (await newPerson(world)).openid;
});
afterEach(() => expect(internalErrors(world)).toEqual([]));
afterAll(() => world.close());

test("one silent round trip: away, back, and signed in as the WeChat account", async () => {
  const browser = newBrowser();
  const away = await browser.go(START);
  expect(away.status).toBe(302);
  const location = new URL(away.location);
  expect(location.origin).toBe(world.sandbox.url);
  expect(location.searchParams.get("scope")).toBe("snsapi_base");
  expect(location.hash).toBe("#wechat_redirect");

  const back = await browser.go(await atWechat(away.location, openid));

  expect(back).toMatchObject({ status: 302, location: "/p/abc" });
  expect(await whoIs(browser)).toBe(await userIdOf(openid));
  expect(await usersOf(openid)).toBe(1);
});

test("the session's cookie is out of reach of scripts and of other sites' posts", async () => {
  const browser = newBrowser();
  const back = await browser.go(await atWechat((await browser.go(START)).location, openid));
  const line = back.setCookies.find((cookie) => cookie.startsWith("sid="));
  expect(line).toMatch(/; HttpOnly/);
  expect(line).toMatch(/; SameSite=Lax/);
  expect(line).toMatch(/; Path=\//);
  expect(line).toMatch(/; Max-Age=2592000/);
});

test("who is signed in already is sent straight on, without WeChat", async () => {
  const browser = await signedIn(openid);
  expect(await browser.go(START)).toMatchObject({ status: 302, location: "/p/abc" });
});

test("who taps to show his nickname is asked for it, and only then it is known", async () => {
  const { openid: named } = await newPerson(world, "海生");
  const browser = await signedIn(named);
  expect(await nicknameOf(browser)).toBeNull();

  const away = await browser.go(`${START}&profile=1`);
  expect(new URL(away.location).searchParams.get("scope")).toBe("snsapi_userinfo");
  const back = await browser.go(await atWechat(away.location, named));

  expect(back.location).toBe("/p/abc");
  expect(await nicknameOf(browser)).toBe("海生");
  expect(await usersOf(named)).toBe(1);
});

describe("an attacker's code and state in a victim's browser", () => {
  test("sign nobody in", async () => {
    const attacker = newBrowser();
    const callback = await atWechat((await attacker.go(START)).location, openid);
    const victim = newBrowser();

    const answer = await victim.go(callback);

    expect(answer).toMatchObject({ status: 302, location: "/sign-in-failed?reason=state" });
    expect(answer.setCookies).toEqual([]);
    expect(await whoIs(victim)).toBeNull();
  });

  test("do not change who the victim is", async () => {
    const victimOpenid = (await newPerson(world)).openid;
    const victim = await signedIn(victimOpenid);
    const attacker = newBrowser();
    const callback = await atWechat((await attacker.go(START)).location, openid);
    expect(await victim.go(callback)).toMatchObject({ location: "/me" });
    expect(await whoIs(victim)).toBe(await userIdOf(victimOpenid));
  });

  test("with the victim's own open state: the code is the attacker's, the state is not", async () => {
    const victim = newBrowser();
    const victimAway = new URL((await victim.go(START)).location);
    const attackerCode = new URL(
      await atWechat((await newBrowser().go(START)).location, openid),
      world.url,
    ).searchParams.get("code");
    const forged = `${CALLBACK}?code=${attackerCode}&state=${"A".repeat(32)}`;
    expect(await victim.go(forged)).toMatchObject({ location: "/sign-in-failed?reason=state" });
    expect(victimAway.searchParams.get("state")).toMatch(/^[0-9A-Za-z]{32}$/);
  });

  test.each([
    ["no state", `${CALLBACK}?code=abc`],
    ["no code", `${CALLBACK}?state=${"A".repeat(32)}`],
    ["nothing", CALLBACK],
    ["a state with line breaks", `${CALLBACK}?code=abc&state=a%0d%0aSet-Cookie:sid=1`],
  ])("%s: no session", async (_label, path) => {
    const browser = newBrowser();
    expect(await browser.go(path)).toMatchObject({ status: 302, setCookies: [] });
    expect(await whoIs(browser)).toBeNull();
  });
});

describe("the same callback again", () => {
  test("twice at once: one account, one session, nobody is sent away", async () => {
    const browser = newBrowser();
    const callback = await atWechat((await browser.go(START)).location, openid);
    const both = await Promise.all([browser.go(callback), browser.go(callback)]);
    const places = both.map(({ location }) => (location.startsWith("/") ? location : "WeChat"));
    expect(places).toContain("/p/abc");
    for (const place of places) expect(["/p/abc", "WeChat"]).toContain(place);
    expect(await whoIs(browser)).toBe(await userIdOf(openid));
    expect(await usersOf(openid)).toBe(1);
  });

  test("by the back button, signed in: just goes on", async () => {
    const browser = newBrowser();
    const callback = await atWechat((await browser.go(START)).location, openid);
    await browser.go(callback);
    expect(await browser.go(callback)).toMatchObject({ status: 302, location: "/me" });
    expect(await whoIs(browser)).toBe(await userIdOf(openid));
  });

  test("with a spent code and no session: WeChat is asked again, once, and then it says so", async () => {
    const browser = newBrowser();
    const callback = await atWechat((await browser.go(START)).location, openid);
    await spendElsewhere(callback);

    const again = await browser.go(callback);
    expect(new URL(again.location).pathname).toBe("/connect/oauth2/authorize");
    const second = await atWechat(again.location, openid);
    await spendElsewhere(second);
    const end = await browser.go(second);

    expect(end.location).toBe("/sign-in-failed?reason=code_used&next=%2Fp%2Fabc");
    expect(await whoIs(browser)).toBeNull();
  });

  test("with a spent code the first time and a fresh one the second: signed in", async () => {
    const browser = newBrowser();
    const callback = await atWechat((await browser.go(START)).location, openid);
    await spendElsewhere(callback);
    const again = await browser.go(callback);
    const back = await browser.go(await atWechat(again.location, openid));
    expect(back.location).toBe("/p/abc");
    expect(await whoIs(browser)).toBe(await userIdOf(openid));
  });
});

test("a state is good for ten minutes", async () => {
  const browser = newBrowser();
  const away = await browser.go(START);
  await advance(world, 11 * 60);
  const answer = await browser.go(await atWechat(away.location, openid));
  expect(answer.location).toBe("/sign-in-failed?reason=state");
});

test("a snapshot visitor, whom WeChat invents, gets no session and no account", async () => {
  const { openid: invented } = await control<{ openid: string }>(world, "POST", "/personas", {
    nickname: "快照",
    isSnapshotUser: true,
  });
  const browser = newBrowser();
  const answer = await browser.go(await atWechat((await browser.go(START)).location, invented));
  expect(answer.location).toContain("reason=snapshot");
  expect(answer.location).toContain("next=%2Fp%2Fabc");
  expect(await whoIs(browser)).toBeNull();
  expect(await usersOf(invented)).toBe(0);
});

test("WeChat's sign-in is down: a page that says so, no session", async () => {
  const browser = newBrowser();
  const callback = await atWechat((await browser.go(START)).location, openid);
  await spoil(world, { endpoint: "oauth_token", kind: "drop", count: 2 });
  const answer = await browser.go(callback);
  expect(answer.location).toBe("/sign-in-failed?reason=unavailable&next=%2Fp%2Fabc");
});

test.each([
  ["another site", "https://evil.example/", "/"],
  ["another site without scheme", "//evil.example/", "/"],
  ["a backslash", "/\\evil.example", "/"],
  ["dots that end in another site", "/..//evil.example", "/"],
  ["a tab", "/\t/evil.example", "/"],
  ["a script", "javascript:alert(1)", "/"],
  ["a header of one's own", "/p/a\r\nset-cookie: sid=1", "/"],
  ["nothing", "", "/"],
  ["our own page", "/p/abc?from=card#top", "/p/abc?from=card#top"],
])("afterwards to %s", async (_label, next, expected) => {
  const browser = newBrowser();
  const away = await browser.go(`/api/auth/wechat?next=${encodeURIComponent(next)}`);
  const back = await browser.go(await atWechat(away.location, openid));
  expect(back.location).toBe(expected);
});

interface Landing {
  status: number;
  location: string;
  setCookies: string[];
}

/** A browser with its cookies, which follows nothing by itself. */
function newBrowser() {
  const jar = new Map<string, string>();
  return {
    jar,
    async go(path: string): Promise<Landing> {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
      const response = await fetch(new URL(path, world.url), {
        redirect: "manual",
        headers: { "user-agent": "MicroMessenger/8.0", ...(cookie ? { cookie } : {}) },
      });
      const setCookies = response.headers.getSetCookie();
      for (const line of setCookies) {
        const [pair = ""] = line.split(";", 1);
        const name = pair.slice(0, pair.indexOf("="));
        if (/Max-Age=0/.test(line)) jar.delete(name);
        else jar.set(name, pair.slice(name.length + 1));
      }
      return {
        status: response.status,
        location: response.headers.get("location") ?? "",
        setCookies,
      };
    },
  };
}

async function signedIn(as: string) {
  const browser = newBrowser();
  await browser.go(await atWechat((await browser.go(START)).location, as));
  return browser;
}

/** The person agrees at WeChat; returns the address WeChat sends the browser back to. */
async function atWechat(authorizeUrl: string, persona: string): Promise<string> {
  const url = new URL(authorizeUrl);
  url.searchParams.set("persona", persona);
  const response = await fetch(url, { redirect: "manual" });
  expect(response.status).toBe(302);
  return `${response.headers.get("location")}`;
}

/** Somebody else has traded in the code of this callback. */
async function spendElsewhere(callback: string): Promise<void> {
  const code = `${new URL(callback).searchParams.get("code")}`;
  expect(await world.deps.oauth.exchangeCode(code)).toMatchObject({ ok: true });
}

async function whoIs(browser: ReturnType<typeof newBrowser>): Promise<string | null> {
  const cookie = `sid=${browser.jar.get("sid") ?? ""}`;
  const response = await fetch(`${world.url}/api/me`, { headers: { cookie } });
  return response.status === 200 ? ((await response.json()) as { id: string }).id : null;
}

async function nicknameOf(browser: ReturnType<typeof newBrowser>): Promise<string | null> {
  const cookie = `sid=${browser.jar.get("sid")}`;
  const response = await fetch(`${world.url}/api/me`, { headers: { cookie } });
  return ((await response.json()) as { nickname: string | null }).nickname;
}

async function userIdOf(wanted: string): Promise<string> {
  const [row] = await world.sql<{ id: string }>("SELECT id FROM users WHERE openid = $1", [wanted]);
  return `${row?.id}`;
}

async function usersOf(wanted: string): Promise<number> {
  return (await world.sql("SELECT 1 FROM users WHERE openid = $1", [wanted])).length;
}
