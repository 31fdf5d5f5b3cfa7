/**
 * `/c/[shortCode]`: leads to the page of a short code, or back to the form with what was typed. It
 * asks the API's own handler, so that guessing is limited here as it is there.
 */
import { GET as findShortCode } from "@/app/api/short-codes/[shortCode]/route";
import type { RouteContext } from "@/lib/http/handle";

export const dynamic = "force-dynamic";

export async function GET(request: Request, context: RouteContext): Promise<Response> {
  const answer = await findShortCode(request, context);
  const { shortCode = "" } = await context.params;
  const location = answer.ok
    ? `/p/${(await answer.json()).code}`
    : `/c?${new URLSearchParams({
        code: shortCode.slice(0, 24),
        problem: answer.status === 429 ? "busy" : answer.status === 404 ? "unknown" : "trouble",
      })}`;
  return new Response(null, {
    status: 303,
    headers: { location, "cache-control": "private, no-store" },
  });
}
