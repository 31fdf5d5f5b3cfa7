import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  fetchBill,
  fundBillPath,
  importPayments,
  readRows,
  setClock,
  tradeBillPath,
} from "../../testing/bills";
import { startTestWorld, type TestWorld } from "../../testing/world";

/** Differences planted for reconciliation: the bills say something else than the books. */

const DATE = "2026-01-05";
/** Columns of the trade bill ALL. */
const TIME = 0;
const TRANSACTION = 5;
const ORDER = 6;
const STATE = 9;
const REFUND = 15;
const REFUND_STATE = 19;
const FEE = 22;
const AMOUNT = 24;

let folder: string;
let world: TestWorld;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "sandbox-bills-"));
  world = await startTestWorld({ stateFile: join(folder, "state.json") });
  const orders = ["PLANT00001", "PLANT00002", "PLANT00003"];
  const at = "2026-01-05T08:00:00+08:00";
  await importPayments(
    world,
    orders.map((outTradeNo) => ({ outTradeNo, at })),
  );
  setClock(world, "2026-01-05T10:00:00+08:00");
  await world.call("POST", "/v3/refund/domestic/refunds", {
    out_trade_no: "PLANT00003",
    out_refund_no: "R-PLANT00003",
    amount: { refund: 100, total: 100, currency: "CNY" },
  });
  await world.advance(60);
  setClock(world, "2026-01-06T10:00:00+08:00");
});
afterEach(async () => {
  await world.close();
  rmSync(folder, { recursive: true });
});

const plant = (plants: object[]) =>
  world.control(
    "POST",
    "/bills/plant",
    plants.map((one) => ({ billDate: DATE, ...one })),
  );
const readTrade = async () => readRows(await fetchBill(world, tradeBillPath(DATE)));
const readFund = async () => readRows(await fetchBill(world, fundBillPath(DATE)));
/** 业务类型, 收支金额 and 业务凭证号 of each row. */
const readMoney = async () => (await readFund()).map((row) => [row[4], row[6], row[10]].join(" "));

describe("rows", () => {
  it("are left out, doubled and changed, in both bills alike", async () => {
    const answer = await plant([
      { kind: "omit_row", outTradeNo: "PLANT00001" },
      { kind: "duplicate_row", outTradeNo: "PLANT00002" },
      { kind: "change_amount", outTradeNo: "PLANT00002", amountFen: 300 },
      { kind: "change_fee", outTradeNo: "PLANT00002", feeFen: 2 },
      { kind: "change_transaction", outTradeNo: "PLANT00003", transactionId: "4200-OTHER" },
      { kind: "change_state", outTradeNo: "PLANT00003", state: "REVOKED" },
      { kind: "change_state", outRefundNo: "R-PLANT00003", state: "FAIL" },
    ]);
    expect([answer.status, answer.json]).toEqual([201, { planted: 7 }]);
    const rows = await readTrade();
    expect(rows.map((row) => [row[ORDER], row[AMOUNT], row[FEE]])).toEqual([
      ["PLANT00002", "3.00", "0.02000"],
      ["PLANT00002", "3.00", "0.02000"],
      ["PLANT00003", "1.00", "0.01000"],
      ["PLANT00003", "0.00", "-0.01000"],
    ]);
    expect(rows[2]?.[TRANSACTION]).toBe("4200-OTHER");
    expect(rows[2]?.[STATE]).toBe("REVOKED");
    expect([rows[3]?.[REFUND], rows[3]?.[REFUND_STATE]]).toEqual(["R-PLANT00003", "FAIL"]);
    expect(rows[3]?.[TRANSACTION]).toBe("4200-PLANT00003");
    expect(await readMoney()).toEqual([
      "交易 3.00 PLANT00002",
      "扣除交易手续费 0.02 PLANT00002",
      "交易 3.00 PLANT00002",
      "扣除交易手续费 0.02 PLANT00002",
      "交易 1.00 PLANT00003",
      "扣除交易手续费 0.01 PLANT00003",
      "退款 0.99 R-PLANT00003",
    ]);
    const { plants } = JSON.parse((await world.control("GET", "/bills")).text);
    expect(plants.every(({ isApplied }: { isApplied: boolean }) => isApplied)).toBe(true);
  });

  it("may be wrong in the trade bill only", async () => {
    await plant([{ kind: "omit_row", outTradeNo: "PLANT00001", isTradeOnly: true }]);
    expect((await readTrade()).map((row) => row[ORDER])).not.toContain("PLANT00001");
    expect(await readMoney()).toContain("交易 1.00 PLANT00001");
  });

  it("are added: a stranger's payment and a refund made at the console", async () => {
    await plant([
      { kind: "add_payment", outTradeNo: "STRANGER01", amountFen: 250 },
      {
        kind: "add_refund",
        outTradeNo: "PLANT00001",
        amountFen: 100,
        at: "2026-01-05T22:00:00+08:00",
      },
    ]);
    const rows = await readTrade();
    const stranger = rows.find((row) => row[ORDER] === "STRANGER01");
    expect([stranger?.[TIME], stranger?.[AMOUNT]]).toEqual(["2026-01-05 12:00:00", "2.50"]);
    expect(stranger?.[TRANSACTION]).toMatch(/^\d{28}$/);
    const refunded = rows.at(-1);
    expect([TIME, ORDER, STATE, FEE].map((column) => refunded?.[column])).toEqual([
      "2026-01-05 22:00:00",
      "PLANT00001",
      "REFUND",
      "-0.01000",
    ]);
    expect(await readMoney()).toContain("交易 2.50 STRANGER01");
    expect(await readMoney()).toContain(`退款 0.99 ${refunded?.[REFUND]}`);
    // The accounts know nothing of it: it is only written in the bill.
    const three = await world.control("GET", "/funds");
    expect(three.json.availableFen).toBe(1_000_000 + 3 * 99 - 99);
  });
});

