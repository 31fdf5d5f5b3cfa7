import { randomDigits } from "../random";
import type { Sandbox } from "../sandbox";
import type { SubscribeMessage } from "../state";
import type { SandboxContext } from "../wire";
import { AccountError } from "./api-error";
import { assertApiToken } from "./api-token";
import { KEYWORDS, listTemplates } from "./subscribe-templates";

const keyOf = (openid: string, templateId: string) => `${openid} ${templateId}`;

/** Messages that a person still lets the account send of one template. */
export function countConsents(sandbox: Sandbox, openid: string, templateId: string): number {
  return sandbox.state.messageConsents.get(keyOf(openid, templateId)) ?? 0;
}

/** One consent allows one message, whenever; consents add up (wechat.md §3.3). */
export function addConsent(sandbox: Sandbox, openid: string, templateId: string): void {
  const count = countConsents(sandbox, openid, templateId) + 1;
  sandbox.state.messageConsents.set(keyOf(openid, templateId), count);
  sandbox.touch();
}

/** The person has switched the account's messages off: what he had agreed to is void. */
export function dropConsents(sandbox: Sandbox, openid: string): void {
  for (const key of sandbox.state.messageConsents.keys()) {
    if (key.startsWith(`${openid} `)) sandbox.state.messageConsents.delete(key);
  }
  sandbox.touch();
}

/** POST /cgi-bin/message/subscribe/bizsend, with WeChat's refusals in its order. */
export async function sendSubscribeMessage(
  sandbox: Sandbox,
  context: SandboxContext,
): Promise<unknown> {
  assertApiToken(sandbox, context.req.query("access_token"));
  const body = (await context.req.json().catch(() => null)) as Record<string, unknown> | null;
  if (!body || typeof body !== "object") throw new AccountError(47001, "data format error");
  const { touser, template_id: templateId, page } = body;
  if (typeof touser !== "string" || !sandbox.state.personas.has(touser)) {
    throw new AccountError(40003, "invalid openid");
  }
  const template = listTemplates(sandbox.keys.appId).find(({ id }) => id === templateId);
  if (!template) throw new AccountError(40037, "invalid template_id");
  const data = readData(body.data);
  const consents = countConsents(sandbox, touser, template.id);
  if (consents === 0) throw new AccountError(43101, "user refuse to accept the msg");
  sandbox.state.messageConsents.set(keyOf(touser, template.id), consents - 1);
  const message: SubscribeMessage = {
    id: randomDigits(19),
    openid: touser,
    templateId: template.id,
    title: template.title,
    page: typeof page === "string" ? page : null,
    data,
    sentAtMs: sandbox.clock.now(),
  };
  sandbox.state.messages.push(message);
  sandbox.touch();
  return { errcode: 0, errmsg: "ok" };
}

/** Every keyword of the template, each with a value that its kind allows. */
function readData(data: unknown): Record<string, string> {
  const given = (data ?? {}) as Record<string, { value?: unknown } | undefined>;
  return Object.fromEntries(
    Object.entries(KEYWORDS).map(([name, { isValid }]) => {
      const value = given[name]?.value;
      if (typeof value !== "string" || !isValid(value)) {
        throw new AccountError(47003, `argument invalid! data.${name}.value invalid`);
      }
      return [name, value];
    }),
  );
}
