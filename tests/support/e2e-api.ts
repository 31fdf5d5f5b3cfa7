/**
 * The app's HTTP API as one person's browser would call it, to arrange what a test is not about:
 * policies, gifts, and questions about both.
 */
import { randomBytes } from "node:crypto";
import { type APIRequestContext, expect, request } from "@playwright/test";
import type { OrderOut, PayableOrder } from "@/lib/payments/contract";
import type { PlanOut } from "@/lib/plans/contract";
import type { PublicPolicy, Supporters } from "@/lib/policies/contract";
import { idNumberAround } from "./e2e-identity";
import {
  appUrl,
  becomeUrl,
  decideAtCashier,
  type Person,
  readNow,
  signedInUrl,
} from "./e2e-sandbox";

export interface Application {
  name: string;
  idNumber: string;
  phone: string;
  planVersion: string;
  healthAnswers: Record<string, boolean>;
  documents: Record<string, string>;
  consents: { sensitiveData: boolean };
}

const USER_AGENT = "Mozilla/5.0 MicroMessenger/8.0.64 (browser tests)";

/** A signed-in API client; the caller disposes of it. Posts carry our own origin, as pages do. */
export async function signIn(person: Person): Promise<APIRequestContext> {
  const api = await request.newContext({
    baseURL: appUrl(),
    userAgent: USER_AGENT,
    extraHTTPHeaders: { origin: new URL(appUrl()).origin },
  });
  const response = await api.get(signedInUrl(person, "/api/me"));
  expect(response.status(), "signing in through the sandbox").toBe(200);
  return api;
}

/** The person has let WeChat tell his nickname, as a tap on the page does. */
export async function tellNickname(person: Person): Promise<void> {
  const api = await request.newContext({ baseURL: appUrl(), userAgent: USER_AGENT });
  const path = `/api/auth/wechat?profile=1&next=${encodeURIComponent("/api/me")}`;
  const me = await (await api.get(becomeUrl(person, path))).json();
  expect(me.nickname, "what WeChat told").toBe(person.nickname);
  await api.dispose();
}

async function withApi<Result>(
  person: Person,
  work: (api: APIRequestContext) => Promise<Result>,
): Promise<Result> {
  const api = await signIn(person);
  try {
    return await work(api);
  } finally {
    await api.dispose();
  }
}

const newKey = () => ({ "idempotency-key": randomBytes(12).toString("hex") });

/** A complete and insurable application; change what the test is about. */
export async function createApplication(change: Partial<Application> = {}): Promise<Application> {
  const response = await fetch(`${appUrl()}/api/plans/current`);
  const plan = (await response.json()) as PlanOut;
  return {
    name: "林小川",
    idNumber: idNumberAround(30, await readNow()),
    phone: "13800138000",
    planVersion: plan.version,
    healthAnswers: Object.fromEntries(plan.healthQuestions.map(({ id }) => [id, false])),
    documents: Object.fromEntries(plan.documents.map(({ kind, sha256 }) => [kind, sha256])),
    consents: { sensitiveData: true },
    ...change,
  };
}

/** Sends an application and hands back whatever the server says. */
export function apply(
  person: Person,
  application: Application,
): Promise<{ status: number; code: string | undefined; policyCode: string; order: PayableOrder }> {
  return withApi(person, async (api) => {
    const response = await api.post("/api/applications", { data: application, headers: newKey() });
    return { status: response.status(), ...(await response.json()) };
  });
}

/** Pays an order at WeChat and has the app ask about it. */
export async function payOrder(person: Person, order: PayableOrder): Promise<OrderOut> {
  const prepayId = order.pay.package.replace(/^prepay_id=/, "");
  await decideAtCashier({ prepayId, openid: person.openid }, "pay");
  return withApi(person, async (api) => {
    const response = await api.post(`/api/orders/${order.outTradeNo}/sync`, { data: {} });
    expect(response.status()).toBe(200);
    return response.json();
  });
}

/** A policy whose first yuan has been paid; returns its share code. */
export async function insure(person: Person, change: Partial<Application> = {}): Promise<string> {
  const applied = await apply(person, await createApplication(change));
  expect(applied.status, JSON.stringify(applied)).toBe(201);
  expect((await payOrder(person, applied.order)).state).toBe("settled");
  return applied.policyCode;
}

/** Orders a gift and hands back whatever the server says. */
export function orderGift(
  person: Person,
  code: string,
  gift: { message?: string; anonymous?: boolean } = {},
): Promise<{ status: number; code: string | undefined; order: PayableOrder }> {
  return withApi(person, async (api) => {
    const response = await api.post(`/api/policies/${code}/contributions`, {
      data: gift,
      headers: newKey(),
    });
    return { status: response.status(), ...(await response.json()) };
  });
}

/** A paid and settled gift. */
export async function give(
  person: Person,
  code: string,
  gift: { message?: string; anonymous?: boolean } = {},
): Promise<OrderOut> {
  const ordered = await orderGift(person, code, gift);
  expect(ordered.status, JSON.stringify(ordered)).toBe(201);
  return payOrder(person, ordered.order);
}

/** The public state of a policy, as this person or as a guest. */
export async function readPolicy(code: string, person?: Person): Promise<PublicPolicy> {
  if (person) {
    return withApi(person, async (api) => (await api.get(`/api/policies/${code}`)).json());
  }
  return (await fetch(`${appUrl()}/api/policies/${code}`)).json() as Promise<PublicPolicy>;
}

/** Who supported a policy; the insured alone may ask. */
export function readSupporters(insured: Person, code: string): Promise<Supporters["supporters"]> {
  return withApi(insured, async (api) => {
    const response = await api.get(`/api/policies/${code}/supporters`);
    return ((await response.json()) as Supporters).supporters;
  });
}

export function readOrder(person: Person, outTradeNo: string): Promise<OrderOut> {
  return withApi(person, async (api) => (await api.get(`/api/orders/${outTradeNo}`)).json());
}
