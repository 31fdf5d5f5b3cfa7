import { describe, expect, test } from "vitest";
import { toThing } from "@/lib/wechat/messages/fields";
import { MESSAGE_KINDS, type MessageKind } from "./contract";
import { messageWords } from "./words";

/** The longest values that `lib/notices` stores. */
const DETAILS: Record<MessageKind, Record<string, unknown>> = {
  supported: { seq: 100, coverYuan: 1_000 },
  thanked: { askerName: "欧阳小雨" },
  matured: { units: 100, coverYuan: 100_000 },
  closing: { units: 100, unitsMax: 100 },
  full: { unitsMax: 100 },
  refunded: { amountFen: 100, receivedBy: "支付用户零钱" },
};

describe("messageWords", () => {
  test.each(MESSAGE_KINDS)("%s is said in full within WeChat's fields", (kind) => {
    const { about, text } = messageWords(kind, DETAILS[kind]);
    for (const line of [about, text]) {
      expect(toThing(line)).toBe(line);
      expect(line).not.toMatch(/[{}]|undefined/);
    }
  });

  test("R42: no friend is named, even where an old notice has a name", () => {
    const words = messageWords("supported", { ...DETAILS.supported, nickname: "大海" });
    expect(JSON.stringify(words)).not.toContain("大海");
  });

  test("money and cover are written as everywhere", () => {
    expect(messageWords("matured", { units: 29, coverYuan: 29_000 })).toEqual({
      about: "今天 29 格过了等待期",
      text: "¥29,000 从今天起算数",
    });
    expect(messageWords("refunded", { amountFen: 83 }).text).toBe("¥0.83 已经退回给你");
  });
});
