/**
 * `npm run refunds`: every refund that has not arrived, the oldest first; exit 1 when one needs a person.
 * `-- --now <no>` tries again at once; `-- --ask <no>` asks WeChat how it is going, and follows an abnormal
 * one that is under way again; `-- --reissue <no>` orders a closed one anew;
 * `-- --merchant-card <no>` and `-- --user-card <no>` send an abnormal one to a bank card (the payer's
 * card is asked for on the terminal and never stored).
 */
import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { formatFen } from "@/lib/format/money";
import {
  askRefund,
  hurryRefund,
  listUnfinishedRefunds,
  reissueRefund,
  sendAbnormalRefund,
} from "@/lib/payments/mend-refund";
import { runOpsCommand } from "../support/ops-deps";

async function askForCard() {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return {
      kind: "user_card" as const,
      bankType: await terminal.question("Bank, in WeChat's words (ICBC_DEBIT): "),
      bankAccount: (await terminal.question("Card number: ")).replaceAll(" ", ""),
      realName: await terminal.question("Holder's name: "),
    };
  } finally {
    terminal.close();
  }
}

await runOpsCommand(async (deps) => {
  const { values } = parseArgs({
    options: {
      now: { type: "string" },
      ask: { type: "string" },
      reissue: { type: "string" },
      "merchant-card": { type: "string" },
      "user-card": { type: "string" },
    },
  });
  if (values.now) {
    const isDue = await hurryRefund(deps, values.now);
    console.log(isDue ? "It is tried again now." : "It is not under way.");
    return isDue ? 0 : 1;
  }
  if (values.ask) {
    const status = await askRefund(deps, values.ask);
    console.log(`WeChat says ${status ?? "that it has no such refund"}.`);
    return status === "SUCCESS" || status === "PROCESSING" ? 0 : 1;
  }
  if (values.reissue) {
    console.log(`Ordered anew as ${await reissueRefund(deps, values.reissue)}.`);
    return 0;
  }
  const outRefundNo = values["merchant-card"] ?? values["user-card"];
  if (outRefundNo) {
    const account = values["user-card"] ? await askForCard() : { kind: "merchant_card" as const };
    await sendAbnormalRefund(deps, { outRefundNo, account });
    console.log("WeChat has taken it; it is followed to its end.");
    return 0;
  }
  const refunds = await listUnfinishedRefunds(deps);
  for (const refund of refunds) {
    const next = refund.nextAttemptAt?.toISOString() ?? "a person";
    console.log(
      `${refund.outRefundNo} ${refund.state} ${formatFen(refund.amountFen)} ${refund.reason}, ` +
        `since ${refund.requestedAt.toISOString()}, ${refund.attempts} tries, next: ${next}`,
    );
    if (refund.lastError) console.log(`    WeChat said ${refund.lastError}`);
  }
  if (refunds.length === 0) console.log("Every refund has arrived.");
  return refunds.some(({ state }) => state === "abnormal" || state === "closed") ? 1 : 0;
});
