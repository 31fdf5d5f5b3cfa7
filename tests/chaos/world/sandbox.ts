/** WeChat's side, through the sandbox's control API (sandbox/README.md). */

export interface Transaction {
  outTradeNo: string;
  transactionId: string | null;
  tradeState: "NOTPAY" | "SUCCESS" | "REFUND" | "CLOSED";
  amountFen: number;
  refundedFen: number;
  openid: string;
  prepayIds: string[];
  successTime: string | null;
}

export interface Refund {
  outRefundNo: string;
  outTradeNo: string;
  amountFen: number;
  status: "PROCESSING" | "SUCCESS" | "CLOSED" | "ABNORMAL";
}

export interface Notification {
  id: string;
  eventType: string;
  outTradeNo: string;
  state: "pending" | "acknowledged" | "given_up";
  attempts: {
    at: string;
    status: number | null;
    durationMs: number;
    fault: string | null;
    isAcknowledged: boolean;
  }[];
}

export interface Sandbox {
  url: string;
  /** The time at WeChat, and in the app. */
  now(): Date;
  /** Moves the time of the whole world and waits until everything that fell due has happened. */
  advance(seconds: number): Promise<void>;
  /** @throws Error for anything but 2xx. */
  call<Answer>(method: "GET" | "POST" | "DELETE", path: string, body?: object): Promise<Answer>;
  /** Null where this sandbox has no such address. */
  find<Answer>(method: "GET" | "POST", path: string, body?: object): Promise<Answer | null>;
  /** What a person does at the cashier; the code of WeChat's refusal, or null. */
  atCashier(prepayId: string, openid: string, action: string): Promise<string | null>;
}

export function connectSandbox(url: string): Sandbox {
  let offsetMs = 0;

  async function request(method: string, path: string, body?: object) {
    const response = await fetch(`${url}/__sandbox${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    return { status: response.status, ok: response.ok, text };
  }

  async function call<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const { ok, status, text } = await request(method, path, body);
    if (!ok) throw new Error(`sandbox: ${method} ${path}: ${status} ${text}`);
    return (text ? JSON.parse(text) : {}) as Answer;
  }

  return {
    url,
    now: () => new Date(Date.now() + offsetMs),
    async advance(seconds) {
      const clock = await call<{ offsetMs: number }>("POST", "/clock", { advanceSeconds: seconds });
      offsetMs = clock.offsetMs;
    },
    call,
    async find<Answer>(method: string, path: string, body?: object) {
      const { ok, status, text } = await request(method, path, body);
      if (status === 404) return null;
      if (!ok) throw new Error(`sandbox: ${method} ${path}: ${status} ${text}`);
      return (text ? JSON.parse(text) : {}) as Answer;
    },
    async atCashier(prepayId, openid, action) {
      const { ok, text } = await request("POST", "/cashier", { prepayId, openid, action });
      return ok ? null : (JSON.parse(text) as { code: string }).code;
    },
  };
}
