/**
 * Every page of the game, for everybody who may see it, in both languages: it fits any phone at any
 * text size, large print too; it has one headline, moves nothing for who asked for less motion, is
 * clean for axe in the light and in the dark, and the keyboard reaches all of it.
 */
import { give, insure, signIn } from "@/tests/support/e2e-api";
import { expectAccessible, expectColours, STILL } from "@/tests/support/e2e-axe";
import { expectKeyboardReaches } from "@/tests/support/e2e-keyboard";
import { appUrl, findPerson, type Person } from "@/tests/support/e2e-sandbox";
import { expectFitsAnyPhone } from "@/tests/support/e2e-sizes";
import { createPeople, expect, type Page, test } from "@/tests/support/e2e-test";

type Who = "guest" | "owner" | "friend" | "full";

interface Cast {
  code: string;
  friendsCode: string;
  outTradeNo: string;
  people: Record<Who, Person | undefined>;
}

/** The demonstration's policy whose cells are all lit. */
const FULL = { code: "DemoMinghui00000000100", nickname: "明慧" };

/** Who sees which pages. */
const PAGES: Record<Who, (cast: Cast) => readonly string[]> = {
  guest: ({ code }) => ["/", "/c", `/p/${code}`, `/p/${code}/appraisal`, "/boards/all", "/apply"],
  owner: ({ code }) => [
    "/me",
    "/me/settings",
    "/me/notices",
    "/me/friends",
    "/me/appraisal",
    `/me/policies/${code}`,
    `/me/policies/${code}/ask`,
    `/me/policies/${code}/wall`,
    ...["all", "today", "week", "friends", "region"].map((board) => `/boards/${board}`),
  ],
  friend: ({ code, outTradeNo }) => [`/orders/${outTradeNo}`, `/p/${code}`, "/me", "/boards/all"],
  full: () => [`/me/policies/${FULL.code}/full`, `/me/policies/${FULL.code}/wall`],
};

let cast: Cast;

/** Two who help each other, an anonymous friend, everything shown that can be shown. */
test.beforeAll(async () => {
  const [owner, friend, quiet] = await createPeople("求助的人", "山高水长春暖花开", "不留名的人");
  const [code, friendsCode] = [await insure(owner), await insure(friend)];
  const { outTradeNo } = await give(friend, code, { message: "平平安安，春天一起爬山" });
  await give(quiet, code, { anonymous: true, message: "加油" });
  await give(owner, friendsCode);
  await showEverything(owner, { takesPartInRegion: true });
  await showEverything(friend, { isMasked: false });
  const full = await findPerson(FULL.nickname);
  cast = { code, friendsCode, outTradeNo, people: { guest: undefined, owner, friend, full } };
});

async function showEverything(person: Person, more: object): Promise<void> {
  const api = await signIn(person);
  const data = { isOnBoards: true, isAskingVisible: true, isAppraisalVisible: true, ...more };
  expect((await api.post("/api/me/profile", { data })).status()).toBe(200);
  await api.dispose();
}

async function openPage(page: Page, path: string): Promise<void> {
  const answer = await page.goto(path);
  expect(answer?.status(), path).toBe(200);
  expect(new URL(page.url()).pathname, "where it led").toBe(path);
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
}

async function expectStill(page: Page, label: string): Promise<void> {
  const moving = await page.evaluate(() =>
    document.getAnimations().map((animation) => (animation as CSSAnimation).animationName),
  );
  expect(moving, `${label}: moves all the same`).toEqual([]);
}

async function useLargePrint(page: Page, isElder: boolean): Promise<void> {
  const cookie = { name: "elder", value: isElder ? "1" : "0", url: appUrl() };
  await page.context().addCookies([cookie]);
}

for (const who of ["guest", "owner", "friend", "full"] as const) {
  for (const locale of ["zh-CN", "en"]) {
    test(`${who}, ${locale}`, async ({ openPhone }) => {
      test.slow();
      const person = cast.people[who];
      const phone = await openPhone("/", {
        locale,
        ...STILL,
        ...(person && { person, isSignedIn: true }),
      });
      for (const path of PAGES[who](cast)) {
        await test.step(path, async () => {
          await useLargePrint(phone, false);
          await openPage(phone, path);
          await expectFitsAnyPhone(phone, path);
          await expectStill(phone, path);
          // Structure, colours and order of focus are the same in every language.
          if (locale === "zh-CN") {
            await expectAccessible(phone, path);
            await expectKeyboardReaches(phone, path);
          }
          await useLargePrint(phone, true);
          await openPage(phone, path);
          await expectFitsAnyPhone(phone, `${path} in large print`);
          if (locale === "zh-CN") await expectColours(phone, `${path} in large print`, "light");
        });
      }
    });
  }
}
