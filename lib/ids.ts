import { randomBytes } from "node:crypto";

/** Every kind of row and its prefix, so that a log line tells the table. */
const PREFIXES = {
  user: "usr",
  identity: "idn",
  policy: "pol",
  application: "app",
  unit: "unt",
  order: "ord",
  refund: "ref",
  ledgerEntry: "led",
  incident: "inc",
  reconciliationRun: "rec",
  billDifference: "dif",
  diagnosisReport: "dia",
  words: "wrd",
} as const;

const CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz";
const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** A time-sortable id: prefix, 48 bits of milliseconds, 80 random bits. */
export function newId(kind: keyof typeof PREFIXES, now: Date): string {
  let time = now.getTime();
  let head = "";
  for (let index = 0; index < 10; index += 1) {
    head = CROCKFORD[time % 32] + head;
    time = Math.floor(time / 32);
  }
  let tail = "";
  for (const byte of randomBytes(16)) tail += CROCKFORD[byte % 32];
  return `${PREFIXES[kind]}_${head}${tail}`;
}

/** Uniform base62 text; bytes that would favour some letters are thrown away. */
export function randomBase62(length: number): string {
  let text = "";
  while (text.length < length) {
    for (const byte of randomBytes(length * 2)) {
      if (byte < 248 && text.length < length) text += BASE62[byte % 62];
    }
  }
  return text;
}

/** Without 0, 1, I and O, which people mistake for one another; 32 letters, so every byte is fair. */
const TYPED = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/** 8 characters to read aloud and type, 40 bits: few enough to guess at, so looking up is limited. */
export function newShortCode(): string {
  return Array.from(randomBytes(8), (byte) => TYPED[byte % 32]).join("");
}

/** 22 base62 characters, 131 bits: cannot be guessed or enumerated. */
export function newPolicyCode(): string {
  return randomBase62(22);
}

/** `W` + Shanghai day + 22 random characters: 29 of the 32 that WeChat allows (wechat.md §1.6). */
export function newOutTradeNo(shanghaiDate: string): string {
  return `W${shanghaiDate.slice(2).replaceAll("-", "")}${randomBase62(22)}`;
}

/**
 * The refund's number for ever; derived from the order, so no retry can invent another.
 *
 * @param ordinal 2 and up only for a refund that a person orders anew after WeChat closed the one before.
 */
export function outRefundNoFor(outTradeNo: string, ordinal = 1): string {
  return `R${outTradeNo.slice(1)}${ordinal === 1 ? "" : `-${ordinal}`}`;
}
