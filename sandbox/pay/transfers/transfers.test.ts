import { constants, createPublicKey, publicEncrypt } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openNotify, parseNotify } from "../../testing/notify-reader";
import { startTestWorld, type TestWorld, type WireAnswer } from "../../testing/world";

/** A claim paid out (wechat.md §1.14): the payee confirms within a day, the number pays once. */

const TRANSFERS = "/v3/fund-app/mch-transfer/transfer-bills";

let world: TestWorld;
let openid: string;
beforeAll(async () => {
  world = await startTestWorld();
  openid = await world.createPersona("小明");
});
afterAll(() => world.close());

const claimOf = (outBillNo: string, more: Record<string, unknown> = {}) => ({
  appid: world.keys.appId,
  out_bill_no: outBillNo,
  transfer_scene_id: "1004",
  openid,
  transfer_amount: 100_000,
  transfer_remark: "理赔款",
  notify_url: `${world.receiver.url}/transfer-notify`,
  user_recv_perception: "保险理赔款",
  transfer_scene_report_infos: [
    { info_type: "保险产品备案编号", info_content: "C0001" },
    { info_type: "保险名称", info_content: "微互助" },
    { info_type: "保险操作单号", info_content: "CLAIM1" },
  ],
  ...more,
});
const transfer = (body: unknown, headers: Record<string, string> = {}) =>
  world.call("POST", TRANSFERS, body, headers);
const query = (outBillNo: string) => world.call("GET", `${TRANSFERS}/out-bill-no/${outBillNo}`);
const cancel = (outBillNo: string) =>
  world.call("POST", `${TRANSFERS}/out-bill-no/${outBillNo}/cancel`);
const confirm = (outBillNo: string, more: Record<string, unknown> = {}) =>
  world.control("POST", `/transfers/${outBillNo}/confirm`, { openid, action: "confirm", ...more });
const stateOf = async (outBillNo: string) => (await query(outBillNo)).json.state;
const expectCode = (answer: WireAnswer) => expect([answer.status, answer.json.code]);

/** The notifies of one transfer. */
const listNotifies = (outBillNo: string) =>
  world.receiver.received
    .filter((notify) => parseNotify(notify).resource.original_type === "mch_payment")
    .map((notify) => ({ ...parseNotify(notify), content: openNotify(world.keys, notify) }))
    .filter(({ content }) => content.out_bill_no === outBillNo);

