/**
 * What may be said without a person looking first: a small list, because friends who wish each other
 * well need no large one. What is beyond doubt is hidden; whatever only looks wrong is held, since a
 * wish that waits an hour harms nobody. Pure: text in, decision out.
 */
import type { WordsKind, WordsState } from "./contract";

export type Judgement =
  | { decision: "show"; verdict: null }
  | { decision: "hold" | "hide"; verdict: string };

interface Rule {
  /** Of the verdict; `kinds` is where the rule holds, everywhere without it. */
  category: "abuse" | "contact" | "fraud" | "gambling" | "loan" | "promise" | "unreadable";
  decision: "hold" | "hide";
  view: keyof Views;
  pattern: RegExp;
  kinds?: readonly WordsKind[];
}

/** Latin letters that look like these, and digits that are written or spoken like these. */
const LOOKALIKES = zip("аеорсхуіѕјԁɡһкмтвнαορυνκτіıⅼ", "aeopcxyisjdghkmtbhaopuvktiil");
const NUMERALS = zip(
  "〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖",
  "00123456789" + "1" + "123456789",
);

function zip(from: string, to: string): ReadonlyMap<string, string> {
  const replacements = Array.from(to);
  return new Map(Array.from(from, (letter, index) => [letter, replacements[index] ?? letter]));
}

interface Views {
  /** As it was written. */
  raw: string;
  /** One width, one case, one script's letters, nothing invisible; words keep their gaps. */
  plain: string;
  /** Letters and digits only: what is left when dots, spaces and emoji between them are taken out. */
  tight: string;
  /** `tight` with Chinese numerals as digits. */
  digits: string;
}

export function viewsOf(text: string): Views {
  const plain = Array.from(
    text
      .normalize("NFKC")
      .toLowerCase()
      .normalize("NFD")
      .replace(/[\p{Cf}\p{Mn}\p{Me}]/gu, ""),
    (letter) => LOOKALIKES.get(letter) ?? letter,
  ).join("");
  const tight = plain.replace(/[^\p{L}\p{N}]/gu, "");
  const digits = Array.from(tight, (letter) => NUMERALS.get(letter) ?? letter).join("");
  return { raw: text, plain, tight, digits };
}

/** Letters of an English word, also with a dot or a space between them, and no letter around. */
function spelled(...words: string[]): RegExp {
  const spread = words.map((word) => Array.from(word).join("[\\s._*-]{0,2}"));
  return new RegExp(`(?<![a-z])(?:${spread.join("|")})(?![a-z])`, "u");
}

/** Any of these Chinese words. */
function anyOf(words: string): RegExp {
  return new RegExp(words.trim().split(/\s+/).join("|"), "u");
}