describe("the fund bill alone", () => {
  it("loses rows and changes amounts", async () => {
    await plant([
      { kind: "omit_fund_row", outTradeNo: "PLANT00001", isFeeRow: true },
      { kind: "omit_fund_row", outRefundNo: "R-PLANT00003" },
      { kind: "change_fund_amount", outTradeNo: "PLANT00002", amountFen: 101 },
    ]);
    expect(await readMoney()).toEqual([
      "交易 1.00 PLANT00001",
      "交易 1.01 PLANT00002",
      "扣除交易手续费 0.01 PLANT00002",
      "交易 1.00 PLANT00003",
      "扣除交易手续费 0.01 PLANT00003",
    ]);
    expect((await readTrade()).length).toBe(4);
  });
});

describe("hash and summary", () => {
  it("a false hash is announced so many times, then the right one", async () => {
    const ask = async () => (await world.call("GET", tradeBillPath(DATE))).json.hash_value;
    const right = await ask();
    await plant([{ kind: "bad_hash", count: 2 }]);
    const [first, second, third] = [await ask(), await ask(), await ask()];
    expect(first).toMatch(/^[0-9a-f]{40}$/);
    expect([first === right, second === right, third]).toEqual([false, false, right]);
  });

  it("a false summary counts a row and a fen too many", async () => {
    await plant([{ kind: "bad_summary" }, { kind: "bad_summary", bill: "fund" }]);
    const trade = await fetchBill(world, tradeBillPath(DATE));
    expect(trade).toMatch(/\r\n`5,`3\.01,`1\.00,`0\.00,`0\.02000,`3\.01,`1\.00\r\n$/);
    expect(await fetchBill(world, fundBillPath(DATE))).toMatch(/\r\n`8,`3,`3\.01,`4,`1\.02\r\n$/);
  });
});

describe("planting", () => {
  it("comes too late once the bill is generated, which is the same for ever", async () => {
    const first = await fetchBill(world, tradeBillPath(DATE));
    await importPayments(world, [{ outTradeNo: "LATER00001", at: "2026-01-05T09:00:00+08:00" }]);
    const late = await plant([{ kind: "omit_row", outTradeNo: "PLANT00001" }]);
    expect([late.status, late.json.code]).toEqual([409, "not_plantable"]);
    expect(await fetchBill(world, tradeBillPath(DATE))).toBe(first);
    expect(await readMoney()).toContain("交易 1.00 LATER00001");
  });

  it("is all or nothing, and refuses what could never show", async () => {
    const plants = [
      { kind: "omit_row", outTradeNo: "PLANT00001" },
      { kind: "add_refund", outTradeNo: "NOBODY0001", amountFen: 100 },
    ];
    expect((await plant(plants)).status).toBe(409);
    expect(world.sandbox.state.billPlants).toEqual([]);
    for (const wrong of [
      { kind: "omit_row" },
      { kind: "omit_row", outTradeNo: "A", outRefundNo: "B" },
      { kind: "omit_row", outTradeNo: "A", billDate: "2026-02-30" },
      { kind: "unheard_of" },
      {
        kind: "add_payment",
        outTradeNo: "A",
        amountFen: 1,
        at: "2026-01-06T00:00:00+08:00",
      },
    ]) {
      expect((await plant([wrong])).status).toBe(400);
    }
  });

  it("a restarted sandbox gives out the same bill, and the plants that wait", async () => {
    const first = await fetchBill(world, tradeBillPath(DATE));
    await plant([{ kind: "omit_fund_row", outTradeNo: "PLANT00001" }]);
    await world.close();
    world = await startTestWorld({ stateFile: join(folder, "state.json") });
    expect(await fetchBill(world, tradeBillPath(DATE))).toBe(first);
    const money = await readMoney();
    expect(money).toContain("扣除交易手续费 0.01 PLANT00001");
    expect(money).not.toContain("交易 1.00 PLANT00001");
  });
});
