// GET /api/me/profile: what the signed-in person shows of himself. POST: changes what is named, as
// JSON; or as a form (choice, value), which works without JavaScript and comes back to the settings.
import { DomainError } from "@/lib/errors/errors";
import { type Handler, handle } from "@/lib/http/handle";
import { LIMITS } from "@/lib/http/limits";
import { isForm, readForm } from "@/lib/http/read-body";
import { profileSchema, updateProfileSchema } from "@/lib/profile/contract";
import { findProfile } from "@/lib/profile/queries";
import { updateProfile } from "@/lib/profile/update-profile";

export const dynamic = "force-dynamic";

export const GET = handle({
  auth: "viewer",
  output: profileSchema,
  run: ({ deps, viewer }) => findProfile(deps, viewer),
});

const postJson = handle({
  auth: "viewer",
  limits: [LIMITS.switchPerViewer],
  body: updateProfileSchema,
  output: profileSchema,
  run: ({ deps, viewer, body }) => updateProfile(deps, { userId: viewer.userId, input: body }),
});

const postForm = handle({
  auth: "viewer",
  limits: [LIMITS.switchPerViewer],
  run: async ({ deps, viewer, request }) => {
    const form = await readForm(request);
    const change = { [form.get("choice") ?? ""]: form.get("value") === "true" };
    const input = updateProfileSchema.safeParse(change);
    if (!input.success) throw new DomainError("invalid_input");
    await updateProfile(deps, { userId: viewer.userId, input: input.data });
    return new Response(null, { status: 303, headers: { location: "/me/settings" } });
  },
});

export const POST = ((request, context) =>
  (isForm(request) ? postForm : postJson)(request, context)) satisfies Handler;
