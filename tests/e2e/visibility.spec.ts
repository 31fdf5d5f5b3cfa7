/**
 * R42 on the pages: whoever opens which address finds in its HTML, hidden parts and data for scripts
 * included, the names and wishes he may know and no other. The API's fields: tests/http/visibility.
 */
import { give, insure, signIn, tellNickname } from "@/tests/support/e2e-api";
import { appUrl, type Person } from "@/tests/support/e2e-sandbox";
import { createPeople, expect, test } from "@/tests/support/e2e-test";

type Reader = "guest" | "stranger" | "another" | "supporter" | "shy" | "owner";

/** What stands nowhere else, by whose it is. */
const MARKS = {
  "supporter's nickname": "见山的小鹿",
  "supporter's wish": "愿你一路平安呀",
  "shy's nickname": "深海的灯塔",
  "shy's wish": "悄悄祝福你哦",
  "another's nickname": "南方的来信",
  "another's wish": "一起加油吧朋友",
  "thanks to supporter": "多谢小鹿帮忙",
  "thanks to shy": "谢谢不留名的你",
  "public note": "大家的好我都记得",
} as const;
type Mark = keyof typeof MARKS;

const ALL_OF_THE_WALL = (Object.keys(MARKS) as Mark[]).filter(
  (mark) => !["shy's nickname", "public note"].includes(mark),
);

let code: string;
let orders: Record<"supporter" | "shy", string>;
let people: Record<Exclude<Reader, "guest">, Person>;

test.beforeAll(async () => {
  const [owner, stranger] = await createPeople("求助的人", "路过的风");
  const [supporter, shy, another] = await createPeople(
    MARKS["supporter's nickname"],
    MARKS["shy's nickname"],
    MARKS["another's nickname"],
  );
  people = { owner, stranger, supporter, shy, another };
  await Promise.all([supporter, shy, another].map(tellNickname));
  code = await insure(owner);
  orders = {
    supporter: (await give(supporter, code, { message: MARKS["supporter's wish"] })).outTradeNo,
    shy: (await give(shy, code, { message: MARKS["shy's wish"], anonymous: true })).outTradeNo,
  };
  await give(another, code, { message: MARKS["another's wish"] });
  const api = await signIn(owner);
  const wall = await (await api.get(`/api/policies/${code}/supporters`)).json();
  for (const [whose, text] of [
    ["supporter's wish", MARKS["thanks to supporter"]],
    ["shy's wish", MARKS["thanks to shy"]],
  ] as const) {
    const one = wall.supporters.find(
      ({ message }: { message: string }) => message === MARKS[whose],
    );
    const thanks = { endorsementNo: one.endorsementNo, text };
    expect((await api.post(`/api/policies/${code}/thanks`, { data: thanks })).status()).toBe(200);
  }
  const note = { text: MARKS["public note"] };
  expect((await api.post(`/api/policies/${code}/note`, { data: note })).status()).toBe(200);
  await api.dispose();
  // News is told behind the outbox.
  for (const who of ["supporter", "shy"] as const) {
    const reader = await signIn(people[who]);
    const news = async () => (await reader.get("/api/me/notices")).text();
    await expect.poll(news).toContain(MARKS[`thanks to ${who}`]);
    await reader.dispose();
  }
});

const READERS: readonly Reader[] = ["guest", "stranger", "another", "supporter", "shy", "owner"];

/** What one is told: the insured who came, a supporter that he was thanked. */
const NEWS: Partial<Record<Reader, readonly Mark[]>> = {
  owner: ["supporter's nickname", "another's nickname"],
  supporter: ["thanks to supporter"],
  shy: ["thanks to shy"],
};

/** For each page who finds which marks; whoever is not named finds none. */
const PAGES: readonly [
  path: () => string,
  finds: Partial<Record<Reader | "all", readonly Mark[]>>,
][] = [
  [() => `/p/${code}`, { all: ["public note"] }],
  [() => `/p/${code}/appraisal`, {}],
  [() => "/boards/all", {}],
  [() => "/boards/friends", {}],
  [
    () => `/me/policies/${code}`,
    { owner: ALL_OF_THE_WALL.filter((mark) => !mark.startsWith("thanks")) },
  ],
  [() => `/me/policies/${code}/wall`, { owner: [...ALL_OF_THE_WALL, "public note"] }],
  [() => `/me/policies/${code}/ask`, {}],
  [() => `/me/policies/${code}/service`, {}],
  [() => `/me/policies/${code}/full`, {}],
  [() => `/orders/${orders.supporter}`, { supporter: ["supporter's wish", "thanks to supporter"] }],
  [() => `/orders/${orders.shy}`, { shy: ["shy's wish", "thanks to shy"] }],
  [() => `/orders/${orders.supporter}/story`, {}],
  [() => "/me", NEWS],
  [() => "/me/notices", NEWS],
  [() => "/me/friends", {}],
  [() => "/me/appraisal", {}],
  [
    () => "/me/settings",
    {
      another: ["another's nickname"],
      supporter: ["supporter's nickname"],
      shy: ["shy's nickname"],
    },
  ],
];

for (const reader of READERS) {
  test(`what ${reader} finds`, async ({ playwright }) => {
    const api =
      reader === "guest"
        ? await playwright.request.newContext({ baseURL: appUrl() })
        : await signIn(people[reader]);
    for (const [path, finds] of PAGES) {
      // A guest is sent to WeChat, whose pages are not ours.
      const answer = await api.get(path(), { maxRedirects: 0 });
      const found = marksIn(await answer.text());
      expect(found, `${path()} (${answer.status()})`).toEqual(
        [...(finds[reader] ?? finds.all ?? [])].sort(),
      );
    }
    await api.dispose();
  });
}

function marksIn(html: string): Mark[] {
  return (Object.keys(MARKS) as Mark[]).filter((mark) => html.includes(MARKS[mark])).sort();
}
