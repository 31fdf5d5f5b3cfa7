import { describe, expect, test } from "vitest";
import { decideAudience, isFit, judgeText } from "./rules";

describe("what friends say is shown at once", () => {
  test.each([
    "别怕，我们都在",
    "平平安安，春天一起爬山",
    "傻瓜，好好吃饭，早点睡",
    "最近好多了吗？等你第一次回来打球",
    "Get well soon, see you at 10:30!",
    "今年 11 月 21 日，你 40 岁啦 🎉",
    "husband and wife send their love",
    "❤️❤️❤️",
    "10000 个拥抱",
    "It's better already",
    "微信里见你笑了，真好",
    "你是个让人羡慕的人",
    "加油加油加油",
  ])("%s", (text) => {
    expect(judgeText(text, "wish")).toEqual({ decision: "show", verdict: null });
    expect(isFit(text)).toBe(true);
  });
});

describe("what is beyond doubt is hidden, whatever it is dressed in", () => {
  test.each([
    ["傻逼", "abuse"],
    ["傻 . 逼", "abuse"],
    ["傻\u200b逼", "abuse"],
    ["操❤你❤妈", "abuse"],
    ["ＮＭＳＬ", "abuse"],
    ["c.n.m", "abuse"],
    ["сnm with a Cyrillic es", "abuse"],
    ["百 家 乐 稳赢", "gambling"],
    ["无抵押，当天放款", "loan"],
    ["全额退保找我", "fraud"],
    ["日赚300，轻松", "fraud"],
  ])("%s", (text, category) => {
    const { decision, verdict } = judgeText(text, "wish");
    expect([decision, verdict?.split(":")[0]]).toEqual(["hide", category]);
  });
});

describe("what may be meant well waits for a person", () => {
  test.each([
    ["打我电话 13800138000", "contact"],
    ["1 3 8-0013.8000", "contact"],
    ["一三八零零一三八零零零", "contact"],
    ["①③⑧⓪⓪①③⑧⓪⓪⓪", "contact"],
    ["加我薇❤信 abc_12345", "contact"],
    ["V信：love520love", "contact"],
    ["看 http://example.com", "contact"],
    ["weihuzhu . top", "contact"],
    ["me@example.com", "contact"],
    ["扫 码 进 群", "contact"],
    ["QQ 12345678", "contact"],
    ["发个红包给你", "fraud"],
    ["fuck cancer", "abuse"],
    ["s.b", "abuse"],
    ["让病魔去死", "abuse"],
    ["a\u0300\u0301\u0302\u0303b", "unreadable"],
    ["\u202eolleh", "unreadable"],
  ])("%s", (text, category) => {
    const { decision, verdict } = judgeText(text, "wish");
    expect([decision, verdict?.split(":")[0]]).toEqual(["hold", category]);
    expect(isFit(text)).toBe(false);
  });
});

describe("R54: the insured's own note stands on a selling page", () => {
  test.each([
    "这是最好的保险",
    "保证赔",
    "免费领",
    "全国第一",
    "0元就能保",
    "100% 赔",
    "分享有奖励",
  ])("%s waits", (text) => {
    expect(judgeText(text, "note")).toMatchObject({ decision: "hold" });
  });
  test("a friend may say the same to him", () => {
    expect(judgeText("你是最好的", "wish").decision).toBe("show");
    expect(judgeText("你们是最好的朋友", "note").decision).toBe("hold");
    expect(judgeText("最近好多了，谢谢第一个来的你", "note").decision).toBe("show");
  });
});

describe("who reads words, and who may answer them", () => {
  const shownWish = {
    kind: "wish",
    state: "shown",
    isAlive: true,
    isAuthor: false,
    isAddressee: true,
  } as const;
  test.each([
    ["the one they are for", {}, "addressee"],
    ["anybody else", { isAddressee: false }, "nobody"],
    ["their author, whatever became of them", { isAuthor: true, state: "hidden" }, "author"],
    ["held ones: nobody but him", { state: "held" }, "nobody"],
    ["hidden ones: nobody but him", { state: "hidden" }, "nobody"],
    ["held thanks are still thanks", { kind: "thanks", state: "held" }, "addressee"],
    ["nobody, once the unit has ended", { isAlive: false }, "nobody"],
  ] as const)("%s", (_label, change, expected) => {
    expect(decideAudience({ ...shownWish, ...change })).toBe(expected);
  });
});
