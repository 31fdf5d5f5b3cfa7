// GET /api/wechat/js-config?url=: parameters of wx.config for one of our own pages.
import { z } from "zod";
import { DomainError } from "@/lib/errors/errors";
import { handle } from "@/lib/http/handle";
import { LIMITS } from "@/lib/http/limits";
import { WechatApiError } from "@/lib/wechat/js-sdk/errors";

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
    try {
      return await deps.jsSdk.configFor(query.url);
    } catch (error) {
      if (!(error instanceof WechatApiError)) throw error;
      const { code, errcode } = error;
      throw new DomainError("provider_unavailable", {
        retryAfterSeconds: 3,
        log: { wechat: code, errcode },
        cause: error,
      });
    }
  },
});
