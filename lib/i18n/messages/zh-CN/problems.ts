import type { ErrorCode } from "@/lib/errors/errors";
import type { FieldCode } from "@/lib/i18n/field-codes";
import type { RefundReason } from "@/lib/payments/contract";
import type { VIEWER_REASONS } from "@/lib/policies/contract";

/** A sentence a person understands for every code; the total records keep the list complete. */
export const problems = {
  codes: {
    malformed_body: "页面发来的内容不完整，请刷新后再试。",
    body_too_large: "填写的内容太长了，请缩短后再试。",
    unsupported_media_type: "页面可能不是新版本，请刷新后再试。",
    forbidden_origin: "这个操作要在本页面里进行，请回到原来的页面再试。",
    rate_limited: "操作有些频繁，请过一分钟再试。没有产生新的扣款。",
    not_authenticated: "需要先确认你的微信身份，请再点一次按钮。",
    forbidden: "你没有权限进行这个操作。",
    not_found: "没有找到。可能链接不完整，或者它不属于你。",
    invalid_input: "有几处需要修改，请看标出的地方。",
    signature_invalid: "签名没有通过核对，这次请求没有被受理。",
    idempotency_mismatch: "内容和刚才提交的不一样，请刷新页面再试。没有产生新的扣款。",
    order_closed: "这笔订单已经关闭或已经付过，请回到页面重新看一看。没有产生新的扣款。",
    documents_outdated: "条款有了新版本，请看过再确认。没有扣款。",
    age_out_of_range: "目前只承保 18 至 49 周岁，按保单生效日计算。没有扣款。",
    health_declined: "按照健康告知，这次不能承保。没有扣款，回答也不会被保存。",
    already_insured: "这个身份证号已经有一份有效的保单，每人同时只能有一份。没有扣款。",
    own_policy: "这是你自己的保单，你的一份已经在里面了。其余的格子留给朋友。",
    already_supported: "你已经支持过这份保单了，每位朋友一份。没有再次扣款。",
    policy_not_open: "这份保单还没有生效，或已经结束，现在不能支持。没有扣款。",
    collecting_closed: "求助期已经结束，不再接受新的支持。没有扣款。",
    cap_reached: "格子已经全部点亮，不用再添了。谢谢你。没有扣款。",
    provider_unavailable: "微信支付暂时没有回应，请稍后再试。付款结果可在“我的”里查到。",
    unavailable: "系统正在维护，请稍后再试。",
    internal: "我们这边出了问题，已经记录下来。请稍后再试；付款的去向可在“我的”里查到。",
  } satisfies Record<ErrorCode, string>,
  fields: {
    required: "请填写这一项。",
    name_too_short: "请填写身份证上的完整姓名，至少两个字。",
    name_too_long: "姓名太长了，请填写身份证上的姓名，不超过 30 个字。",
    name_characters: "姓名只能有汉字、字母、空格和间隔号“·”。",
    id_format: "身份证号应为 18 位：前 17 位是数字，末位是数字或 X。",
    id_birth_date: "身份证号里的出生日期（第 7 至 14 位）不对，请对照身份证看一看。",
    id_checksum: "身份证号和末位校验码对不上，可能有一位输错了，请对照身份证看一看。",
    age_too_young: "要到保单生效那天年满 18 周岁才能投保。欢迎你到时再来。",
    age_too_old: "目前只承保到 49 周岁，你的年龄超出了范围，这次不能投保。",
    phone_format: "请填写 11 位的中国大陆手机号。",
    invalid: "这一项的内容不对，请改一改。",
  } satisfies Record<FieldCode, string>,
  refundReasons: {
    cap_reached: "付款时格子已经全部点亮",
    collecting_closed: "付款时求助期已经结束",
    policy_not_open: "付款时保单没有生效或已经结束",
    already_supported: "你之前已经支持过这份保单",
    already_insured: "投保人已经有一份有效的保单",
    amount_mismatch: "付款金额和订单不一致",
    payer_mismatch: "付款人和下单人不是同一个微信",
  } satisfies Record<RefundReason, string>,
  viewerReasons: {
    own_policy: "这是你自己的保单",
    already_supported: "你已经支持过了，谢谢你",
    policy_not_open: "这份保单现在不能支持",
    collecting_closed: "求助期已经结束",
    cap_reached: "格子已经全部点亮",
  } satisfies Record<(typeof VIEWER_REASONS)[number], string>,
  offline: "没有连上网络，请检查后再试。填写的内容还在。",
};
