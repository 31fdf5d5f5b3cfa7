/**
 * People at a bounded rate: they order gifts, pay, look at policies and orders, and a balancer asks
 * for health. Every answer is kept with its time; nobody tries again.
 */
import type { PayableOrder } from "@/lib/payments/contract";
import { newKey } from "@/tests/support/factories";
import type { OutageWorld } from "./outage-world";
import { type Person, payAtCashier, type Town } from "./town";

export type Operation = "order" | "look" | "ask" | "me" | "health";

export interface Answered {
  operation: Operation;
  startedAtMs: number;
  endedAtMs: number;
  /** Null when the connection died or nobody answered for `PATIENCE_MS`. */
  status: number | null;
  code: string;
  retryAfter: string | null;
  /** Of an order that was taken. */
  outTradeNo: string | null;
}

export interface OpenOrder {
  person: Person;
  order: PayableOrder;
}

/** Per second. Low on purpose: the machine is to be asked, not measured. */
export const RATES: Record<Operation | "pay", number> = {
  order: 10,
  pay: 8,
  look: 12,
  ask: 6,
  me: 2,
  health: 2,
};
const PATIENCE_MS = 20_000;
/** A server that hangs must not make the load pile up; what is over is left out and counted. */
const IN_FLIGHT_MAX = 200;

export class Load {
  readonly answers: Answered[] = [];
  /** Ordered and not paid; the oldest is paid next. */
  readonly open: OpenOrder[] = [];
  skipped = 0;
  private readonly running = new Set<Promise<unknown>>();
  private timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly world: OutageWorld,
    private readonly town: Town,
  ) {}

  start(): void {
    const every = (perSecond: number, work: () => Promise<unknown>) =>
      this.timers.push(setInterval(() => this.run(work), 1_000 / perSecond));
    every(RATES.order, () => this.order());
    every(RATES.pay, () => this.payNext());
    every(RATES.look, () => this.look());
    every(RATES.ask, () => this.ask());
    every(RATES.me, () => this.ask("/api/me", "me"));
    every(RATES.health, () => this.send("health", "/api/health"));
  }

  /** No further request; resolves when the last one has been answered. */
  async stop(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    this.timers = [];
    await Promise.all(this.running);
  }

  private run(work: () => Promise<unknown>): void {
    if (this.running.size >= IN_FLIGHT_MAX) {
      this.skipped += 1;
      return;
    }
    const one: Promise<unknown> = work().finally(() => this.running.delete(one));
    this.running.add(one);
  }

  /** Somebody orders a gift and keeps it unpaid for now. */
  async order(): Promise<OpenOrder | null> {
    const { person, code } = this.town.nextPair();
    const answer = await this.send("order", `/api/policies/${code}/contributions`, {
      cookie: person.cookie,
      origin: this.world.url,
      "sec-fetch-site": "same-origin",
      "content-type": "application/json",
      "idempotency-key": newKey(),
    });
    const order = (answer as { order?: PayableOrder }).order;
    if (!order) return null;
    const opened = { person, order };
    this.open.push(opened);
    return opened;
  }

  private async payNext(): Promise<void> {
    const next = this.open.shift();
    if (next) await payAtCashier(this.world, next.person, next.order);
  }

  private look(): Promise<unknown> {
    const { policies } = this.town;
    return this.send("look", `/api/policies/${policies[this.answers.length % policies.length]}`);
  }

  private ask(path?: string, operation: Operation = "ask"): Promise<unknown> {
    const opened = this.open.at(-1);
    if (!opened) return Promise.resolve();
    const { person, order } = opened;
    return this.send(operation, path ?? `/api/orders/${order.outTradeNo}`, {
      cookie: person.cookie,
    });
  }

  private async send(
    operation: Operation,
    path: string,
    headers: Record<string, string> = {},
  ): Promise<object> {
    const startedAtMs = performance.now();
    const isOrder = operation === "order";
    const answered: Answered = {
      operation,
      startedAtMs,
      endedAtMs: startedAtMs,
      status: null,
      code: "",
      retryAfter: null,
      outTradeNo: null,
    };
    // biome-ignore lint/suspicious/noExplicitAny: answers of several routes.
    let json: any = {};
    try {
      const response = await fetch(this.world.url + path, {
        headers,
        signal: AbortSignal.timeout(PATIENCE_MS),
        ...(isOrder ? { method: "POST", body: "{}" } : {}),
      });
      json = JSON.parse(await response.text());
      answered.status = response.status;
      answered.code = json.code ?? "";
      answered.retryAfter = response.headers.get("retry-after");
      answered.outTradeNo = json.order?.outTradeNo ?? null;
    } catch {
      // Its status stays null, which the judge counts as a breach.
    }
    answered.endedAtMs = performance.now();
    this.answers.push(answered);
    return json;
  }
}
