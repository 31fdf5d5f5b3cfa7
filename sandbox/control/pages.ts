import type { HttpBindings } from "@hono/node-server";
import type { Hono } from "hono";
import { deleteCookie, setCookie } from "hono/cookie";
import { isAppOrigin } from "../access";
import { PERSONA_COOKIE } from "../account/authorize";
import { jweixinScript } from "../browser/jweixin";
import { panelPage } from "../browser/panel-page";
import { createPersona, parseNickname } from "../personas";
import { renderPortrait } from "../portrait";
import type { Sandbox } from "../sandbox";
import { readPublicUrl, type SandboxContext } from "../wire";

/** Where a browser may be sent back to: the app, or the sandbox itself. */
function findReturnUrl(
  sandbox: Sandbox,
  context: SandboxContext,
  target: string | undefined,
): URL | null {
  const ownUrl = readPublicUrl(context, sandbox.publicUrl);
  if (!target || !URL.canParse(target, ownUrl)) return null;
  const url = new URL(target, ownUrl);
  return url.origin === new URL(ownUrl).origin || isAppOrigin(sandbox, url.origin) ? url : null;
}

/** Pages for people, and the small addresses those pages lean on. */
export function mountPages(app: Hono<{ Bindings: HttpBindings }>, sandbox: Sandbox): void {
  app.get("/", (context) =>
    context.html(
      panelPage({
        sandboxUrl: readPublicUrl(context, sandbox.publicUrl),
        appUrl: sandbox.state.settings.appUrl,
      }),
    ),
  );

  app.get("/open/js/jweixin-1.6.0.js", (context) =>
    context.body(jweixinScript({ sandboxUrl: readPublicUrl(context, sandbox.publicUrl) }), 200, {
      "Content-Type": "text/javascript; charset=utf-8",
      "Cache-Control": "no-store",
    }),
  );

  app.get("/__sandbox/become", (context) => {
    const url = findReturnUrl(sandbox, context, context.req.query("next"));
    if (!url) return context.text("next must be an address of the app", 400);
    const openid = context.req.query("openid") ?? "";
    // Without a person the phone is nobody's again, and the picker comes back.
    if (!openid) deleteCookie(context, PERSONA_COOKIE, { path: "/" });
    else if (!sandbox.state.personas.has(openid)) return context.text("no such person", 404);
    else {
      setCookie(context, PERSONA_COOKIE, openid, { path: "/", httpOnly: true, sameSite: "Lax" });
    }
    context.header("Cache-Control", "no-store");
    return context.redirect(url.href, 302);
  });

  app.post("/__sandbox/personas/form", async (context) => {
    const form = await context.req.parseBody();
    const nickname = parseNickname(form.nickname);
    const returnTo = typeof form.returnTo === "string" ? form.returnTo : undefined;
    const url = findReturnUrl(sandbox, context, returnTo);
    if (!nickname || !url) return context.text("nickname and returnTo are needed", 400);
    url.searchParams.set("persona", createPersona(sandbox, { nickname }).openid);
    return context.redirect(url.href, 303);
  });

  app.get("/__sandbox/avatars/:file", (context) => {
    const openid = context.req.param("file").replace(/\.svg$/, "");
    const persona = sandbox.state.personas.get(openid);
    if (!persona) return context.text("no such person", 404);
    return context.body(renderPortrait(persona), 200, { "Content-Type": "image/svg+xml" });
  });
}
