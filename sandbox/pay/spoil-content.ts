import type { FaultKind } from "../fault-kinds";

type Content = Record<string, unknown>;

/** Changes these fields where they exist, and leaves the rest as it was. */
function changeFields(
  content: Content,
  names: readonly string[],
  change: (value: unknown) => unknown,
): Content {
  const changed = names
    .filter((name) => content[name] !== undefined)
    .map((name) => [name, change(content[name])]);
  return { ...content, ...Object.fromEntries(changed) };
}

const addOneFen = (value: unknown) => Number(value) + 1;

/** Another number of the same shape: the last character is a different one. */
function createOtherNumber(value: unknown): string {
  const text = String(value);
  return text.slice(0, -1) + (text.endsWith("0") ? "1" : "0");
}

const NUMBERS = [
  "out_trade_no",
  "transaction_id",
  "out_refund_no",
  "refund_id",
  "out_bill_no",
  "transfer_bill_no",
];
const AMOUNTS = ["total", "payer_total", "refund", "payer_refund"];

const LIES: Partial<Record<FaultKind, (content: Content) => Content>> = {
  wrong_amount: (content) =>
    changeFields(changeFields(content, ["transfer_amount"], addOneFen), ["amount"], (amount) =>
      changeFields(amount as Content, AMOUNTS, addOneFen),
    ),
  wrong_currency: (content) =>
    changeFields(content, ["amount"], (amount) => ({
      ...(amount as Content),
      currency: "HKD",
      payer_currency: "HKD",
    })),
  wrong_appid: (content) => changeFields(content, ["appid"], () => "wx0000000000000000"),
  wrong_mchid: (content) => changeFields(content, ["mchid", "mch_id"], () => "1900000000"),
  wrong_openid: (content) =>
    changeFields(changeFields(content, ["openid"], createOtherNumber), ["payer"], (payer) =>
      changeFields(payer as Content, ["openid"], createOtherNumber),
    ),
  wrong_number: (content) => changeFields(content, NUMBERS, createOtherNumber),
  wrong_hash: (content) => changeFields(content, ["hash_value"], createOtherNumber),
};

/** What an answer or a notify says instead of the truth; other faults do not lie. */
export function spoilContent<Value extends Content>(
  content: Value,
  kind: FaultKind | null,
): Content {
  const lie = kind && LIES[kind];
  return lie ? lie(content) : content;
}
