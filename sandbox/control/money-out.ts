import type { HttpBindings } from "@hono/node-server";
import type { Hono } from "hono";
import { canFinishRefund, finishRefund } from "../pay/refunds/refund-life";
import { confirmTransfer, failTransfer } from "../pay/transfers/transfer-life";
import { randomHex } from "../random";
import type { Sandbox } from "../sandbox";
import { confirmTransferSchema, finishRefundSchema, refundOutcomeSchema } from "./input";
import { readBody } from "./read-body";
import { selectRows, serializeRefund, serializeTransfer } from "./serialize";

type App = Hono<{ Bindings: HttpBindings }>;

function mountRefunds(app: App, sandbox: Sandbox): void {
  const { state } = sandbox;
  app.get("/__sandbox/refunds", (context) =>
    context.json(selectRows(state.refunds.values(), context.req.query()).map(serializeRefund)),
  );
  app.post("/__sandbox/refunds/:outRefundNo/finish", async (context) => {
    const body = await readBody(context, finishRefundSchema);
    if (body instanceof Response) return body;
    const refund = state.refunds.get(context.req.param("outRefundNo"));
    if (!refund) return context.json({ code: "not_found", message: "no such refund" }, 404);
    if (!canFinishRefund(refund, body.status)) {
      const message = `a refund that is ${refund.status} cannot become ${body.status}`;
      return context.json({ code: "conflict", message }, 409);
    }
    finishRefund(sandbox, refund, body.status);
    return context.json(serializeRefund(refund));
  });

  app.get("/__sandbox/refund-outcomes", (context) => context.json(state.refundOutcomes));
  app.post("/__sandbox/refund-outcomes", async (context) => {
    const body = await readBody(context, refundOutcomeSchema);
    if (body instanceof Response) return body;
    const outcome = { id: `out_${randomHex(12)}`, ...body };
    state.refundOutcomes.push(outcome);
    sandbox.touch();
    return context.json(outcome, 201);
  });
  app.delete("/__sandbox/refund-outcomes", (context) => {
    state.refundOutcomes.length = 0;
    sandbox.touch();
    return context.body(null, 204);
  });
}

function mountTransfers(app: App, sandbox: Sandbox): void {
  const { state } = sandbox;
  app.get("/__sandbox/transfers", (context) =>
    context.json(
      selectRows(state.transfers.values(), context.req.query()).map((transfer) =>
        serializeTransfer(sandbox, transfer),
      ),
    ),
  );
  app.post("/__sandbox/transfers/:outBillNo/confirm", async (context) => {
    const body = await readBody(context, confirmTransferSchema);
    if (body instanceof Response) return body;
    const transfer = state.transfers.get(context.req.param("outBillNo"));
    if (!transfer) return context.json({ code: "not_found", message: "no such transfer" }, 404);
    if (transfer.openid !== body.openid) {
      return context.json({ code: "payee_mismatch", message: "收款人不是这个用户" }, 403);
    }
    const isWaiting = transfer.state === "WAIT_USER_CONFIRM";
    if (!isWaiting || sandbox.clock.now() >= (transfer.confirmUntilMs ?? 0)) {
      const message = isWaiting ? "已超过确认收款的时间" : `转账单状态为 ${transfer.state}`;
      return context.json({ code: "not_confirmable", message }, 409);
    }
    if (body.action === "confirm") confirmTransfer(sandbox, transfer, body.failReason);
    // No document gives a refusal a reason of its own; what it leads to is this.
    else failTransfer(sandbox, transfer, "OVERDUE_CLOSE");
    return context.json(serializeTransfer(sandbox, transfer));
  });
}

/** Refunds and transfers: what WeChat saw, and what a person or a test decides about them. */
export function mountMoneyOut(app: App, sandbox: Sandbox): void {
  mountRefunds(app, sandbox);
  mountTransfers(app, sandbox);
}