// The first rule that matches decides, so what hides stands before what holds.
const RULES: readonly Rule[] = [
  {
    category: "abuse",
    decision: "hide",
    view: "tight",
    pattern:
      anyOf(`傻[逼比屄]|煞笔|[操草艹肏日]你[妈马吗麻娘]|你[妈马]死|死全家|全家死|[婊表]子养|狗杂种
      杂种 王八蛋 龟儿子 贱[人货逼] 臭婊 [妓婊]女? 脑残 死残废 该死的病 活该[得生病死] 去死吧 早点死 早死早`),
  },
  {
    category: "abuse",
    decision: "hide",
    view: "plain",
    pattern: spelled("cunt", "nigger", "faggot", "cnm", "nmsl", "caonima", "kill yourself"),
  },
  {
    category: "gambling",
    decision: "hide",
    view: "tight",
    pattern: anyOf(
      "博彩 百家乐 时时彩 六合彩 网上赌 赌[场球博钱] 下注 棋牌送 彩票[群平台预测] 裸聊 约炮 一夜情 援交",
    ),
  },
  {
    category: "loan",
    decision: "hide",
    view: "tight",
    pattern: anyOf("网贷 小额贷 无抵押 贷款 套现 放款 黑户 征信修复 代办信用卡 裸贷 高利贷"),
  },
  {
    category: "fraud",
    decision: "hide",
    view: "tight",
    pattern: anyOf(
      "刷单 返利群 稳赚 日[入赚]\\d 月入\\d 躺赚 带你赚 内幕消息 代理退保 全额退保 代办退保 理赔代办 兼职群 中奖了",
    ),
  },
  {
    category: "unreadable",
    decision: "hold",
    view: "raw",
    pattern: /[\p{Mn}\p{Me}]{3}|[\u202a-\u202e\u2066-\u2069]/u,
  },
  {
    category: "contact",
    decision: "hold",
    view: "plain",
    pattern:
      /https?:|www\.|@[\w-]+\.\w|[\w-]+\s?[.。]\s?(?:com|cn|net|org|top|xyz|vip|cc|shop|club|info|link|site|online|icu|work)(?![a-z])/u,
  },
  {
    category: "contact",
    decision: "hold",
    view: "digits",
    pattern: /(?<!\d)(?:86)?1[3-9]\d{9}(?!\d)/u,
  },
  { category: "contact", decision: "hold", view: "plain", pattern: /\d{7,}/u },
  {
    category: "contact",
    decision: "hold",
    view: "tight",
    pattern:
      /(?:加|添加|[+➕]).{0,2}(?:微|薇|威|徽|维|v|扣|q|群|好友)|(?:[微薇威徽维v]信|vx|wx|qq|扣扣|企鹅|薇芯|tel|电话)(?:号|群|码|是|联系)*[a-z0-9_]{5,}|扫码|扫[一1]扫|二维码|进群|入群|拉[你您]群|私聊我|联系我|私信我/u,
  },
  {
    category: "contact",
    decision: "hold",
    view: "plain",
    pattern: /(?<![a-z])(?:vx|wx|wechat|telegram|whatsapp)(?![a-z])/u,
  },
  {
    category: "fraud",
    decision: "hold",
    view: "tight",
    pattern: anyOf(
      "转账 汇款 打款 打钱 收款码 红包 返现 佣金 中奖 投资 理财 股票群 币圈 虚拟币 卡号 验证码 借钱 借我 彩票 赌",
    ),
  },
  {
    category: "abuse",
    decision: "hold",
    view: "tight",
    pattern: anyOf(
      "滚[蛋开出] 去死 废物 垃圾 恶心 不要脸 骗子 骗钱 妈的 他妈 尼玛 卧槽 傻子 智障 神经病 变态 丑八怪 报应 活该 咒你 诅咒",
    ),
  },
  {
    category: "abuse",
    decision: "hold",
    view: "plain",
    pattern: spelled(
      "fuck",
      "fucking",
      "shit",
      "bitch",
      "asshole",
      "bastard",
      "sb",
      "tmd",
      "mdzz",
      "idiot",
      "retard",
    ),
  },
  // R54: what the insured says to everybody stands on a selling page.
  {
    category: "promise",
    decision: "hold",
    view: "tight",
    kinds: ["note"],
    pattern:
      /最(?![近后初])|第一(?![次天个回时])|唯一|国家级|顶级|首月|免费|(?<!不)保证|续保|(?<!投)保本|秒批|限时|稳赔|必赔|[肯一]定[能会]?赔|无风险|零风险|收益|回报|奖励|抽奖|送礼|翻倍/u,
  },
  {
    category: "promise",
    decision: "hold",
    view: "plain",
    kinds: ["note"],
    pattern: /(?<![\d,.])0\s?元|100\s?%/u,
  },
];

/** @returns `verdict`, for the queue: the category and what was found, e.g. `contact: vx`. */
export function judgeText(text: string, kind: WordsKind): Judgement {
  const views = viewsOf(text);
  for (const { kinds, view, pattern, decision, category } of RULES) {
    if (kinds && !kinds.includes(kind)) continue;
    const found = pattern.exec(views[view]);
    if (found) return { decision, verdict: `${category}: ${found[0].slice(0, 20)}` };
  }
  return { decision: "show", verdict: null };
}

/** May this stand where others read it, without anybody looking first? For nicknames and the like. */
export function isFit(text: string): boolean {
  return judgeText(text, "wish").decision === "show";
}

/** Who somebody is to words: only an addressee may react, and `nobody` is not told that they exist. */
export type Audience = "author" | "addressee" | "nobody";

/**
 * Held and hidden words have no reader but their author. Thanks are thanks whatever their text is:
 * while it waits, their giver reads a plain thank you.
 */
export function decideAudience(words: {
  kind: WordsKind;
  state: WordsState;
  /** Of the policy, and of the unit where there is one: what has ended is read, not answered. */
  isAlive: boolean;
  isAuthor: boolean;
  isAddressee: boolean;
}): Audience {
  if (words.isAuthor) return "author";
  if (!words.isAlive || !words.isAddressee) return "nobody";
  return words.state === "shown" || words.kind === "thanks" ? "addressee" : "nobody";
}
