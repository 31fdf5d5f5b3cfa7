import type { Sandbox } from "../../sandbox";
import { PayError } from "../errors";
import { createParamError } from "../validate";
import type { TransferBody } from "./fields";
import { TRANSFER_SCENES } from "./scenes";

/** From ¥2,000 on the payee must be named; a red packet holds at most ¥200 (wechat.md §1.14). */
const NAMED_FEN_MIN = 200_000;
const RED_PACKET_FEN_MAX = 20_000;

function assertScene(body: TransferBody): void {
  const scene = TRANSFER_SCENES[body.transfer_scene_id];
  if (!scene) throw new PayError(400, "INVALID_REQUEST", "商户未开通该转账场景");
  const reported = body.transfer_scene_report_infos.map((info) => info.info_type);
  if (reported.length === 0) {
    throw new PayError(400, "PARAM_ERROR", "需传入转账场景报备信息");
  }
  const isComplete =
    reported.length === scene.reports.length &&
    scene.reports.every((name) => reported.includes(name));
  if (!isComplete) {
    throw new PayError(400, "PARAM_ERROR", "未传入完整且对应的转账场景报备信息");
  }
  const perception = body.user_recv_perception;
  if (perception && !scene.perceptions.includes(perception)) {
    throw createParamError("/user_recv_perception", perception, "用户收款感知与转账场景不匹配");
  }
}

/** What is wrong with the request itself, whatever the state of the books. */
export function assertTransferRequest(sandbox: Sandbox, body: TransferBody): void {
  if (body.appid !== sandbox.keys.appId) {
    throw new PayError(400, "APPID_MCHID_NOT_MATCH", "appid和mch_id不匹配，请检查后再试");
  }
  if (!sandbox.state.personas.has(body.openid)) {
    throw new PayError(400, "INVALID_REQUEST", "Openid格式错误或者不属于商家公众账号");
  }
  assertScene(body);
  if (body.transfer_amount >= NAMED_FEN_MIN && !body.user_name) {
    throw createParamError("/user_name", undefined, "转账金额大于等于2000元时，收款用户姓名必填");
  }
  if (body.user_recv_style?.type === "RED_PACKET" && body.transfer_amount > RED_PACKET_FEN_MAX) {
    throw createParamError("/transfer_amount", body.transfer_amount, "红包样式的转账不能超过200元");
  }
}

/** Transfers come from the 运营账户, not from the premiums (wechat.md §1.14); failed ones give back. */
export function assertOperationFunds(sandbox: Sandbox, amountFen: number): void {
  const { operationFundsFen } = sandbox.state.settings;
  if (operationFundsFen === null) return;
  let spentFen = 0;
  for (const transfer of sandbox.state.transfers.values()) {
    if (transfer.state !== "FAIL" && transfer.state !== "CANCELLED") spentFen += transfer.amountFen;
  }
  if (spentFen + amountFen <= operationFundsFen) return;
  const message = "商户运营账户资金不足,充值后可以原单号发起重试,请勿更换商户单号";
  throw new PayError(403, "NOT_ENOUGH", message);
}
