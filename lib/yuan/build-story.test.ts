import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tell } from "@/lib/format/tell";
import { yuanMessages } from "@/lib/i18n/yuan";
import { buildStory } from "./build-story";
import { EVENT_KINDS } from "./contract";
import { anyFacts, at, refundFact, refundFacts, unitFacts } from "./testing/facts";

const kindsOf = (facts: Parameters<typeof buildStory>[0]) =>
  buildStory(facts).map(({ kind }) => kind);

describe("the order of events", () => {
  test("of one instant is that of cause", () => {
    expect(kindsOf(unitFacts())).toEqual([
      "order_created",
      "place_held",
      "prepaid",
      "paid",
      "proven",
      "unit_added",
      "booked",
      "unit_effective",
      "unit_matured",
      "unit_expired",
    ]);
  });

  test("is not upset by WeChat's whole seconds", () => {
    const facts = unitFacts();
    // Ordered at 11:42:04.700; WeChat says paid "at 11:42:04".
    facts.order.paidAt = at("11:42:04");
    const kinds = kindsOf(facts);
    expect(kinds.indexOf("paid")).toBe(kinds.indexOf("prepaid") + 1);
    const refund = refundFacts({
      state: "succeeded",
      submittedAt: at("11:42:05"),
      finishedAt: at("11:42:05"),
    });
    expect(kindsOf(refund).slice(-3)).toEqual([
      "refund_requested",
      "refund_accepted",
      "refund_succeeded",
    ]);
  });

  test("is by time, whatever rows there are", () => {
    // What WeChat dates may not come before its cause; everything else is where its clock puts it.
    const byWechat = ["paid", "refund_accepted", "refund_succeeded"];
    const withCause = [...byWechat, "proven", "unit_added", "closed_unpaid"];
    const failures = ["refund_abnormal", "refund_closed"];
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const free = buildStory(facts).filter(
          ({ kind }) => ![...withCause, ...failures].includes(kind),
        );
        for (const [index, event] of free.entries()) {
          const next = free[index + 1];
          if (!next) continue;
          expect(event.at.getTime()).toBeLessThanOrEqual(next.at.getTime());
          if (event.at.getTime() === next.at.getTime()) {
            const rank = ({ kind }: typeof event) => EVENT_KINDS.indexOf(kind);
            expect(rank(event)).toBeLessThanOrEqual(rank(next));
          }
        }
      }),
    );
  });

  test("puts an order before its payment, and a refund's request before its end", () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const created = { ...facts, order: { ...facts.order, createdAt: at("00:00:00") } };
        const kinds = kindsOf(created);
        expect(kinds[0]).toBe("order_created");
        if (facts.refunds.length === 1) {
          const requested = kinds.indexOf("refund_requested");
          for (const later of ["refund_accepted", "refund_succeeded"] as const) {
            if (kinds.includes(later)) expect(kinds.indexOf(later)).toBeGreaterThan(requested);
          }
        }
      }),
    );
  });
});

describe("a unit's days", () => {
  test("are still to come until they come, and begin at 00:00 in Shanghai", () => {
    const story = buildStory(unitFacts());
    const days = Object.fromEntries(story.map((event) => [event.kind, event.at.toISOString()]));
    expect(days.unit_effective).toBe("2026-11-22T16:00:00.000Z");
    expect(days.unit_matured).toBe("2027-02-20T16:00:00.000Z");
    expect(days.unit_expired).toBe("2027-11-22T16:00:00.000Z");
  });

  test("that an ended unit does not live to see are not told", () => {
    const facts = unitFacts();
    if (!facts.unit) throw new Error("a unit");
    Object.assign(facts.unit, { status: "ended", endedOn: "2026-12-24" });
    facts.endorsements.push({
      number: "WH2026-000037-040",
      kind: "policy_ended",
      createdAt: new Date("2026-12-23T04:00:00Z"),
    });
    facts.policy = { ...facts.policy, status: "ended", endReason: "surrender" };
    const story = buildStory(facts);
    expect(story.map(({ kind }) => kind).slice(-2)).toEqual(["unit_effective", "policy_ended"]);
    expect(story.at(-1)).toMatchObject({
      values: { endReason: "surrender", endedOn: "2026-12-24" },
      numbers: [{ name: "endorsementNo", value: "WH2026-000037-040" }],
    });
  });

  test("an older unit is not ended by the end of its policy again", () => {
    const facts = unitFacts();
    if (!facts.unit) throw new Error("a unit");
    Object.assign(facts.unit, { status: "ended", endedOn: "2026-11-22" });
    facts.refunds = [refundFact({ reason: "gift_withdrawn" })];
    facts.endorsements.push(
      { number: "WH2026-000037-038", kind: "unit_ended", createdAt: at("12:00:00") },
      { number: "WH2026-000037-040", kind: "policy_ended", createdAt: at("13:00:00") },
    );
    const ends = buildStory(facts).filter(({ kind }) => /_ended$/.test(kind));
    expect(ends).toHaveLength(1);
    expect(ends[0]).toMatchObject({ kind: "unit_ended", values: { endReason: "gift_withdrawn" } });
  });
});

