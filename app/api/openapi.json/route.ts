// GET /api/openapi.json: the API, generated from the contracts.
import { handle } from "@/lib/http/handle";
import { openapiDocument } from "@/lib/openapi/document";
import packageJson from "@/package.json" with { type: "json" };

export const dynamic = "force-dynamic";

let text: string | undefined;

export const GET = handle({
  auth: "none",
  run: async ({ deps }) => {
    // The contracts do not change while the process runs.
    text ??= JSON.stringify(
      openapiDocument({ version: packageJson.version, publicUrl: deps.config.publicUrl }),
    );
    return new Response(text, { headers: { "content-type": "application/json" } });
  },
});
