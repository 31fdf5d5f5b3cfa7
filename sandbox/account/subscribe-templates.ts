import { createHash } from "node:crypto";

/** 订阅通知 templates as an account has chosen them in its console, each with the same keywords. */
export interface SubscribeTemplate {
  id: string;
  title: string;
}

const TITLES = {
  SUPPORTED: "好友互助提醒",
  THANKED: "感谢提醒",
  MATURED: "保障生效提醒",
  CLOSING: "活动即将结束提醒",
  FULL: "目标达成提醒",
  REFUNDED: "退款到账提醒",
} as const;

/** 43 characters of base64url, as WeChat's own; the same for an account for ever. */
const createId = (appId: string, name: string) =>
  createHash("sha256").update(`${appId} ${name}`).digest("base64url");

export function listTemplates(appId: string): SubscribeTemplate[] {
  return Object.entries(TITLES).map(([name, title]) => ({ id: createId(appId, name), title }));
}

/** `WECHAT_TEMPLATE_…` of the app's environment. */
export function templateEnvironment(appId: string): Record<string, string> {
  return Object.fromEntries(
    Object.keys(TITLES).map((name) => [`WECHAT_TEMPLATE_${name}`, createId(appId, name)]),
  );
}

/** What each keyword of a template is called, and what its value must look like (wechat.md §3.3). */
export const KEYWORDS: Readonly<
  Record<string, { label: string; isValid(value: string): boolean }>
> = {
  thing1: { label: "事项", isValid: isThing },
  thing2: { label: "说明", isValid: isThing },
  time3: {
    label: "时间",
    isValid: (value) => /^(\d{4}年\d{1,2}月\d{1,2}日 )?\d{2}:\d{2}(:\d{2})?$/.test(value),
  },
};

function isThing(value: string): boolean {
  const length = [...value].length;
  return length >= 1 && length <= 20 && !/[\r\n]/.test(value);
}
