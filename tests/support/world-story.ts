/** What people do in a world, over HTTP: sign in, apply, order, pay, wait. */
import { expect } from "vitest";
import { sessionCookie } from "@/lib/http/session";
import { signIn } from "@/lib/identity/sign-in";
import { startWorker } from "@/lib/jobs/worker";
import type { OrderOut, PayableOrder } from "@/lib/payments/contract";
import type { CreateApplication } from "@/lib/policies/contract";
import { newApplication, newKey } from "./factories";
import type { World } from "./world";

export interface Person {
  openid: string;
  userId: string;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** `{}` when the body is not JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers of every shape.
  json: any;
}

export interface CallOptions {
  /** Whose session the request carries. */
  as?: Person | undefined;
  /** Sent as JSON. */
  body?: unknown;
  /** Idempotency-Key; a fresh one when absent, none when null. */
  key?: string | null;
  headers?: Record<string, string>;
}

/** One request as a browser on our own pages sends it. Redirects are not followed. */
export async function call(
  world: World,
  method: "GET" | "POST",
  path: string,
  options: CallOptions = {},
): Promise<Answer> {
  const headers: Record<string, string> = {};
  if (options.as) headers.cookie = cookieOf(world, options.as);
  if (method === "POST") {
    headers.origin = world.url;
    headers["sec-fetch-site"] = "same-origin";
    if (options.key !== null) headers["idempotency-key"] = options.key ?? newKey();
  }
  if (options.body !== undefined) headers["content-type"] = "application/json";
  const response = await fetch(world.url + path, {
    method,
    redirect: "manual",
    headers: { ...headers, ...options.headers },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get("content-type") ?? "");
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson ? JSON.parse(text) : {},
  };
}

/** A fresh `Cookie` header, valid on the world's clock. */
export function cookieOf(world: World, person: Person): string {
  const line = sessionCookie(person.userId, { ...world.deps.config, now: world.deps.now() });
  return line.split(";", 1)[0] ?? "";
}

/** The sandbox's control API. @throws Error for anything but 2xx. */
export async function control<T = Record<string, unknown>>(
  world: World,
  method: "GET" | "POST" | "DELETE",
  path: string,
  body?: object,
): Promise<T> {
  const response = await fetch(`${world.sandbox.url}/__sandbox${path}`, {
    method,
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return (text ? JSON.parse(text) : {}) as T;
}

/** Somebody with a WeChat account who has signed in once. */
export async function newPerson(world: World, nickname = "小明"): Promise<Person> {
  const { openid } = await control<{ openid: string }>(world, "POST", "/personas", { nickname });
  const { userId } = await signIn(world.deps, { openid, unionid: null });
  return { openid, userId };
}

export function newPeople(world: World, howMany: number): Promise<Person[]> {
  return Promise.all(Array.from({ length: howMany }, () => newPerson(world)));
}

export async function applyFor(
  world: World,
  person: Person,
  overrides: Partial<Record<keyof CreateApplication, unknown>> = {},
  key?: string,
): Promise<Answer> {
  const body = await newApplication(world, overrides);
  return call(world, "POST", "/api/applications", { as: person, body, key });
}

export function orderGift(
  world: World,
  code: string,
  person: Person,
  options: { body?: object; key?: string } = {},
): Promise<Answer> {
  return call(world, "POST", `/api/policies/${code}/contributions`, {
    as: person,
    body: options.body ?? {},
    ...(options.key ? { key: options.key } : {}),
  });
}

/** What the person does in WeChat's cashier. @throws Error when the cashier refuses. */
export async function atCashier(
  world: World,
  person: Person,
  order: PayableOrder,
  action: "pay" | "cancel" | "pay_silently" = "pay",
): Promise<void> {
  const prepayId = order.pay.package.replace("prepay_id=", "");
  await control(world, "POST", "/cashier", { prepayId, openid: person.openid, action });
}

/** Moves WeChat's clock and the app's, and waits until everything that fell due has happened. */
export async function advance(world: World, seconds: number): Promise<void> {
  await control(world, "POST", "/clock", { advanceSeconds: seconds });
  await world.deps.clock.refresh();
}

/** Waits until WeChat has nothing under way: notifications sent so far have been answered. */
export const settleDown = (world: World) => advance(world, 0);

export function runWorkerRound(world: World): Promise<void> {
  return startWorker(world.deps, { isAutomatic: false }).round();
}

export interface InsuredPolicy {
  owner: Person;
  code: string;
  outTradeNo: string;
}

/** A policy whose insured has paid unit 1. */
export async function applyAndPay(
  world: World,
  overrides: Partial<Record<keyof CreateApplication, unknown>> = {},
): Promise<InsuredPolicy> {
  const owner = await newPerson(world, "小雨");
  const applied = await applyFor(world, owner, overrides);
  expect(applied.status, applied.text).toBe(201);
  const { policyCode, order } = applied.json as { policyCode: string; order: PayableOrder };
  await atCashier(world, owner, order);
  await settleDown(world);
  const paid = await getOrder(world, owner, order.outTradeNo);
  expect(paid.outcome).toMatchObject({ kind: "unit", seq: 1 });
  return { owner, code: policyCode, outTradeNo: order.outTradeNo };
}

/** A friend's open order. */
export async function openOrder(
  world: World,
  code: string,
  friend?: Person,
): Promise<{ friend: Person; order: PayableOrder }> {
  const person = friend ?? (await newPerson(world));
  const answer = await orderGift(world, code, person);
  expect(answer.status, answer.text).toBe(201);
  return { friend: person, order: answer.json.order };
}

/** A friend who has ordered and paid, and whose payment has been told. */
export async function friendPays(
  world: World,
  code: string,
): Promise<{ friend: Person; order: PayableOrder }> {
  const opened = await openOrder(world, code);
  await atCashier(world, opened.friend, opened.order);
  await settleDown(world);
  return opened;
}

/** Twenty friends at a time, until the policy has this many units. */
export async function fillTo(world: World, code: string, units: number): Promise<void> {
  const policy = await getPolicy(world, code);
  let missing = units - policy.units;
  while (missing > 0) {
    const batch = Math.min(20, missing);
    await Promise.all(
      Array.from({ length: batch }, async () => {
        const { friend, order } = await openOrder(world, code);
        await atCashier(world, friend, order);
      }),
    );
    await settleDown(world);
    missing -= batch;
  }
  expect((await getPolicy(world, code)).units).toBe(units);
}

export async function getOrder(
  world: World,
  person: Person,
  outTradeNo: string,
): Promise<OrderOut> {
  const answer = await call(world, "GET", `/api/orders/${outTradeNo}`, { as: person });
  expect(answer.status, answer.text).toBe(200);
  return answer.json;
}

export async function getPolicy(world: World, code: string, as?: Person) {
  const answer = await call(world, "GET", `/api/policies/${code}`, { as });
  expect(answer.status, answer.text).toBe(200);
  return answer.json;
}

export async function spoil(world: World, fault: object): Promise<void> {
  await control(world, "POST", "/faults", fault);
}
