/** 订阅通知: one message to one person who has agreed to one of this template (wechat.md §3.3). */
import type { AccountApi } from "@/lib/wechat/js-sdk/account-api";
import { WechatApiError } from "@/lib/wechat/js-sdk/errors";
import { toThing, toTime } from "./fields";

export interface SubscribeMessage {
  openid: string;
  templateId: string;
  /** Absolute address that a tap on the message opens. */
  pageUrl: string;
  /** What it is about, and what happened; cut to WeChat's length. */
  about: string;
  text: string;
  at: Date;
}

/**
 * `refused` and `later` are certain: nobody got anything. `unknown` may have arrived, so it must not
 * be sent again.
 */
export type SendOutcome =
  | { kind: "sent" }
  | { kind: "refused"; reason: "no_consent" | `errcode_${number}` }
  | { kind: "later"; reason: string }
  | { kind: "unknown" };

export interface WechatMessages {
  /** Sends once and never throws. */
  send(message: SubscribeMessage): Promise<SendOutcome>;
}

const OK: SendOutcome = { kind: "sent" };
const NO_CONSENT_ERRCODE = 43101;
/** The day's or the minute's quota, and a token that even a new one did not mend. */
const LATER_ERRCODES = new Set([45009, 45011, 40001, 40014, 42001]);
/** "System busy": WeChat does not say whether it did it. */
const BUSY_ERRCODE = -1;

export function createWechatMessages(accountApi: AccountApi): WechatMessages {
  return {
    async send(message) {
      try {
        const answer = await accountApi.call({
          method: "POST",
          path: "/cgi-bin/message/subscribe/bizsend",
          isOnce: true,
          body: {
            touser: message.openid,
            template_id: message.templateId,
            page: message.pageUrl,
            data: {
              thing1: { value: toThing(message.about) },
              thing2: { value: toThing(message.text) },
              time3: { value: toTime(message.at) },
            },
          },
        });
        return answer.ok ? OK : outcomeOf(answer.errcode);
      } catch (error) {
        // Without a token nothing was asked.
        if (!(error instanceof WechatApiError)) throw error;
        return { kind: "later", reason: `no_token_${error.errcode ?? "unavailable"}` };
      }
    },
  };
}

function outcomeOf(errcode: number | null): SendOutcome {
  if (errcode === null || errcode === BUSY_ERRCODE) return { kind: "unknown" };
  if (errcode === NO_CONSENT_ERRCODE) return { kind: "refused", reason: "no_consent" };
  if (LATER_ERRCODES.has(errcode)) return { kind: "later", reason: `errcode_${errcode}` };
  return { kind: "refused", reason: `errcode_${errcode}` };
}
