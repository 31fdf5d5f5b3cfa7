/** Refunds that WeChat cannot deliver or gives up, and what a person does about them. */
import { execFile } from "node:child_process";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { explainIncident } from "@/lib/payments/explain-incident";
import {
  askRefund,
  hurryRefund,
  listUnfinishedRefunds,
  reissueRefund,
  sendAbnormalRefund,
} from "@/lib/payments/mend-refund";
import { startWorld, type World } from "@/tests/support/world";
import { expectCleanBooks, listNotifications, listRefunds } from "@/tests/support/world-books";
import { postNotify } from "@/tests/support/world-notify";
import {
  advance,
  applyAndPay,
  control,
  getOrder,
  type Person,
  runWorkerRound,
  settleDown,
  spoil,
} from "@/tests/support/world-story";
import { environmentOf, incidentsOf, payUnusably } from "./trouble";

const MERCHANT = { kind: "merchant_card" } as const;
const CARD = {
  kind: "user_card",
  bankType: "ICBC_DEBIT",
  bankAccount: "6222021234567890123",
  realName: "欧阳退款",
} as const;

let world: World;
let code: string;
beforeAll(async () => {
  world = await startWorld();
  ({ code } = await applyAndPay(world));
});
afterEach(() => expectCleanBooks(world));
afterAll(() => world.close());

interface Failed {
  friend: Person;
  outTradeNo: string;
  outRefundNo: string;
}

/** A refund that has come to this bad end, by notify. */
async function failedRefund(status: "ABNORMAL" | "CLOSED"): Promise<Failed> {
  const paid = await payUnusably(world, code);
  await control(world, "POST", "/refund-outcomes", { status, outTradeNo: paid.outTradeNo });
  await runWorkerRound(world);
  await advance(world, 5);
  expect((await getOrder(world, paid.friend, paid.outTradeNo)).state).toBe("refund_failed");
  return paid;
}

const refundsOf = async (outTradeNo: string) =>
  (await listRefunds(world)).filter((refund) => refund.outTradeNo === outTradeNo);

async function expectArrived({ friend, outTradeNo }: Failed): Promise<void> {
  // WeChat takes a second refund of the same order a minute after the first (wechat.md §1.12).
  for (let minute = 0; minute < 3; minute += 1) {
    await advance(world, 61);
    await runWorkerRound(world);
  }
  expect(await getOrder(world, friend, outTradeNo)).toMatchObject({
    state: "refunded",
    outcome: { kind: "refund", state: "succeeded" },
  });
  const open = await world.sql(
    "SELECT kind FROM payment_incidents WHERE out_trade_no = $1 AND kind = 'refund_failed' AND resolved_at IS NULL",
    [outTradeNo],
  );
  expect(open).toEqual([]);
}

describe.each(["ABNORMAL", "CLOSED"] as const)("F17 a refund that ends as %s", (status) => {
  test("calls a person, tells the payer, and nothing is sent again by itself", async () => {
    const failed = await failedRefund(status);
    for (let day = 0; day < 3; day += 1) {
      await advance(world, 24 * 3_600);
      await runWorkerRound(world);
    }
    expect(await incidentsOf(world, failed.outTradeNo)).toEqual([
      "amount_mismatch",
      "refund_failed",
    ]);
    const told = await world.sql("SELECT kind FROM notices WHERE user_id = $1 ORDER BY kind", [
      failed.friend.userId,
    ]);
    expect(told).toEqual([{ kind: "refund_delayed" }, { kind: "refund_requested" }]);
    expect(await refundsOf(failed.outTradeNo)).toMatchObject([{ status, amountFen: 100 }]);
    expect((await listUnfinishedRefunds(world.deps)).map((one) => one.outRefundNo)).toEqual([
      failed.outRefundNo,
    ]);
    await mend(failed, status);
  });
});

