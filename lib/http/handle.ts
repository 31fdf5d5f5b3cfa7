/**
 * The one way in: request id, clock, origin, session, rate limit, input, verb, output. Routes
 * declare; nothing in a route catches. Handlers are plain `(Request) => Promise<Response>`, so that
 * tests, Next and the fast lane call the same function.
 */
import { randomBytes } from "node:crypto";
import type { z } from "zod";
import { isDatabaseUnavailable } from "@/lib/db/errors";
import { type Deps, getDeps } from "@/lib/deps";
import { DomainError, type FieldError } from "@/lib/errors/errors";
import { problemSentence } from "@/lib/i18n/problem-sentence";
import { WechatApiError } from "@/lib/wechat/js-sdk/errors";
import { clientAddress } from "./client-address";
import { problemResponse, statusOf } from "./problem";
import type { Limit } from "./rate-limit";
import { readJson } from "./read-body";
import { type Viewer, viewerOf } from "./session";

export type RouteContext = { params: Promise<Record<string, string>> };
export type Handler = (request: Request, context?: RouteContext) => Promise<Response>;

type Auth = "none" | "optional" | "viewer";

export interface Call<Params, Query, Body, Needs extends Auth = Auth> {
  deps: Deps;
  request: Request;
  requestId: string;
  /** Never null where the contract demands a viewer. */
  viewer: Needs extends "viewer" ? Viewer : Viewer | null;
  params: Params;
  query: Query;
  body: Body;
  /** Present and well-formed when the contract asks for it, else "". */
  idempotencyKey: string;
}

export interface Contract<Params, Query, Body, Output, Needs extends Auth> {
  auth: Needs;
  params?: z.ZodType<Params>;
  query?: z.ZodType<Query>;
  body?: z.ZodType<Body>;
  output?: z.ZodType<Output>;
  status?: number;
  limits?: readonly Limit[];
  idempotent?: boolean;
  run(call: Call<Params, Query, Body, Needs>): Promise<Output | Response>;
}

/** 8–64 URL-safe characters, made by the client before its first try. */
const IDEMPOTENCY_KEY = /^[0-9A-Za-z_-]{8,64}$/;
const REQUEST_ID = /^[0-9A-Za-z_-]{8,64}$/;

export function handle<
  const Needs extends Auth,
  Params = undefined,
  Query = undefined,
  Body = undefined,
  Output = unknown,
>(contract: Contract<Params, Query, Body, Output, Needs>): Handler {
  return async (request, context) => {
    const given = request.headers.get("x-request-id");
    const requestId =
      given && REQUEST_ID.test(given) ? given : randomBytes(9).toString("base64url");
    const deps = getDeps();
    try {
      await deps.clock.refresh();
      const response = await answer(contract, { request, context, requestId, deps });
      response.headers.set("x-request-id", requestId);
      if (!response.headers.has("cache-control")) {
        response.headers.set("cache-control", "private, no-store");
      }
      return response;
    } catch (error) {
      return refuse(error, { request, requestId, deps });
    }
  };
}

async function answer<Params, Query, Body, Output, Needs extends Auth>(
  contract: Contract<Params, Query, Body, Output, Needs>,
  at: { request: Request; context: RouteContext | undefined; requestId: string; deps: Deps },
): Promise<Response> {
  const { request, deps, requestId } = at;
  if (request.method !== "GET" && contract.auth !== "none") requireOwnOrigin(request, deps);
  const viewer =
    contract.auth === "none" ? null : viewerOf(request, { ...deps.config, now: deps.now() });
  takeLimits(contract.limits ?? [], { request, viewer, deps });
  if (contract.auth === "viewer" && !viewer) throw new DomainError("not_authenticated");
  const idempotencyKey = contract.idempotent ? requireIdempotencyKey(request) : "";
  // A path that cannot be anyone's id is an unknown one, not a form to be mended.
  const params = contract.params?.safeParse(await at.context?.params);
  if (params && !params.success) throw new DomainError("not_found");
  const query = contract.query
    ? parse(contract.query, Object.fromEntries(new URL(request.url).searchParams))
    : undefined;
  const body = contract.body ? parse(contract.body, await readJson(request)) : undefined;
  const result = await contract.run({
    deps,
    request,
    requestId,
    viewer: viewer as Call<Params, Query, Body, Needs>["viewer"],
    params: params?.data as Params,
    query: query as Query,
    body: body as Body,
    idempotencyKey,
  });
  if (result instanceof Response) return result;
  const output = contract.output ? contract.output.parse(result) : result;
  return Response.json(output, { status: contract.status ?? 200 });
}