describe("the life of a transfer", () => {
  it("waits for its payee, pays when they confirm, and tells the merchant", async () => {
    const accepted = await transfer(claimOf("CLAIM0001"));
    expect(accepted.json).toMatchObject({
      out_bill_no: "CLAIM0001",
      transfer_bill_no: expect.stringMatching(/^1330000\d{33}$/),
      state: "WAIT_USER_CONFIRM",
      package_info: expect.any(String),
    });
    expect((await confirm("CLAIM0001")).json.state).toBe("TRANSFERING");
    expect((await query("CLAIM0001")).json).not.toHaveProperty("package_info");
    await world.advance(2);
    const byOurs = await query("CLAIM0001");
    expect(byOurs.json).toMatchObject({
      mch_id: world.keys.mchId,
      state: "SUCCESS",
      transfer_amount: 100_000,
      openid,
    });
    const path = `${TRANSFERS}/transfer-bill-no/${accepted.json.transfer_bill_no}`;
    expect((await world.call("GET", path)).json).toEqual(byOurs.json);
    expect(listNotifies("CLAIM0001")).toMatchObject([
      {
        event_type: "MCHTRANSFER.BILL.FINISHED",
        summary: "商家转账单据终态通知",
        resource: { associated_data: "mch_payment" },
        content: { state: "SUCCESS", mch_id: world.keys.mchId, transfer_amount: 100_000, openid },
      },
    ]);
  });

  it("passes ACCEPTED and PROCESSING when WeChat takes its time; package_info comes last", async () => {
    await world.control("POST", "/settings", { transferAcceptSeconds: 20 });
    const states: unknown[] = [];
    for (const seconds of [0, 11, 10]) {
      await world.advance(seconds);
      const { json } = await transfer(claimOf("CLAIM0002"));
      states.push([json.state, "package_info" in json]);
    }
    await world.control("POST", "/settings", { transferAcceptSeconds: 0 });
    expect(states).toEqual([
      ["ACCEPTED", false],
      ["PROCESSING", false],
      ["WAIT_USER_CONFIRM", true],
    ]);
  });

  it("F56 an answer that is lost: the same number is the same transfer, and pays once", async () => {
    await world.control("POST", "/faults", { endpoint: "transfer", kind: "error_after_effect" });
    expect((await transfer(claimOf("CLAIM0003"))).status).toBe(500);
    const again = await transfer(claimOf("CLAIM0003"));
    expect(again.json.state).toBe("WAIT_USER_CONFIRM");
    const other = await transfer(claimOf("CLAIM0003", { transfer_amount: 99_999 }));
    expectCode(other).toEqual([400, "INVALID_REQUEST"]);
    const list = (await world.control("GET", "/transfers?outTradeNo=CLAIM0003")).text;
    expect(JSON.parse(list)).toMatchObject([{ amountFen: 100_000, payeeNickname: "小明" }]);
  });

  it("fails OVERDUE_CLOSE a little after a day without the payee", async () => {
    await transfer(claimOf("CLAIM0004"));
    await world.advance(24 * 3_600 + 1);
    expect(await stateOf("CLAIM0004")).toBe("WAIT_USER_CONFIRM");
    expectCode(await confirm("CLAIM0004")).toEqual([409, "not_confirmable"]);
    await world.advance(60);
    expect((await query("CLAIM0004")).json).toMatchObject({
      state: "FAIL",
      fail_reason: "OVERDUE_CLOSE",
    });
    expect(listNotifies("CLAIM0004")).toMatchObject([{ content: { state: "FAIL" } }]);
  });

  it("is taken back before the payee confirmed, and not after", async () => {
    await transfer(claimOf("CLAIM0005"));
    expect((await cancel("CLAIM0005")).json.state).toBe("CANCELING");
    expect((await cancel("CLAIM0005")).json).toHaveProperty("update_time");
    expectCode(await confirm("CLAIM0005")).toEqual([409, "not_confirmable"]);
    await world.advance(2);
    expect((await cancel("CLAIM0005")).json.state).toBe("CANCELLED");
    expect(listNotifies("CLAIM0005")).toMatchObject([{ content: { state: "CANCELLED" } }]);
    await transfer(claimOf("CLAIM0006"));
    await confirm("CLAIM0006");
    expectCode(await cancel("CLAIM0006")).toEqual([400, "INVALID_REQUEST"]);
    await world.advance(2);
    expect(await stateOf("CLAIM0006")).toBe("SUCCESS");
  });
});

describe("the payee", () => {
  it("is the one the transfer names, and may refuse", async () => {
    await transfer(claimOf("CLAIM0011"));
    const stranger = await world.createPersona("路人");
    expectCode(await confirm("CLAIM0011", { openid: stranger })).toEqual([403, "payee_mismatch"]);
    expect((await confirm("CLAIM0011", { action: "refuse" })).json.state).toBe("FAIL");
    expectCode(await confirm("NEVER1")).toEqual([404, "not_found"]);
  });

  it("whose account is frozen gets nothing, and neither does another name", async () => {
    const payee = await world.createPersona("大海");
    const { publicKeyId, publicKeyPem } = world.keys;
    const encrypt = (name: string) => {
      const padding = constants.RSA_PKCS1_OAEP_PADDING;
      const key = { key: createPublicKey(publicKeyPem), padding, oaepHash: "sha1" };
      return publicEncrypt(key, Buffer.from(name)).toString("base64");
    };
    const end = async (outBillNo: string) => {
      // Encrypted twice, so the cipher texts differ: a repeat is one all the same.
      for (let times = 0; times < 2; times += 1) {
        const body = claimOf(outBillNo, { openid: payee, user_name: encrypt("王小明") });
        expect((await transfer(body, { "Wechatpay-Serial": publicKeyId })).status).toBe(200);
      }
      await confirm(outBillNo, { openid: payee });
      await world.advance(2);
      return (await query(outBillNo)).json.fail_reason ?? "SUCCESS";
    };
    const change = (body: unknown) => world.control("PATCH", `/personas/${payee}`, body);
    await change({ realName: "李大海" });
    expect(await end("CLAIM0012")).toBe("NAME_NOT_CORRECT");
    await change({ realName: "王小明", isAccountAbnormal: true });
    expect(await end("CLAIM0013")).toBe("PAYEE_ACCOUNT_ABNORMAL");
    await change({ isAccountAbnormal: false });
    expect(await end("CLAIM0014")).toBe("SUCCESS");
  });

  it("may take it in vain, when a test says why", async () => {
    await transfer(claimOf("CLAIM0015"));
    await confirm("CLAIM0015", { failReason: "TRANSFER_RISK" });
    await world.advance(2);
    expect((await query("CLAIM0015")).json.fail_reason).toBe("TRANSFER_RISK");
  });
});

