import type { Fault } from "./faults";

/** Which keys sign answers and notifies (wechat.md §1.4). */
export type KeyMode = "public_key" | "certificate" | "both";

/** Knobs that a person or a test may turn; `POST /__sandbox/settings` changes them. */
export interface SandboxSettings {
  /** Base URL of the app, without a trailing slash. */
  appUrl: string;
  keyMode: KeyMode;
  /** 网页授权域名, host names; null = the app's. */
  oauthDomains: string[] | null;
  /** JS接口安全域名, host names; null = the app's. */
  jsDomains: string[] | null;
  /** 支付授权目录, each ending in a slash; null = the root of the app. */
  paymentDirectories: string[] | null;
  /** Refuse to authorise a browser that is not WeChat's, as the real page does. */
  isWechatBrowserRequired: boolean;
  /** Old spellings without underscore (ORDERPAID, ORDERNOTEXIST…), which clients must also know. */
  hasLegacyErrorCodes: boolean;
  /** Sandbox time between the acceptance of a refund and its success. */
  refundDelaySeconds: number;
}

/** `hand`: added at the panel, the picker or the control API; the others came with an import. */
export type PersonaOrigin = "hand" | "principal" | "imported";

export interface Persona {
  openid: string;
  unionid: string;
  nickname: string;
  isSnapshotUser: boolean;
  createdAtMs: number;
  /** Decides the place in every list. Books saved before it existed do not say; the next import does. */
  origin?: PersonaOrigin;
}

export type OAuthScope = "snsapi_base" | "snsapi_userinfo";

export interface OAuthCode {
  openid: string;
  scope: OAuthScope;
  expiresAtMs: number;
  isUsed: boolean;
}

export interface OAuthToken {
  refreshToken: string;
  openid: string;
  scope: OAuthScope;
  expiresAtMs: number;
  refreshExpiresAtMs: number;
}

/** An access token of the official account, or a jsapi_ticket. */
export interface ApiCredential {
  value: string;
  issuedAtMs: number;
  expiresAtMs: number;
}

export interface Order {
  outTradeNo: string;
  appId: string;
  openid: string;
  description: string;
  attach: string | null;
  amountFen: number;
  notifyUrl: string;
  /** The request as first sent, in canonical form: a repeat must equal it. */
  parameters: string;
  createdAtMs: number;
  /** `time_expire`: nobody can pay after it, but it closes nothing. */
  payableUntilMs: number;
  /** When WeChat closes an unpaid order by itself. */
  autoCloseAtMs: number;
  isClosed: boolean;
  paidAtMs: number | null;
  transactionId: string | null;
  outRefundNos: string[];
  prepayIds: string[];
}

export interface Prepay {
  outTradeNo: string;
  expiresAtMs: number;
}

export type RefundStatus = "PROCESSING" | "SUCCESS" | "CLOSED" | "ABNORMAL";

export interface Refund {
  outRefundNo: string;
  refundId: string;
  outTradeNo: string;
  amountFen: number;
  reason: string | null;
  notifyUrl: string | null;
  parameters: string;
  status: RefundStatus;
  createdAtMs: number;
  successAtMs: number | null;
}

/** One try to deliver a notification, successful or not. */
export interface NotificationAttempt {
  atMs: number;
  /** HTTP status of the merchant's answer; null when there was none in time. */
  status: number | null;
  error: string | null;
  durationMs: number;
  /** The kind of fault that spoiled this attempt. */
  fault: string | null;
  isAcknowledged: boolean;
}

export interface Notification {
  id: string;
  eventType: string;
  summary: string;
  originalType: "transaction" | "refund";
  url: string;
  /** The JSON that is encrypted into `resource`. */
  plainText: string;
  outTradeNo: string;
  outRefundNo: string | null;
  createdAtMs: number;
  state: "pending" | "acknowledged" | "given_up";
  /** Attempts on the retry table, without duplicates and resends. */
  scheduledAttempts: number;
  nextAttemptAtMs: number | null;
  attempts: NotificationAttempt[];
}

/** All that WeChat knows. One object, saved whole, so that a restart keeps the books. */
export interface SandboxState {
  clockOffsetMs: number;
  settings: SandboxSettings;
  personas: Map<string, Persona>;
  oauthCodes: Map<string, OAuthCode>;
  oauthTokens: Map<string, OAuthToken>;
  apiTokens: ApiCredential[];
  /** Moments of `force_refresh` calls of the last day, for its two limits. */
  forcedRefreshAtMs: number[];
  tickets: ApiCredential[];
  orders: Map<string, Order>;
  prepays: Map<string, Prepay>;
  refunds: Map<string, Refund>;
  notifications: Map<string, Notification>;
  faults: Fault[];
  /** Makes both key modes alternate in `both`. */
  notifiesSigned: number;
}

/** Codes and tokens beyond this many are long expired; the oldest are forgotten. */
const CREDENTIALS_MAX = 10_000;

/** Adds to a map that must not grow for ever. */
export function remember<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.set(key, value);
  if (map.size <= CREDENTIALS_MAX) return;
  for (const oldest of map.keys()) {
    map.delete(oldest);
    return;
  }
}

export function createState(appUrl: string): SandboxState {
  return {
    clockOffsetMs: 0,
    settings: {
      appUrl,
      keyMode: "public_key",
      oauthDomains: null,
      jsDomains: null,
      paymentDirectories: null,
      isWechatBrowserRequired: false,
      hasLegacyErrorCodes: false,
      refundDelaySeconds: 2,
    },
    personas: new Map(),
    oauthCodes: new Map(),
    oauthTokens: new Map(),
    apiTokens: [],
    forcedRefreshAtMs: [],
    tickets: [],
    orders: new Map(),
    prepays: new Map(),
    refunds: new Map(),
    notifications: new Map(),
    faults: [],
    notifiesSigned: 0,
  };
}