/** A notify that says so, whatever WeChat's books say. */
async function tellSuccess({ outTradeNo, outRefundNo }: Failed): Promise<void> {
  const content = {
    mchid: world.keys.mchId,
    out_trade_no: outTradeNo,
    transaction_id: "4200001234202611229876543210",
    out_refund_no: outRefundNo,
    refund_id: "50300806962026030105978994968",
    refund_status: "SUCCESS",
    success_time: "2026-11-22T12:00:00+08:00",
    amount: { total: 100, refund: 100, payer_total: 100, payer_refund: 100 },
  };
  expect((await postNotify(world, content, { originalType: "refund" })).status).toBe(204);
}

const openIncidentsOf = (outTradeNo: string) =>
  world.sql(
    `SELECT kind, details FROM payment_incidents
     WHERE out_trade_no = $1 AND resolved_at IS NULL AND kind <> 'amount_mismatch' ORDER BY created_at`,
    [outTradeNo],
  );

async function explainAll(outTradeNo: string): Promise<void> {
  await world.sql(
    "UPDATE payment_incidents SET resolved_at = now(), resolution = 'a test' WHERE out_trade_no = $1",
    [outTradeNo],
  );
}

/** What `docs/operations.md` tells to do. */
async function mend(failed: Failed, status: "ABNORMAL" | "CLOSED"): Promise<void> {
  if (status === "CLOSED") await reissueRefund(world.deps, failed.outRefundNo);
  else await sendAbnormalRefund(world.deps, { ...failed, account: MERCHANT });
  await runWorkerRound(world);
  await expectArrived(failed);
}

