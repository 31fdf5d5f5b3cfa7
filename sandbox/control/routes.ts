import type { HttpBindings } from "@hono/node-server";
import type { Hono } from "hono";
import { cors } from "hono/cors";
import { isAppOrigin, isJsPageAllowed, signJsConfig } from "../access";
import { resendNotification } from "../pay/notifications";
import { createRateMeter } from "../pay/rate-meter";
import { createPersona, listPersonas, parseNickname } from "../personas";
import type { Sandbox } from "../sandbox";
import { createState } from "../state";
import type { SandboxContext } from "../wire";
import { mountBillControl } from "./bills";
import { importBooks } from "./import";
import {
  advanceClockSchema,
  createPersonaSchema,
  importSchema,
  jsConfigSchema,
  resendSchema,
  settingsSchema,
  updatePersonaSchema,
} from "./input";
import { mountMoneyOut } from "./money-out";
import { readBody } from "./read-body";
import { selectRows, serializeNotification, serializeOrder, serializePersona } from "./serialize";
import { mountSubscribe } from "./subscribe";
import { mountTrouble } from "./trouble";

type App = Hono<{ Bindings: HttpBindings }>;

const notFound = (context: SandboxContext, message: string) =>
  context.json({ code: "not_found", message }, 404);

function mountClock(app: App, sandbox: Sandbox): void {
  const serializeClock = () => ({
    now: new Date(sandbox.clock.now()).toISOString(),
    offsetMs: sandbox.clock.offsetMs(),
  });
  app.get("/__sandbox/clock", (context) => context.json(serializeClock()));
  app.post("/__sandbox/clock", async (context) => {
    const body = await readBody(context, advanceClockSchema);
    if (body instanceof Response) return body;
    if (body.resetTo !== undefined) sandbox.clock.setOffset(body.resetTo);
    await sandbox.clock.advance((body.advanceSeconds ?? 0) * 1000);
    return context.json(serializeClock());
  });
}

function mountBooks(app: App, sandbox: Sandbox): void {
  const { state } = sandbox;
  app.get("/__sandbox/transactions", (context) =>
    context.json(
      selectRows(state.orders.values(), context.req.query()).map((order) =>
        serializeOrder(sandbox, order),
      ),
    ),
  );
  app.get("/__sandbox/notifications", (context) =>
    context.json(
      selectRows(state.notifications.values(), context.req.query()).map(serializeNotification),
    ),
  );

  app.post("/__sandbox/notifications/:id/resend", async (context) => {
    const body = await readBody(context, resendSchema);
    if (body instanceof Response) return body;
    const notification = state.notifications.get(context.req.param("id"));
    if (!notification) return notFound(context, "no such notification");
    await resendNotification(sandbox, notification, body);
    return context.json(serializeNotification(notification));
  });

  app.post("/__sandbox/import", async (context) => {
    const body = await readBody(context, importSchema);
    if (body instanceof Response) return body;
    const result = importBooks(sandbox, body);
    if ("conflict" in result) {
      return context.json({ code: "conflict", message: result.conflict }, 409);
    }
    return context.json(result);
  });
}

function mountPersonas(app: App, sandbox: Sandbox): void {
  app.get("/__sandbox/personas", (context) =>
    context.json(listPersonas(sandbox.state).map(serializePersona)),
  );
  app.post("/__sandbox/personas", async (context) => {
    const body = await readBody(context, createPersonaSchema);
    if (body instanceof Response) return body;
    const nickname = parseNickname(body.nickname);
    if (!nickname) {
      return context.json({ code: "invalid_input", message: "nickname: 1–32 characters" }, 400);
    }
    return context.json(serializePersona(createPersona(sandbox, { ...body, nickname })), 201);
  });
  app.patch("/__sandbox/personas/:openid", async (context) => {
    const body = await readBody(context, updatePersonaSchema);
    if (body instanceof Response) return body;
    const persona = sandbox.state.personas.get(context.req.param("openid"));
    if (!persona) return notFound(context, "no such person");
    Object.assign(persona, body);
    sandbox.touch();
    return context.json(serializePersona(persona));
  });
}

