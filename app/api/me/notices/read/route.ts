// POST /api/me/notices/read: the person has seen these; asking twice changes nothing.
import { handle } from "@/lib/http/handle";
import { readNoticesSchema } from "@/lib/notices/contract";
import { markNoticesRead } from "@/lib/notices/queries";

export const POST = handle({
  auth: "viewer",
  body: readNoticesSchema,
  run: async ({ deps, viewer, body }) => {
    await markNoticesRead(deps, { userId: viewer.userId, ids: body.ids });
    return new Response(null, { status: 204 });
  },
});