describe("F17 an abnormal refund is sent to a card", () => {
  test("the payer's, whose number is kept nowhere", async () => {
    const failed = await failedRefund("ABNORMAL");
    await sendAbnormalRefund(world.deps, { ...failed, account: CARD });
    expect((await getOrder(world, failed.friend, failed.outTradeNo)).state).toBe("refunding");
    await expectArrived(failed);
    expect(await refundsOf(failed.outTradeNo)).toMatchObject([{ status: "SUCCESS" }]);
    const rows = await world.sql<{ row: string }>(
      `SELECT t::text AS row FROM refunds t UNION ALL SELECT t::text FROM order_events t
       UNION ALL SELECT t::text FROM payment_incidents t`,
    );
    for (const secret of [CARD.bankAccount, CARD.realName]) {
      expect(rows.filter(({ row }) => row.includes(secret))).toEqual([]);
      expect(world.logs.filter((line) => line.includes(secret))).toEqual([]);
    }
  });

  test("asked twice at once: one refund", async () => {
    const failed = await failedRefund("ABNORMAL");
    await Promise.allSettled([
      sendAbnormalRefund(world.deps, { ...failed, account: MERCHANT }),
      sendAbnormalRefund(world.deps, { ...failed, account: MERCHANT }),
    ]);
    await expectArrived(failed);
    expect(await refundsOf(failed.outTradeNo)).toMatchObject([{ status: "SUCCESS" }]);
  });

  test("WeChat refuses: it stays abnormal, and the next try is the same refund", async () => {
    const failed = await failedRefund("ABNORMAL");
    const { outTradeNo } = failed;
    await spoil(world, { endpoint: "abnormal_refund", kind: "error", outTradeNo });
    const refused = sendAbnormalRefund(world.deps, { ...failed, account: MERCHANT });
    await expect(refused).rejects.toMatchObject({ outcome: "unknown" });
    expect((await getOrder(world, failed.friend, outTradeNo)).state).toBe("refund_failed");
    await mend(failed, "ABNORMAL");
  });

  test("WeChat has taken it and its answer is lost: the question after it finds out", async () => {
    const failed = await failedRefund("ABNORMAL");
    const { outTradeNo } = failed;
    await spoil(world, { endpoint: "abnormal_refund", kind: "error_after_effect", outTradeNo });
    await sendAbnormalRefund(world.deps, { ...failed, account: MERCHANT });
    expect((await getOrder(world, failed.friend, outTradeNo)).state).toBe("refunding");
    await expectArrived(failed);
  });

  test("the question is lost as well, and the notify: a person asks, and it is followed", async () => {
    const failed = await failedRefund("ABNORMAL");
    const { outTradeNo, outRefundNo } = failed;
    expect(await askRefund(world.deps, outRefundNo)).toBe("ABNORMAL");
    await spoil(world, { endpoint: "abnormal_refund", kind: "error_after_effect", outTradeNo });
    await spoil(world, { endpoint: "refund_query", kind: "error", outTradeNo });
    await spoil(world, { endpoint: "notify", kind: "drop", count: 99, outTradeNo });
    await expect(
      sendAbnormalRefund(world.deps, { ...failed, account: MERCHANT }),
    ).rejects.toMatchObject({ outcome: "unknown" });
    expect((await getOrder(world, failed.friend, outTradeNo)).state).toBe("refund_failed");
    expect(await askRefund(world.deps, outRefundNo)).toBe("PROCESSING");
    expect((await getOrder(world, failed.friend, outTradeNo)).state).toBe("refunding");
    await expectArrived(failed);
  });

  test("WeChat repeats the old ABNORMAL afterwards: it is asked, and the refund stays on its way", async () => {
    const failed = await failedRefund("ABNORMAL");
    const { outTradeNo } = failed;
    await sendAbnormalRefund(world.deps, { ...failed, account: CARD });
    const old = (await listNotifications(world)).find(
      (one) => one.outTradeNo === outTradeNo && one.eventType === "REFUND.ABNORMAL",
    );
    const repeat = () => control(world, "POST", `/notifications/${old?.id}/resend`, { copies: 2 });
    await spoil(world, { endpoint: "refund_query", kind: "error", count: 2, outTradeNo });
    await repeat();
    await repeat();
    await settleDown(world);
    expect((await getOrder(world, failed.friend, outTradeNo)).state).toBe("refunding");
    expect((await listUnfinishedRefunds(world.deps)).map(({ state }) => state)).toEqual([
      "processing",
    ]);
    await expectArrived(failed);
  });

  test("abnormal again after a person had explained it: it is open again", async () => {
    const failed = await failedRefund("ABNORMAL");
    const { outTradeNo, outRefundNo } = failed;
    const openOnes = () =>
      world.sql<{ id: string; resolution: string | null }>(
        `SELECT id, resolution FROM payment_incidents
         WHERE out_trade_no = $1 AND kind = 'refund_failed' AND resolved_at IS NULL`,
        [outTradeNo],
      );
    const [first] = await openOnes();
    await explainIncident(world.deps, { id: `${first?.id}`, note: "sent to another card" });
    await sendAbnormalRefund(world.deps, { ...failed, account: CARD });
    await control(world, "POST", `/refunds/${outRefundNo}/finish`, { status: "ABNORMAL" });
    await settleDown(world);
    expect((await getOrder(world, failed.friend, outTradeNo)).state).toBe("refund_failed");
    expect(await openOnes()).toEqual([{ id: first?.id, resolution: null }]);
    await mend(failed, "ABNORMAL");
  });

  test("that WeChat delivers after all by itself: the notify finishes it", async () => {
    const failed = await failedRefund("ABNORMAL");
    await control(world, "POST", `/refunds/${failed.outRefundNo}/finish`, { status: "SUCCESS" });
    await expectArrived(failed);
  });

  test("a refund that is not abnormal, and one that is nobody's", async () => {
    const { outRefundNo, ...paid } = await payUnusably(world, code);
    await expect(
      sendAbnormalRefund(world.deps, { outRefundNo, account: MERCHANT }),
    ).rejects.toMatchObject({ code: "order_closed" });
    await expect(
      sendAbnormalRefund(world.deps, { outRefundNo: "R-nobodys", account: MERCHANT }),
    ).rejects.toMatchObject({ code: "not_found" });
    await runWorkerRound(world);
    await expectArrived({ ...paid, outRefundNo });
  });
});

