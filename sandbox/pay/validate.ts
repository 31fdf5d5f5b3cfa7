import { PayError, REQUEST_ID_CODE } from "./errors";

/** What a field of a request must look like; `label` is WeChat's Chinese name for it. */
export type Field = { label: string; isRequired?: boolean } & (
  | { type: "string"; min?: number; max: number; pattern?: RegExp; check?: FieldCheck<string> }
  | { type: "integer"; min: number }
  | { type: "boolean" }
  | { type: "array"; items?: Fields }
  | { type: "object"; fields: Fields; bytesMax?: number }
);
export type Fields = Record<string, Field>;

/** Returns what is wrong, or null. */
type FieldCheck<T> = (value: T) => string | null;

/** 400 PARAM_ERROR that points at a field of the body. */
export function createParamError(pointer: string, value: unknown, message: string): PayError {
  return new PayError(400, "PARAM_ERROR", message, {
    detail: { field: pointer, value, issue: message, location: "body" },
    requestIdCode: REQUEST_ID_CODE.paramError,
  });
}

function assertString(pointer: string, field: Field & { type: "string" }, value: unknown): void {
  const source = `输入源“/body${pointer}”映射到值字段“${field.label}”`;
  if (typeof value !== "string") {
    throw createParamError(pointer, value, `${source}失败，此字段需要一个字符串`);
  }
  // Limits are in characters, not in UTF-16 units: an emoji is one.
  const length = [...value].length;
  const min = field.min ?? 1;
  const failed = `${source}字符串规则校验失败，`;
  if (length < min) {
    throw createParamError(pointer, value, `${failed}字符数 ${length}，小于最小值 ${min}`);
  }
  if (length > field.max) {
    throw createParamError(pointer, value, `${failed}字符数 ${length}，大于最大值 ${field.max}`);
  }
  if (field.pattern && !field.pattern.test(value)) {
    throw createParamError(pointer, value, `${failed}包含不允许的字符`);
  }
  const issue = field.check?.(value);
  if (issue) throw createParamError(pointer, value, `${failed}${issue}`);
}

function assertInteger(pointer: string, field: Field & { type: "integer" }, value: unknown): void {
  if (!Number.isSafeInteger(value)) {
    const source = `无法将 JSON 输入源“/body${pointer}”映射到目标字段“${field.label}”中`;
    throw createParamError(pointer, value, `${source}，此字段需要一个合法的 64 位有符号整数`);
  }
  if ((value as number) < field.min) {
    const source = `输入源“/body${pointer}”映射到数值字段“${field.label}”`;
    throw createParamError(pointer, value, `${source}规则校验失败，值低于最小值 ${field.min}`);
  }
}

function assertField(pointer: string, field: Field, value: unknown): void {
  switch (field.type) {
    case "string":
      assertString(pointer, field, value);
      return;
    case "integer":
      assertInteger(pointer, field, value);
      return;
    case "boolean":
      if (typeof value === "boolean") return;
      throw createParamError(pointer, value, `“${field.label}”需要一个布尔值`);
    case "array":
      if (!Array.isArray(value)) {
        throw createParamError(pointer, value, `“${field.label}”需要一个数组`);
      }
      if (!field.items) return;
      for (const [index, item] of value.entries()) {
        assertFields(item, field.items, `${pointer}/${index}`);
      }
      return;
    case "object":
      if (Buffer.byteLength(JSON.stringify(value)) > (field.bytesMax ?? Infinity)) {
        throw createParamError(pointer, undefined, `“${field.label}”超过 ${field.bytesMax} 字节`);
      }
      assertFields(value, field.fields, pointer);
      return;
  }
}

/**
 * Checks a body against its fields and throws the first fault as WeChat words it: unknown
 * parameters are refused, missing ones named, `detail` points at the field (wechat.md §1.6).
 */
export function assertFields(value: unknown, fields: Fields, pointer = ""): void {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw createParamError(pointer || "/", value, `输入源“/body${pointer}”需要一个 JSON 对象`);
  }
  const body = value as Record<string, unknown>;
  for (const key of Object.keys(body)) {
    if (Object.hasOwn(fields, key)) continue;
    const message = `请求中含有未在API文档中定义的参数“${key}”`;
    throw new PayError(400, "PARAM_ERROR", message, {
      detail: { field: `${pointer}/${key}`, value: body[key], issue: message, location: "body" },
      requestIdCode: REQUEST_ID_CODE.unknownParameter,
    });
  }
  for (const [key, field] of Object.entries(fields)) {
    const child = body[key];
    if (child !== undefined) assertField(`${pointer}/${key}`, field, child);
    else if (field.isRequired) {
      const source = `输入源“/body${pointer}/${key}”映射到值字段“${field.label}”`;
      const message = `${source}必填性规则校验失败，此字段为必填项`;
      throw createParamError(`${pointer}/${key}`, undefined, message);
    }
  }
}

/** A check for a field that knows a few words only. */
export function checkOneOf(...words: readonly string[]): FieldCheck<string> {
  return (value) => (words.includes(value) ? null : `取值不在 ${words.join("|")} 之中`);
}

/**
 * A notify address: absolute and without a query. The real one must also be public https; a
 * sandbox on a laptop has to accept http and loopback.
 */
export function checkNotifyUrl(value: string): string | null {
  if (!URL.canParse(value)) return "必须为完整的 URL";
  const url = new URL(value);
  if (url.protocol !== "https:" && url.protocol !== "http:") return "必须为 http(s) 地址";
  if (value.includes("?") || value.includes("#")) return "不能携带参数";
  return null;
}

/** The same JSON whatever the order of its keys, to compare a repeated request with the first. */
export function canonicalize(value: unknown): string {
  return JSON.stringify(value, (_key, child: unknown) =>
    child && typeof child === "object" && !Array.isArray(child)
      ? Object.fromEntries(Object.entries(child).sort(([a], [b]) => (a < b ? -1 : 1)))
      : child,
  );
}
