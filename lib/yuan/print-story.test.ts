import { expect, test } from "vitest";
import { buildStory } from "./build-story";
import { printStory } from "./print-story";
import { decideEnding } from "./rules";
import { at, unitFacts } from "./testing/facts";

test("a terminal shows every event on a line, its numbers below, and where the yuan is", () => {
  const facts = unitFacts();
  const yuan = {
    facts,
    events: buildStory(facts),
    ending: decideEnding(facts, "2026-11-22"),
  };
  expect(printStory(yuan, at("12:00:00"))).toBe(
    `W261122abc  ¥1, contribution
paid for policy WH2026-000037 by 大海 (usr_1)

2026-11-22 11:42:04.700  Order created, ¥1
                           Order no. W261122abc
                           Order id ord_1
                           Policy no. WH2026-000037
2026-11-22 11:42:04.700  Place held until 11:57
2026-11-22 11:42:04.900  Prepaid at WeChat
                           Prepay id ends a1b2c3d4
2026-11-22 11:42:05.000  Paid ¥1 at WeChat
                           Transaction no. 4200001
2026-11-22 11:42:05.600  Settled, proven by WeChat's notify
2026-11-22 11:42:05.600  Became unit 37, cover ¥1,000
                           Endorsement WH2026-000037-037
                           Unit id unt_1
2026-11-22 11:42:05.600  Booked: payment becomes premium
                           Entry id led_1
                           debit  ¥1 WeChat clearing
                           credit ¥1 Premium

Now: on the policy, unit 37, waiting
2026-11-23               Unit 37 takes effect, waiting period starts
2027-02-21               Unit 37 matures, ¥1,000 counts
2027-11-23               Unit 37 runs out`,
  );
});

test("R28: a unit that ended with nothing left to return is not told as one on the policy", () => {
  const facts = unitFacts();
  if (facts.unit) Object.assign(facts.unit, { status: "ended", endedOn: "2027-11-23" });
  const yuan = { facts, events: buildStory(facts), ending: decideEnding(facts, "2027-11-22") };
  expect(printStory(yuan, at("12:00:00"))).toContain(
    "Now: ended with its policy, nothing left to return, unit 37",
  );
});

test("what is on record has happened, even when this machine's clock is behind", () => {
  const facts = unitFacts();
  const yuan = { facts, events: buildStory(facts), ending: decideEnding(facts, "2026-11-22") };
  const [past] = printStory(yuan, at("11:00:00")).split("Now:");
  expect(past).toContain("Settled, proven by");
});
