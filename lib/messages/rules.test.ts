import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MESSAGE_KINDS } from "./contract";
import { decideMessage, type MessageFacts } from "./rules";

const NOON = new Date("2026-11-24T12:00:00+08:00");
const facts = (change: Partial<MessageFacts> = {}): MessageFacts => ({
  kind: "supported",
  now: NOON,
  createdAt: change.now ?? NOON,
  consents: 1,
  sentToday: 0,
  sentThisCampaign: 0,
  isStopped: false,
  ...change,
});
const at = (time: string) => new Date(`${time}:00+08:00`);

describe("R47: decideMessage", () => {
  test("a message that somebody has agreed to goes at once by day", () => {
    expect(decideMessage(facts())).toEqual({ action: "send" });
  });

  test.each([
    ["2026-11-24T07:59", "2026-11-24T08:00"],
    ["2026-11-24T00:00", "2026-11-24T08:00"],
    ["2026-11-24T22:00", "2026-11-25T08:00"],
    ["2026-12-31T23:59", "2027-01-01T08:00"],
  ])("at %s it waits until %s", (now, dueAt) => {
    expect(decideMessage(facts({ now: at(now) }))).toEqual({ action: "wait", dueAt: at(dueAt) });
  });

  test.each(["2026-11-24T08:00", "2026-11-24T21:59"])("at %s it goes", (now) => {
    expect(decideMessage(facts({ now: at(now) }))).toEqual({ action: "send" });
  });

  test.each<[Partial<MessageFacts>, string]>([
    [{ isStopped: true }, "stopped"],
    [{ consents: 0 }, "no_consent"],
    [{ sentThisCampaign: 3 }, "campaign_limit"],
    [{ sentToday: 1 }, "day_limit"],
    [{ createdAt: at("2026-11-22T11:59") }, "too_old"],
  ])("%j is for the inbox alone: %s", (change, reason) => {
    expect(decideMessage(facts(change))).toEqual({ action: "skip", reason });
  });

  test("what is as good tomorrow waits for tomorrow", () => {
    const decision = decideMessage(facts({ kind: "refunded", sentToday: 1 }));
    expect(decision).toEqual({ action: "wait", dueAt: at("2026-11-25T08:00") });
  });
});

const anyFacts = fc.record({
  kind: fc.constantFrom(...MESSAGE_KINDS),
  now: fc.date({ min: at("2026-01-01T00:00"), max: at("2027-12-31T00:00"), noInvalidDate: true }),
  ageMs: fc.integer({ min: 0, max: 4 * 86_400_000 }),
  consents: fc.integer({ min: 0, max: 100 }),
  sentToday: fc.integer({ min: 0, max: 3 }),
  sentThisCampaign: fc.integer({ min: 0, max: 5 }),
  isStopped: fc.boolean(),
});
/** The hour in Shanghai, by Intl, which the rule does not use. */
const hourOf = (instant: Date) =>
  Number(
    new Intl.DateTimeFormat("en", {
      hour: "numeric",
      hourCycle: "h23",
      timeZone: "Asia/Shanghai",
    }).format(instant),
  );

describe("R47: whatever the facts", () => {
  const decide = ({ ageMs, ...rest }: Omit<MessageFacts, "createdAt"> & { ageMs: number }) =>
    decideMessage({ ...rest, createdAt: new Date(rest.now.getTime() - ageMs) });

  test("nothing is sent at night, without consent, after the stop, or beyond one a day and three a campaign", () => {
    fc.assert(
      fc.property(anyFacts, (given) => {
        if (decide(given).action !== "send") return;
        expect(hourOf(given.now)).toBeGreaterThanOrEqual(8);
        expect(hourOf(given.now)).toBeLessThan(22);
        expect(given.consents).toBeGreaterThan(0);
        expect(given.isStopped).toBe(false);
        expect(given.sentToday).toBe(0);
        expect(given.sentThisCampaign).toBeLessThan(3);
      }),
    );
  });

  test("waiting leads to eight o'clock within a day, and no message waits for ever", () => {
    fc.assert(
      fc.property(anyFacts, (given) => {
        let { now } = given;
        const createdAt = new Date(given.now.getTime() - given.ageMs);
        for (let step = 0; ; step += 1) {
          expect(step).toBeLessThan(4);
          const decision = decideMessage({ ...given, now, createdAt });
          if (decision.action !== "wait") break;
          expect(hourOf(decision.dueAt)).toBe(8);
          const waitMs = decision.dueAt.getTime() - now.getTime();
          expect(waitMs).toBeGreaterThan(0);
          expect(waitMs).toBeLessThanOrEqual(32 * 3_600_000);
          now = decision.dueAt;
        }
      }),
    );
  });

  test("a month of news to one person: one a day, three a campaign, one a consent", () => {
    const news = fc.array(
      fc.record({
        kind: fc.constantFrom(...MESSAGE_KINDS),
        minute: fc.integer({ min: 0, max: 30 * 1_440 }),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(news, fc.integer({ min: 0, max: 8 }), (told, consented) => {
        const start = at("2026-11-01T00:00").getTime();
        const queue = told.map(({ kind, minute }) => {
          const createdAt = new Date(start + minute * 60_000);
          return { kind, createdAt, dueAt: createdAt };
        });
        const days: string[] = [];
        for (let turn = 0; queue.length > 0; turn += 1) {
          expect(turn).toBeLessThan(500);
          queue.sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
          const next = queue[0] as (typeof queue)[number];
          const today = new Date(next.dueAt.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
          const decision = decideMessage({
            kind: next.kind,
            now: next.dueAt,
            createdAt: next.createdAt,
            consents: consented - days.length,
            sentToday: days.filter((day) => day === today).length,
            sentThisCampaign: days.length,
            isStopped: false,
          });
          if (decision.action === "wait") next.dueAt = decision.dueAt;
          else queue.shift();
          if (decision.action === "send") days.push(today);
        }
        expect(new Set(days).size).toBe(days.length);
        expect(days.length).toBeLessThanOrEqual(Math.min(3, consented));
      }),
    );
  });
});
