// GET /api/openapi.json: the API, generated from the contracts.
import { handle } from "@/lib/http/handle";
import { openapiDocument } from "@/lib/openapi/document";
import packageJson from "@/package.json" with { type: "json" };

export const dynamic = "force-dynamic";

export const GET = handle({
  auth: "none",
  run: async ({ deps }) =>
    openapiDocument({ version: packageJson.version, publicUrl: deps.config.publicUrl }),
});
