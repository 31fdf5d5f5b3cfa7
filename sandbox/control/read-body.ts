import type { z } from "zod";
import type { SandboxContext } from "../wire";

/** Reads and checks a JSON body (an empty one is `{}`); a Response is the 400 to send. */
export async function readBody<Schema extends z.ZodType>(
  context: SandboxContext,
  schema: Schema,
): Promise<z.output<Schema> | Response> {
  const text = await context.req.text();
  let json: unknown;
  try {
    json = text ? JSON.parse(text) : {};
  } catch {
    return context.json({ code: "malformed_body", message: "the body is not JSON" }, 400);
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const message = result.error.issues
    .map((issue) => `${issue.path.join(".") || "body"}: ${issue.message}`)
    .join("; ");
  return context.json({ code: "invalid_input", message }, 400);
}
