import type { Chaos } from "./chaos";
import type { Fault } from "./faults";
import type { Bill, BillDownload } from "./pay/bills/bill";
import type { BillPlant } from "./pay/bills/plants";
import type { FundMovement } from "./pay/funds";
import type { Transfer } from "./pay/transfers/transfer";

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
  /** Sandbox time between the acceptance of a refund and its end. */
  refundDelaySeconds: number;
  /** Refund requests a real second that are served, of all and of those that fail; null = any. */
  refundRatePerSecond: number | null;
  refundErrorRatePerSecond: number | null;
  /** Sandbox time until a transfer waits for its payee; 0 = the first answer says so. */
  transferAcceptSeconds: number;
  /** Sandbox time of a transfer in TRANSFERING or CANCELING. */
  transferDelaySeconds: number;
  /** What was ever paid into the 运营账户 that transfers come from; null = always enough. */
  operationFundsFen: number | null;
  /** What WeChat keeps of a payment, in hundredths of a percent; a payment keeps its rate for ever. */
  feeRateBasisPoints: number;
  /** What was in the merchant's basic account before the first payment. */
  openingBalanceFen: number;
  /** Fund bills that may be asked for in a second of the clock; null = any number. WeChat's own is 3. */
  billRatePerSecond: number | null;
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
  /** A frozen or cancelled account: money cannot be given (back) to it. */
  isAccountAbnormal?: boolean;
  /** What `user_name` of a transfer is compared with; absent = any name will do. */
  realName?: string | null;
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
  /** The rate when it was paid. Books saved before it existed do not say: today's counts. */
  feeRateBasisPoints?: number;
  outRefundNos: string[];
  prepayIds: string[];
}

export interface Prepay {
  outTradeNo: string;
  expiresAtMs: number;
}

export type RefundStatus = "PROCESSING" | "SUCCESS" | "CLOSED" | "ABNORMAL";

/** How a refund can end; an ABNORMAL one can still be helped. */
export type RefundEnd = Exclude<RefundStatus, "PROCESSING">;

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
  /** When its money came back to the merchant. */
  closedAtMs: number | null;
  /** What it becomes at `finishAtMs`, unless somebody decides before. */
  outcome: RefundEnd;
  finishAtMs: number;
  fundsAccount: string;
  channel: "ORIGINAL" | "OTHER_BANKCARD";
  userReceivedAccount: string;
  /** Digest of the request that helped an ABNORMAL one: a repeat must equal it. */
  abnormalParameters: string | null;
}

/** What the next refunds become, decided beforehand by a person or a test. */
export interface RefundOutcome {
  id: string;
  /** Only refunds of this order; null = any. */
  outTradeNo: string | null;
  status: RefundEnd;
  /** Sandbox seconds of PROCESSING; null = `refundDelaySeconds`. */
  delaySeconds: number | null;
  /** How many refunds are still to become this. */
  count: number;
}

/** A platform certificate made while the sandbox runs; the newest signs. */
export interface PlatformCertificate {
  serial: string;
  certificatePem: string;
  privateKeyPem: string;
  activeFromMs: number;
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
  originalType: "transaction" | "refund" | "mch_payment";
  url: string;
  /** The JSON that is encrypted into `resource`. */
  plainText: string;
  /** The order it is about; of a transfer its `out_bill_no`. */
  outTradeNo: string;
  outRefundNo: string | null;
  createdAtMs: number;
  state: "pending" | "acknowledged" | "given_up";
  /** Attempts on the retry table, without duplicates and resends. */
  scheduledAttempts: number;
  nextAttemptAtMs: number | null;
  attempts: NotificationAttempt[];
}

/** A 订阅通知 that has reached a person's phone. */
export interface SubscribeMessage {
  id: string;
  openid: string;
  templateId: string;
  title: string;
  /** What a tap on it opens. */
  page: string | null;
  /** By the template's keywords. */
  data: Record<string, string>;
  sentAtMs: number;
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
  /** How many messages a person still accepts, by `openid templateId`. */
  messageConsents: Map<string, number>;
  messages: SubscribeMessage[];
  orders: Map<string, Order>;
  prepays: Map<string, Prepay>;
  refunds: Map<string, Refund>;
  refundOutcomes: RefundOutcome[];
  transfers: Map<string, Transfer>;
  notifications: Map<string, Notification>;
  faults: Fault[];
  chaos: Chaos | null;
  /** Made by rotation, oldest first; the one of the key file came before them. */
  platformCertificates: PlatformCertificate[];
  /** Bills by `getBillKey`: generated when first asked for, the same for ever after. */
  bills: Map<string, Bill>;
  /** Download tokens. */
  billDownloads: Map<string, BillDownload>;
  billPlants: BillPlant[];
  /** Deposits and withdrawals by the merchant; all other money is in orders, refunds, transfers. */
  fundMovements: FundMovement[];
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
      refundRatePerSecond: null,
      refundErrorRatePerSecond: null,
      transferAcceptSeconds: 0,
      transferDelaySeconds: 2,
      operationFundsFen: null,
      feeRateBasisPoints: 60,
      openingBalanceFen: 1_000_000,
      billRatePerSecond: null,
    },
    personas: new Map(),
    oauthCodes: new Map(),
    oauthTokens: new Map(),
    apiTokens: [],
    forcedRefreshAtMs: [],
    tickets: [],
    messageConsents: new Map(),
    messages: [],
    orders: new Map(),
    prepays: new Map(),
    refunds: new Map(),
    refundOutcomes: [],
    transfers: new Map(),
    notifications: new Map(),
    faults: [],
    chaos: null,
    platformCertificates: [],
    bills: new Map(),
    billDownloads: new Map(),
    billPlants: [],
    fundMovements: [],
    notifiesSigned: 0,
  };
}