describe("refunds", () => {
  test("that WeChat closed and a person sent anew are two, the first one closed when WeChat said so", () => {
    const facts = refundFacts({
      id: "ref_2",
      outRefundNo: "R261122abc-2",
      requestedAt: at("15:00:00"),
    });
    facts.refunds.unshift(
      refundFact({ state: "closed", supersededBy: "ref_2", finishedAt: at("14:00:01") }),
    );
    facts.events = [
      {
        id: "1",
        kind: "refund_notified",
        at: at("14:00:00"),
        details: { outRefundNo: "R261122abc", status: "CLOSED" },
      },
    ];
    const story = buildStory(facts).filter(({ kind }) => kind.startsWith("refund"));
    expect(story.map(({ kind }) => kind)).toEqual([
      "refund_requested",
      "refund_notified",
      "refund_closed",
      "refund_reissued",
    ]);
    expect(story[2]?.at).toEqual(at("14:00:00"));
    expect(story[3]?.numbers).toContainEqual({ name: "refundNo", value: "R261122abc-2" });
  });

  test("that were abnormal and came through later keep both in the story", () => {
    const facts = refundFacts({ state: "succeeded", finishedAt: at("18:00:00") });
    facts.events = [
      {
        id: "1",
        kind: "refund_notified",
        at: at("12:00:00"),
        details: { outRefundNo: "R261122abc", status: "ABNORMAL" },
      },
    ];
    const kinds = kindsOf(facts);
    expect(kinds.indexOf("refund_succeeded")).toBeGreaterThan(kinds.indexOf("refund_abnormal"));
    expect(kinds).toContain("refund_abnormal");
  });
});

test("an event of a kind that nobody has heard of is told plainly", () => {
  const facts = unitFacts();
  facts.events = [{ id: "9", kind: "moon_landing", at: at("12:00:00"), details: { by: "us" } }];
  const event = buildStory(facts).find(({ kind }) => kind === "other");
  expect(event?.values).toEqual({ eventKind: "moon_landing", details: '{"by":"us"}' });
});

test("an order closed without a word from WeChat closed after its place had run out", () => {
  const facts = unitFacts();
  facts.order = { ...facts.order, state: "closed", paidAt: null, settledAt: null };
  facts.unit = null;
  const closed = buildStory(facts).find(({ kind }) => kind === "closed_unpaid");
  expect(closed?.at).toEqual(facts.order.expiresAt);
});

test("bills, differences, incidents and notices are part of it", () => {
  const facts = unitFacts();
  facts.billLines = [
    {
      billOn: "2026-11-22",
      billKind: "trade",
      lineNo: 17,
      entry: "payment",
      at: at("11:42:05"),
      transactionId: "4200001",
      outRefundNo: null,
      amountFen: 100,
      feeFen: 1,
      state: "SUCCESS",
      downloadedAt: new Date("2026-11-23T02:05:00Z"),
    },
  ];
  facts.differences = [
    {
      id: "dif_1",
      billOn: "2026-11-22",
      kind: "amount_differs",
      subject: "4200001",
      ours: {},
      theirs: {},
      state: "explained",
      resolution: "a test",
      foundAt: new Date("2026-11-23T02:06:00Z"),
      resolvedAt: new Date("2026-11-23T03:00:00Z"),
    },
  ];
  facts.notices = [{ id: "1", kind: "unit_lit", createdAt: at("11:42:06"), readAt: null }];
  const words = yuanMessages("en").staff;
  const told = buildStory(facts).map((event) =>
    tell({ ...event, at: event.at.toISOString() }, words, "en"),
  );
  expect(told).toContain("In WeChat's trade bill of 22 Nov 2026, line 17: payment ¥1, fee ¥0.01");
  expect(told).toContain("Difference in the bill of 22 Nov 2026: amount_differs");
  expect(told).toContain("Difference of 22 Nov 2026 explained: a test");
  expect(told).toContain("Told: unit_lit");
});

test("no fact of our own rows leaves a gap in its sentence, in either language", () => {
  const ours = ["order_events"];
  fc.assert(
    fc.property(anyFacts, (facts) => {
      for (const event of buildStory(facts)) {
        if (ours.includes(event.source)) continue;
        for (const locale of ["zh-CN", "en"] as const) {
          const words = yuanMessages(locale).staff;
          const said = tell({ ...event, at: event.at.toISOString() }, words, locale);
          // An ended unit of a policy that is not over has no day; the database forbids it.
          if (!/_ended$/.test(event.kind)) expect(said).not.toMatch(/–|\{/);
        }
      }
    }),
  );
});
