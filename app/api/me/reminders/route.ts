// POST /api/me/reminders: stops all messages through WeChat, or lets them go on (R47).
import { handle } from "@/lib/http/handle";
import { LIMITS } from "@/lib/http/limits";
import { remindersSchema } from "@/lib/messages/contract";
import { updateProfile } from "@/lib/profile/update-profile";

export const POST = handle({
  auth: "viewer",
  limits: [LIMITS.switchPerViewer],
  body: remindersSchema,
  output: remindersSchema,
  run: async ({ deps, viewer, body }) => {
    const input = { wantsReminders: !body.stopped };
    const { wantsReminders } = await updateProfile(deps, { userId: viewer.userId, input });
    return { stopped: !wantsReminders };
  },
});
