import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { startSandbox } from "./server";
import { findSavedState } from "./state-file";
import { createRefundRequests } from "./testing/refund-requests";
import { startTestWorld, type TestWorld } from "./testing/world";

let folder: string;
let file: string;
let world: TestWorld;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "sandbox-state-"));
  file = join(folder, "state.json");
  world = await startTestWorld({ stateFile: file });
});
afterEach(async () => {
  await world.close();
  rmSync(folder, { recursive: true });
});

const { bodyOf, refund } = createRefundRequests(() => world);
const restart = () =>
  startSandbox({ port: 0, keys: world.keys, appUrl: world.receiver.url, stateFile: file });

it("a restart keeps decided outcomes, transfers, chaos and certificates, and goes on", async () => {
  const openid = await world.createPersona("小明");
  await world.payOrder("SAVED00001", openid);
  await world.control("POST", "/refund-outcomes", { status: "ABNORMAL", delaySeconds: 60 });
  await refund(bodyOf("SAVED00001", "R-SAVED00001"));
  await world.control("POST", "/refund-outcomes", { status: "CLOSED", count: 3 });
  await world.control("POST", "/chaos", { seed: 9, rates: { "ticket.drop": 1 } });
  const { serial } = (await world.control("POST", "/rotate-certificate")).json;
  const transfer = {
    appid: world.keys.appId,
    out_bill_no: "SAVED1",
    transfer_scene_id: "1011",
    openid,
    transfer_amount: 100,
    transfer_remark: "赔付",
    transfer_scene_report_infos: [{ info_type: "赔付原因", info_content: "理赔" }],
  };
  const accepted = await world.call("POST", "/v3/fund-app/mch-transfer/transfer-bills", transfer);
  await world.sandbox.close();

  const sandbox = await restart();
  try {
    const { state } = sandbox;
    expect(state.refundOutcomes).toMatchObject([{ status: "CLOSED", count: 3 }]);
    expect(state.chaos).toMatchObject({ seed: 9, rates: { "ticket.drop": 1 } });
    expect(state.platformCertificates.map((one) => one.serial)).toEqual([serial]);
    expect(state.transfers.get("SAVED1")?.transferBillNo).toBe(accepted.json.transfer_bill_no);
    await sandbox.clock.advance(60_000);
    expect(state.refunds.get("R-SAVED00001")?.status).toBe("ABNORMAL");
    await sandbox.clock.advance(86_400_000);
    expect(state.transfers.get("SAVED1")).toMatchObject({
      state: "FAIL",
      failReason: "OVERDUE_CLOSE",
    });
  } finally {
    await sandbox.close();
  }
});

it("books saved by an older sandbox still open, and their refunds come to their end", async () => {
  const openid = await world.createPersona("小明");
  await world.payOrder("OLDBOOKS01", openid);
  await refund(bodyOf("OLDBOOKS01", "R-OLDBOOKS01"));
  await world.sandbox.close();
  const saved = JSON.parse(readFileSync(file, "utf8"));
  for (const name of ["transfers", "refundOutcomes", "chaos", "platformCertificates"]) {
    expect(saved).toHaveProperty(name);
    delete saved[name];
  }
  for (const [, row] of saved.refunds.$map) {
    for (const name of ["outcome", "finishAtMs", "channel", "fundsAccount", "closedAtMs"]) {
      delete row[name];
    }
  }
  writeFileSync(file, JSON.stringify(saved));
  expect(findSavedState(file, world.receiver.url)?.transfers).toEqual(new Map());

  const sandbox = await restart();
  try {
    await sandbox.clock.advance(2_000);
    expect(sandbox.state.refunds.get("R-OLDBOOKS01")).toMatchObject({
      status: "SUCCESS",
      channel: "ORIGINAL",
    });
  } finally {
    await sandbox.close();
  }
});
