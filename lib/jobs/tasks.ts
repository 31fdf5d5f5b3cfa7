/** Every kind of job: what its payload is, and the verb that does it. Each may run twice. */
import type { Task, TaskList } from "graphile-worker";
import { z } from "zod";
import type { Deps } from "@/lib/deps";
import { sendMessage } from "@/lib/messages/send-message";
import { checkDueOrder } from "@/lib/payments/check-due-order";
import { followDueRefund } from "@/lib/payments/follow-refund";
import { reconcileDay } from "@/lib/reconciliation/reconcile-day";
import { carryOut, messagesSchema } from "./carry-out";
import { keepHouse, keepHouseHourly } from "./keep-house";
import { atRefundPace } from "./refund-pace";

export function createTaskList(deps: Deps): TaskList {
  return {
    /** Asks WeChat what became of a pending order, and gives its place back when it has expired. */
    ask_order: task(z.object({ orderId: z.string() }), ({ orderId }) =>
      checkDueOrder(deps, orderId),
    ),
    /** Submits a refund, or asks how it is going. */
    follow_refund: task(z.object({ refundId: z.string() }), ({ refundId }) =>
      atRefundPace(() => followDueRefund(deps, refundId)),
    ),
    /** Sends a notice to WeChat as well, to somebody who has agreed to it; at most once. */
    send_message: task(z.object({ messageId: z.string() }), ({ messageId }) =>
      sendMessage(deps, messageId),
    ),
    /** The effects of committed changes: people are told, the histogram follows. */
    carry_out: task(messagesSchema, (messages) => carryOut(deps, messages)),
    /** Compares one day with WeChat's bills. */
    reconcile_day: task(z.object({ billDate: z.iso.date() }), async ({ billDate }) => {
      await reconcileDay(deps, { billDate });
    }),
    /** What the clock brings each minute: policies end, closed days are compared. */
    keep_house: task(z.unknown(), () => keepHouse(deps)),
    /** What may wait for the hour: people are told of dates, old data is forgotten. */
    keep_house_hourly: task(z.unknown(), () => keepHouseHourly(deps)),
  };
}

/** A payload that does not fit is a job that fails and ends among the dead ones; others go on. */
function task<Schema extends z.ZodType>(
  schema: Schema,
  run: (payload: z.output<Schema>) => Promise<void>,
): Task {
  return async (payload) => run(schema.parse(payload));
}