describe("F17 a closed refund is ordered anew", () => {
  test("by one of three who try at once, under a number of its own; the old one stays on record", async () => {
    const failed = await failedRefund("CLOSED");
    const tries = await Promise.allSettled(
      Array.from({ length: 3 }, () => reissueRefund(world.deps, failed.outRefundNo)),
    );
    const made = tries.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    expect(made).toEqual([`${failed.outRefundNo}-2`]);
    await runWorkerRound(world);
    await expectArrived(failed);
    expect(await refundsOf(failed.outTradeNo)).toMatchObject([
      { outRefundNo: failed.outRefundNo, status: "CLOSED" },
      { outRefundNo: `${failed.outRefundNo}-2`, status: "SUCCESS", amountFen: 100 },
    ]);
    const rows = await world.sql(
      `SELECT r.state, r.superseded_by IS NOT NULL AS superseded FROM refunds r JOIN orders o ON o.id = r.order_id
       WHERE o.out_trade_no = $1 ORDER BY r.out_refund_no`,
      [failed.outTradeNo],
    );
    expect(rows).toEqual([
      { state: "closed", superseded: true },
      { state: "succeeded", superseded: false },
    ]);
    const how = await world.sql(
      "SELECT resolution FROM payment_incidents WHERE out_trade_no = $1 AND kind = 'refund_failed'",
      [failed.outTradeNo],
    );
    expect(how).toEqual([{ resolution: `ordered anew as ${failed.outRefundNo}-2` }]);
  });

  test("a success told of the closed one: reported, and the failure stays open", async () => {
    const failed = await failedRefund("CLOSED");
    const { outTradeNo } = failed;
    await tellSuccess(failed);
    expect(await openIncidentsOf(outTradeNo)).toEqual([
      { kind: "refund_failed", details: expect.anything() },
      {
        kind: "unknown_refund",
        details: expect.objectContaining({ status: "SUCCESS", ours: "closed", reissuedAs: null }),
      },
    ]);
    expect((await getOrder(world, failed.friend, outTradeNo)).state).toBe("refund_failed");
    await mend(failed, "CLOSED");
    await explainAll(outTradeNo);
  });

  test("a success told of one that is ordered anew: the yuan may have gone back twice", async () => {
    const failed = await failedRefund("CLOSED");
    const { outTradeNo } = failed;
    await mend(failed, "CLOSED");
    await tellSuccess(failed);
    expect(await openIncidentsOf(outTradeNo)).toEqual([
      {
        kind: "unknown_refund",
        details: expect.objectContaining({
          ours: "closed",
          reissuedAs: `${failed.outRefundNo}-2`,
        }),
      },
    ]);
    await explainAll(outTradeNo);
  });

  test("a success told again of one that has arrived is no news", async () => {
    const failed = await failedRefund("ABNORMAL");
    await mend(failed, "ABNORMAL");
    await tellSuccess(failed);
    expect(await openIncidentsOf(failed.outTradeNo)).toEqual([]);
  });

  test("and closed again: a third number", async () => {
    const failed = await failedRefund("CLOSED");
    const second = await reissueRefund(world.deps, failed.outRefundNo);
    await control(world, "POST", "/refund-outcomes", {
      status: "CLOSED",
      outTradeNo: failed.outTradeNo,
    });
    for (let step = 0; step < 2; step += 1) {
      await advance(world, 61);
      await runWorkerRound(world);
    }
    await advance(world, 5);
    expect((await getOrder(world, failed.friend, failed.outTradeNo)).state).toBe("refund_failed");
    expect(await reissueRefund(world.deps, second)).toBe(`${failed.outRefundNo}-3`);
    await runWorkerRound(world);
    await expectArrived(failed);
  });

  test("not while WeChat could still pay the old number, and not while it cannot be asked", async () => {
    const abnormal = await failedRefund("ABNORMAL");
    await expect(reissueRefund(world.deps, abnormal.outRefundNo)).rejects.toMatchObject({
      code: "order_closed",
    });
    await mend(abnormal, "ABNORMAL");
    await expect(reissueRefund(world.deps, abnormal.outRefundNo)).rejects.toMatchObject({
      code: "order_closed",
    });

    const closed = await failedRefund("CLOSED");
    const { outTradeNo } = closed;
    await spoil(world, { endpoint: "refund_query", kind: "error", outTradeNo });
    await expect(reissueRefund(world.deps, closed.outRefundNo)).rejects.toMatchObject({
      outcome: "unknown",
    });
    await mend(closed, "CLOSED");
  });
});