/** Collects every issue, so that a form can show all of them at once. */
function parse<T>(schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const fields: FieldError[] = result.error.issues.slice(0, 50).map((issue) => ({
    name: issue.path.join("."),
    code: issue.code,
    reason: issue.message,
  }));
  throw new DomainError("invalid_input", { fields });
}

/**
 * CSRF: browsers send Origin on every POST. A caller without one is not a browser and has no
 * cookie of somebody else's to abuse.
 */
function requireOwnOrigin(request: Request, deps: Deps): void {
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  if (origin !== null && origin !== new URL(deps.config.publicUrl).origin) {
    throw new DomainError("forbidden_origin");
  }
  if (site === "cross-site" || site === "same-site") throw new DomainError("forbidden_origin");
}

function takeLimits(
  limits: readonly Limit[],
  at: { request: Request; viewer: Viewer | null; deps: Deps },
): void {
  for (const limit of limits) {
    const key =
      limit.by === "viewer"
        ? at.viewer?.userId
        : clientAddress(at.request, at.deps.config.trustsProxy);
    if (!key) continue;
    const retryAfterSeconds = at.deps.limiter.take(limit, key, Date.now());
    if (retryAfterSeconds > 0) throw new DomainError("rate_limited", { retryAfterSeconds });
  }
}

function requireIdempotencyKey(request: Request): string {
  const key = request.headers.get("idempotency-key");
  if (key && IDEMPOTENCY_KEY.test(key)) return key;
  throw new DomainError("invalid_input", {
    fields: [
      {
        name: "Idempotency-Key",
        code: key ? "invalid_format" : "required",
        reason: "8 to 64 letters, digits, _ or -",
      },
    ],
  });
}

/** Turns any throw into a problem document and logs it once: 4xx as a warning, 5xx as an error. */
function refuse(
  thrown: unknown,
  at: { request: Request; requestId: string; deps: Deps },
): Response {
  const error = asDomainError(thrown);
  const path = new URL(at.request.url).pathname;
  const fields = {
    requestId: at.requestId,
    method: at.request.method,
    path,
    code: error.code,
    ...error.log,
  };
  if (statusOf(error.code) >= 500)
    at.deps.log.error({ ...fields, error: explain(thrown) }, "request failed");
  else at.deps.log.warn(fields, "request refused");
  return problemResponse(error, {
    requestId: at.requestId,
    instance: path,
    detail: problemSentence(at.request.headers, error.code),
  });
}

function asDomainError(thrown: unknown): DomainError {
  if (thrown instanceof DomainError) return thrown;
  if (isDatabaseUnavailable(thrown)) {
    return new DomainError("unavailable", { retryAfterSeconds: 2, cause: thrown });
  }
  if (thrown instanceof WechatApiError) {
    const { code, errcode } = thrown;
    return new DomainError("provider_unavailable", {
      retryAfterSeconds: 3,
      log: { wechat: code, errcode },
      cause: thrown,
    });
  }
  return new DomainError("internal", { cause: thrown });
}

function explain(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const cause =
    thrown.cause instanceof Error ? ` ← ${thrown.cause.stack ?? thrown.cause.message}` : "";
  return `${thrown.stack ?? thrown.message}${cause}`;
}
