// POST /api/me/message-consents: the person has accepted one message of each of these templates in WeChat.
import { handle } from "@/lib/http/handle";
import { LIMITS } from "@/lib/http/limits";
import { addMessageConsents } from "@/lib/messages/add-consents";
import { addMessageConsentsSchema, messageConsentsSchema } from "@/lib/messages/contract";

export const POST = handle({
  auth: "viewer",
  limits: [LIMITS.consentPerViewer],
  body: addMessageConsentsSchema,
  output: messageConsentsSchema,
  run: ({ deps, viewer, body }) =>
    addMessageConsents(deps, { userId: viewer.userId, templates: body.templates }),
});