describe("what is refused", () => {
  it("NOT_ENOUGH in the 运营账户; the same number succeeds once it is filled", async () => {
    const others = JSON.parse((await world.control("GET", "/transfers")).text) as {
      state: string;
      amountFen: number;
    }[];
    const spentFen = others
      .filter(({ state }) => state !== "FAIL" && state !== "CANCELLED")
      .reduce((sum, { amountFen }) => sum + amountFen, 0);
    const fill = (fen: number | null) =>
      world.control("POST", "/settings", { operationFundsFen: fen });
    await fill(spentFen + 99_999);
    const poor = await transfer(claimOf("CLAIM0021"));
    expectCode(poor).toEqual([403, "NOT_ENOUGH"]);
    expect(poor.json.message).toContain("请勿更换商户单号");
    expectCode(await query("CLAIM0021")).toEqual([404, "NOT_FOUND"]);
    await fill(spentFen + 100_000);
    expect((await transfer(claimOf("CLAIM0021"))).status).toBe(200);
    await fill(null);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ["a number with a dash", { out_bill_no: "CLAIM-1" }, "PARAM_ERROR"],
    ["an unopened scene", { transfer_scene_id: "1013" }, "INVALID_REQUEST"],
    ["no reports", { transfer_scene_report_infos: [] }, "PARAM_ERROR"],
    [
      "a report of another scene",
      { transfer_scene_report_infos: [{ info_type: "赔付原因", info_content: "x" }] },
      "PARAM_ERROR",
    ],
    [
      "a report without content",
      { transfer_scene_report_infos: [{ info_type: "x" }] },
      "PARAM_ERROR",
    ],
    ["another scene's perception", { user_recv_perception: "现金奖励" }, "PARAM_ERROR"],
    ["¥2,000 for nobody by name", { transfer_amount: 200_000 }, "PARAM_ERROR"],
    ["a stranger", { openid: "oNobody" }, "INVALID_REQUEST"],
    ["a red packet above ¥200", { user_recv_style: { type: "RED_PACKET" } }, "PARAM_ERROR"],
    ["an address with a query", { notify_url: "https://a.example/n?x=1" }, "PARAM_ERROR"],
    ["a merchant number in the body", { mchid: "1900000000" }, "PARAM_ERROR"],
  ])("%s", async (_name, more, code) => {
    const answer = await transfer(claimOf("CLAIM0031", more));
    expectCode(answer).toEqual([400, code]);
  });

  it("a name that is not encrypted to the key in the header", async () => {
    const plain = claimOf("CLAIM0032", { user_name: "王小明" });
    expectCode(await transfer(plain)).toEqual([400, "PARAM_ERROR"]);
    const answer = await transfer(plain, { "Wechatpay-Serial": world.keys.publicKeyId });
    expect(answer.json.detail).toMatchObject({ field: "/user_name" });
  });
});
