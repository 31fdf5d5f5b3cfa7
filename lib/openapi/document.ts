import { z } from "zod";
import type { ErrorCode } from "@/lib/errors/errors";
import { statusOf } from "@/lib/http/problem";
import { OPERATIONS, type Operation } from "./operations";

const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  instance: z.string(),
  code: z.string(),
  requestId: z.string(),
  invalid_params: z
    .array(z.object({ name: z.string(), code: z.string(), reason: z.string() }))
    .optional(),
});

/** The API as an OpenAPI 3.1 document, generated from the very schemas that the handlers run. */
export function openapiDocument(info: { version: string; publicUrl: string }) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of OPERATIONS) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method]: toOperation(operation),
    };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "微互助 Weihuzhu",
      version: info.version,
      description:
        "Money is integer fen (…Fen), cover whole yuan (…Yuan), instants ISO 8601, calendar dates Asia/Shanghai.",
    },
    servers: [{ url: info.publicUrl }],
    paths,
    components: {
      securitySchemes: { session: { type: "apiKey", in: "cookie", name: "__Host-sid" } },
      schemas: { Problem: toSchema(problemSchema, "output") },
    },
  };
}

function toOperation(operation: Operation): unknown {
  const { success, errors } = operation;
  const failures = groupByStatus(errors);
  return {
    summary: operation.summary,
    ...(operation.auth === "viewer" ? { security: [{ session: [] }] } : {}),
    parameters: parametersOf(operation),
    ...(operation.body
      ? { requestBody: { required: true, content: json(toSchema(operation.body, "input")) } }
      : {}),
    responses: {
      [success.status]: {
        description: "Success",
        ...(success.schema ? { content: json(toSchema(success.schema, "output")) } : {}),
        ...(success.mediaType ? { content: { [success.mediaType]: {} } } : {}),
      },
      ...Object.fromEntries([...failures].map(([status, codes]) => [status, problem(codes)])),
    },
  };
}

function parametersOf(operation: Operation): unknown[] {
  const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map((match) => ({
    name: match[1],
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  const inQuery = (operation.query ?? []).map((name) => ({
    name,
    in: "query",
    schema: { type: "string" },
  }));
  const key = {
    name: "Idempotency-Key",
    in: "header",
    required: true,
    schema: { type: "string", pattern: "^[0-9A-Za-z_-]{8,64}$" },
  };
  return [...inPath, ...inQuery, ...(operation.isIdempotent ? [key] : [])];
}

function groupByStatus(errors: readonly ErrorCode[]): Map<number, ErrorCode[]> {
  const groups = new Map<number, ErrorCode[]>();
  for (const code of errors)
    groups.set(statusOf(code), [...(groups.get(statusOf(code)) ?? []), code]);
  return groups;
}

function problem(codes: readonly string[]): unknown {
  return {
    description: codes.map((code) => `\`${code}\``).join(" · "),
    content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
  };
}

function json(schema: unknown): unknown {
  return { "application/json": { schema } };
}

function toSchema(schema: z.ZodType, io: "input" | "output"): unknown {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest;
}
