import { z } from "zod";
import type { Deps } from "@/lib/deps";
import { foldStandings } from "@/lib/leaderboard/fold-standings";
import { writeNotices } from "@/lib/notices/write-notices";

/** What settling and refunding leave in the outbox; each message is about one row. */
export const messagesSchema = z.discriminatedUnion("topic", [
  z.object({
    topic: z.literal("unit_settled"),
    messages: z.array(z.object({ unitId: z.string(), policyId: z.string() })),
  }),
  z.object({
    topic: z.literal("units_ended"),
    messages: z.array(z.object({ policyId: z.string(), endorsement: z.string() })),
  }),
  z.object({
    topic: z.literal("profile_changed"),
    messages: z.array(z.object({ policyId: z.string() })),
  }),
  z.object({
    topic: z.literal("thanked"),
    messages: z.array(z.object({ wordsId: z.string() })),
  }),
  z.object({
    topic: z.literal("refund_requested"),
    messages: z.array(z.object({ refundId: z.string() })),
  }),
  z.object({
    topic: z.enum(["refund_succeeded", "refund_delayed"]),
    messages: z.array(z.object({ orderId: z.string() })),
  }),
]);
export type Messages = z.output<typeof messagesSchema>;

/** The effects of committed changes. All of them may be repeated and change nothing then. */
export async function carryOut(deps: Deps, done: Messages): Promise<void> {
  if (done.topic !== "profile_changed") await writeNotices(deps, done.topic, idsOf(done));
  if (!movesBoards(done)) return;
  const policyIds = new Set(done.messages.map(({ policyId }) => policyId));
  await foldStandings(deps.db, [...policyIds], deps.now());
}

type MovesBoards = Extract<Messages, { topic: "unit_settled" | "units_ended" | "profile_changed" }>;

function movesBoards(done: Messages): done is MovesBoards {
  return ["unit_settled", "units_ended", "profile_changed"].includes(done.topic);
}

/** What people are told of. */
export type Told = Exclude<Messages, { topic: "profile_changed" }>;

/** The row that each message is about. */
function idsOf({ topic, messages }: Told): string[] {
  switch (topic) {
    case "unit_settled":
      return messages.map(({ unitId }) => unitId);
    case "units_ended":
      return messages.map(({ endorsement }) => endorsement);
    case "thanked":
      return messages.map(({ wordsId }) => wordsId);
    case "refund_requested":
      return messages.map(({ refundId }) => refundId);
    default:
      return messages.map(({ orderId }) => orderId);
  }
}
