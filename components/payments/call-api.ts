/**
 * The browser's way to our own JSON API: bounded in time, never throws, and every failure is a
 * code for which the page has words. Works without a dictionary and without zod.
 */
export type ApiResult<Body> =
  | { ok: true; body: Body }
  | { ok: false; status: number; code: string; fields: { name: string; code: string }[] };

/** Longer than the slowest answer of WeChat behind us, shorter than a person's patience. */
const TIMEOUT_MS = 12_000;

export async function callApi<Body>(
  path: string,
  request: { method?: "GET" | "POST"; body?: unknown; idempotencyKey?: string } = {},
): Promise<ApiResult<Body>> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), TIMEOUT_MS);
  try {
    const response = await fetch(path, {
      method: request.method ?? (request.body === undefined ? "GET" : "POST"),
      headers: {
        accept: "application/json",
        ...(request.body !== undefined && { "content-type": "application/json" }),
        ...(request.idempotencyKey && { "idempotency-key": request.idempotencyKey }),
      },
      body: request.body === undefined ? undefined : JSON.stringify(request.body),
      credentials: "same-origin",
      cache: "no-store",
      signal: abort.signal,
    });
    const body = (await response.json().catch(() => null)) as Record<string, unknown> | null;
    if (response.ok && body) return { ok: true, body: body as Body };
    return {
      ok: false,
      status: response.status,
      code: typeof body?.code === "string" ? body.code : "internal",
      fields: Array.isArray(body?.invalid_params) ? body.invalid_params : [],
    };
  } catch {
    return { ok: false, status: 0, code: "offline", fields: [] };
  } finally {
    clearTimeout(timer);
  }
}
