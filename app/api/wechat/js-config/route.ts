// GET /api/wechat/js-config?url=: parameters of wx.config for one of our own pages.
import { z } from "zod";
import { DomainError } from "@/lib/errors/errors";
import { handle } from "@/lib/http/handle";
import { LIMITS } from "@/lib/http/limits";

export const dynamic = "force-dynamic";

export const GET = handle({
  auth: "none",
  query: z.object({ url: z.url().max(1_024) }),
  limits: [LIMITS.readPerAddress],
  run: async ({ deps, query }) => {
    // Signing a stranger's address would lend him our JS-SDK permissions.
    if (new URL(query.url).origin !== new URL(deps.config.publicUrl).origin) {
      throw new DomainError("invalid_input", {
        fields: [{ name: "url", code: "foreign", reason: "not a page of this site" }],
      });
    }
    return deps.jsSdk.configFor(query.url);
  },
});
