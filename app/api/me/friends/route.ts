// GET /api/me/friends: who asks among the people one has exchanged a unit with, and whom one helped.
import { friendsSchema } from "@/lib/friends/contract";
import { listFriends } from "@/lib/friends/queries";
import { handle } from "@/lib/http/handle";

export const dynamic = "force-dynamic";

export const GET = handle({
  auth: "viewer",
  output: friendsSchema,
  run: ({ deps, viewer }) => listFriends(deps, viewer),
});
