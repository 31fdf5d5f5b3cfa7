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
export async function carryOut(deps: Deps, { topic, messages }: Messages): Promise<void> {
  switch (topic) {
    case "unit_settled":
      await writeNotices(
        deps,
        topic,
        messages.map(({ unitId }) => unitId),
      );
      break;
    case "units_ended":
      await writeNotices(
        deps,
        topic,
        messages.map(({ endorsement }) => endorsement),
      );
      break;
    case "refund_requested":
      await writeNotices(
        deps,
        topic,
        messages.map(({ refundId }) => refundId),
      );
      return;
    default:
      await writeNotices(
        deps,
        topic,
        messages.map(({ orderId }) => orderId),
      );
      return;
  }
  await foldStandings(deps.db, [...new Set(messages.map(({ policyId }) => policyId))]);
}