test("F17 a refund that waits for the account to be filled is tried again at once by hand", async () => {
  const paid = await payUnusably(world, code);
  const { outTradeNo, outRefundNo } = paid;
  await spoil(world, {
    endpoint: "refund",
    kind: "error",
    count: 5,
    status: 403,
    code: "NOT_ENOUGH",
    outTradeNo,
  });
  for (let time = 0; time < 5; time += 1) {
    await advance(world, 1_800);
    await runWorkerRound(world);
  }
  await runWorkerRound(world);
  expect(await refundsOf(outTradeNo)).toEqual([]);
  expect(await hurryRefund(world.deps, outRefundNo)).toBe(true);
  await runWorkerRound(world);
  expect(await refundsOf(outTradeNo)).toMatchObject([{ outRefundNo }]);
  await expectArrived(paid);
  expect(await hurryRefund(world.deps, outRefundNo)).toBe(false);
});

describe("F17 the commands for it", () => {
  function run(script: string, ...options: string[]): Promise<{ code: number; printed: string }> {
    return new Promise((resolve) => {
      execFile(
        process.execPath,
        ["--import", "tsx", `scripts/ops/${script}.ts`, ...options],
        {
          env: { PATH: process.env.PATH, ...environmentOf(world) } as Record<
            string,
            string
          > as NodeJS.ProcessEnv,
        },
        (error, out, complained) =>
          resolve({ code: error ? Number(error.code) : 0, printed: out + complained }),
      );
    });
  }

  test("list what needs a person, mend it, and are content afterwards", async () => {
    const abnormal = await failedRefund("ABNORMAL");
    const closed = await failedRefund("CLOSED");
    await world.sql(
      `SELECT graphile_worker.add_job('keep_house', job_key => 'dead', max_attempts => 1)`,
    );
    await world.sql(
      "UPDATE graphile_worker._private_jobs SET attempts = 1, last_error = 'gone' WHERE key = 'dead'",
    );

    const [refunds, incidents, jobs] = await Promise.all([
      run("refunds"),
      run("incidents"),
      run("jobs"),
    ]);
    expect([refunds.code, incidents.code, jobs.code]).toEqual([1, 1, 1]);
    expect(refunds.printed).toContain(`${abnormal.outRefundNo} abnormal`);
    expect(refunds.printed).toContain(`${closed.outRefundNo} closed`);
    expect(incidents.printed).toContain(`refund_failed ${closed.outTradeNo}`);
    expect(jobs.printed).toMatch(/DEAD \d+ keep_house/);

    const asked = await run("refunds", "--ask", abnormal.outRefundNo);
    expect(asked).toMatchObject({ code: 1, printed: expect.stringContaining("ABNORMAL") });

    const [sent, anew, replayed] = await Promise.all([
      run("refunds", "--merchant-card", abnormal.outRefundNo),
      run("refunds", "--reissue", closed.outRefundNo),
      run("jobs", "--replay"),
    ]);
    expect([sent.code, anew.code, replayed.code]).toEqual([0, 0, 0]);
    expect(anew.printed).toContain(`${closed.outRefundNo}-2`);
    expect(replayed.printed).toContain("1 jobs run again");
    await runWorkerRound(world);
    await expectArrived(abnormal);
    await expectArrived(closed);

    const open = await world.sql<{ id: string }>(
      "SELECT id FROM payment_incidents WHERE resolved_at IS NULL AND kind = 'amount_mismatch' LIMIT 1",
    );
    const after = await Promise.all([
      run("refunds"),
      run("jobs"),
      run("incidents", "--explain", `${open[0]?.id}`, "a notify that lied,", "refunded"),
      run("refunds", "--now", abnormal.outRefundNo),
    ]);
    expect(after.map((one) => one.code)).toEqual([0, 0, 0, 1]);
    expect(after[0]?.printed).toContain("Every refund has arrived.");
    expect(after[1]?.printed).toContain("No job has been given up.");
  }, 120_000);
});
