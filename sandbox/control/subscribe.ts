import type { HttpBindings } from "@hono/node-server";
import type { Hono } from "hono";
import { getCookie } from "hono/cookie";
import { HOLDER_COOKIE, PERSONA_COOKIE } from "../account/authorize";
import { addConsent, dropConsents } from "../account/subscribe-messages";
import { KEYWORDS, listTemplates } from "../account/subscribe-templates";
import { subscribePage } from "../browser/subscribe-page";
import { listPersonas } from "../personas";
import type { Sandbox } from "../sandbox";
import type { SubscribeMessage } from "../state";
import { consentsSchema } from "./input";
import { readBody } from "./read-body";

/** 订阅通知: WeChat's dialog, the person's answer to it, and what the account has sent since. */
export function mountSubscribe(app: Hono<{ Bindings: HttpBindings }>, sandbox: Sandbox): void {
  const { state } = sandbox;
  const serialize = ({ sentAtMs, ...message }: SubscribeMessage) => ({
    ...message,
    nickname: state.personas.get(message.openid)?.nickname ?? null,
    lines: Object.entries(message.data).map(([name, value]) => ({
      label: KEYWORDS[name]?.label ?? name,
      value,
    })),
    sentAt: new Date(sentAtMs).toISOString(),
  });

  // Newest last, as all lists; `?openid=` picks one person's, `?last=` the newest so many.
  app.get("/__sandbox/messages", (context) => {
    const { openid, last } = context.req.query();
    const rows = state.messages.filter((message) => !openid || message.openid === openid);
    const count = Number(last);
    return context.json((count > 0 ? rows.slice(-count) : rows).map(serialize));
  });

  app.get("/__sandbox/subscribe", (context) => {
    const wanted = (context.req.query("template") ?? "").split(",");
    const known = getCookie(context, PERSONA_COOKIE) ?? getCookie(context, HOLDER_COOKIE) ?? "";
    context.header("Cache-Control", "no-store");
    return context.html(
      subscribePage({
        templates: listTemplates(sandbox.keys.appId).filter(({ id }) => wanted.includes(id)),
        holder: state.personas.get(known) ?? null,
        personas: listPersonas(state),
      }),
    );
  });

  app.post("/__sandbox/consents", async (context) => {
    const body = await readBody(context, consentsSchema);
    if (body instanceof Response) return body;
    if (!state.personas.has(body.openid)) {
      return context.json({ code: "not_found", message: "no such person" }, 404);
    }
    for (const template of body.templates) addConsent(sandbox, body.openid, template);
    return context.body(null, 204);
  });
  app.delete("/__sandbox/consents", (context) => {
    dropConsents(sandbox, context.req.query("openid") ?? "");
    return context.body(null, 204);
  });
}