function mountState(app: App, sandbox: Sandbox): void {
  const { state } = sandbox;
  app.get("/__sandbox/state", (context) =>
    context.json({
      now: new Date(sandbox.clock.now()).toISOString(),
      offsetMs: sandbox.clock.offsetMs(),
      settings: state.settings,
      appId: sandbox.keys.appId,
      mchId: sandbox.keys.mchId,
      personas: state.personas.size,
      orders: state.orders.size,
      paidFen: [...state.orders.values()].reduce(
        (sum, order) => sum + (order.paidAtMs === null ? 0 : order.amountFen),
        0,
      ),
      refunds: state.refunds.size,
      // The most within one real second, to hold against WeChat's limits (wechat.md §1.12).
      refundRequestsPerSecondPeak: sandbox.refundRates.served.peak(),
      refundErrorsPerSecondPeak: sandbox.refundRates.failed.peak(),
      transfers: state.transfers.size,
      notifications: state.notifications.size,
      pendingNotifications: [...state.notifications.values()].filter(
        (notification) => notification.state === "pending",
      ).length,
      faults: state.faults.length,
    }),
  );
  app.get("/__sandbox/settings", (context) => context.json(state.settings));
  app.post("/__sandbox/settings", async (context) => {
    const body = await readBody(context, settingsSchema);
    if (body instanceof Response) return body;
    Object.assign(state.settings, body);
    state.settings.appUrl = state.settings.appUrl.replace(/\/+$/, "");
    sandbox.touch();
    return context.json(state.settings);
  });
  app.post("/__sandbox/reset", (context) => {
    sandbox.clock.clear();
    sandbox.heldNotificationIds.clear();
    sandbox.refundRates = { served: createRateMeter(), failed: createRateMeter() };
    // A running delivery finds its notification no longer pending, and stops there.
    for (const notification of state.notifications.values()) notification.state = "given_up";
    Object.assign(state, createState(state.settings.appUrl));
    sandbox.clock.setOffset(0);
    sandbox.touch();
    return context.body(null, 204);
  });
}

function mountJsConfig(app: App, sandbox: Sandbox): void {
  app.post("/__sandbox/js-config/check", async (context) => {
    const body = await readBody(context, jsConfigSchema);
    if (body instanceof Response) return body;
    const { appId, timestamp, nonceStr, signature, url } = body;
    const refuse = (errMsg: string) => context.json({ ok: false, errMsg });
    if (appId !== sandbox.keys.appId) return refuse("config:invalid appid");
    if (!isJsPageAllowed(sandbox, url)) return refuse("config:invalid url domain");
    const nowMs = sandbox.clock.now();
    const isSigned = sandbox.state.tickets
      .filter((ticket) => ticket.expiresAtMs > nowMs)
      .some(
        (ticket) => signJsConfig({ ticket: ticket.value, nonceStr, timestamp, url }) === signature,
      );
    return isSigned ? context.json({ ok: true }) : refuse("config:invalid signature");
  });
}

/** The control API (design §7): JSON for tests and for the panel, open to the app's own pages. */
export function mountControl(app: App, sandbox: Sandbox): void {
  app.use(
    "/__sandbox/*",
    cors({ origin: (origin) => (isAppOrigin(sandbox, origin) ? origin : null), maxAge: 600 }),
  );
  mountClock(app, sandbox);
  mountTrouble(app, sandbox);
  mountBooks(app, sandbox);
  mountMoneyOut(app, sandbox);
  mountPersonas(app, sandbox);
  mountState(app, sandbox);
  mountJsConfig(app, sandbox);
  mountBillControl(app, sandbox);
  mountSubscribe(app, sandbox);
}
