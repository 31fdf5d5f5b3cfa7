/** Every call of the API once: what goes in, what comes out, which refusals it promises. */
import { z } from "zod";
import { createContributionSchema } from "@/lib/contributions/contract";
import type { ErrorCode } from "@/lib/errors/errors";
import { meSchema } from "@/lib/identity/contract";
import { noticesSchema, readNoticesSchema } from "@/lib/notices/contract";
import { orderSchema, payableOrderEnvelopeSchema } from "@/lib/payments/contract";
import { planSchema } from "@/lib/plans/contract";
import {
  applicationSchema,
  createApplicationSchema,
  diagnosisPreviewRequestSchema,
  diagnosisPreviewSchema,
  diagnosisReportRequestSchema,
  diagnosisReportSchema,
  publicPolicySchema,
  refusedUnitSchema,
  refuseUnitSchema,
  supportersSchema,
  surrenderedSchema,
  surrenderPreviewSchema,
  surrenderRequestSchema,
} from "@/lib/policies/contract";
import { storySchema } from "@/lib/yuan/contract";

export interface Operation {
  method: "get" | "post";
  path: string;
  summary: string;
  auth: "none" | "optional" | "viewer";
  query?: readonly string[];
  isIdempotent?: boolean;
  body?: z.ZodType;
  /** Success: a JSON body, or a status without one. */
  success: { status: number; schema?: z.ZodType };
  errors: readonly ErrorCode[];
}

const healthSchema = z.object({
  status: z.enum(["ok", "degraded"]),
  database: z.enum(["ok", "unavailable"]),
  version: z.string(),
});
const jsConfigSchema = z.object({
  appId: z.string(),
  timestamp: z.int(),
  nonceStr: z.string(),
  signature: z.string(),
});

const VIEWER_ERRORS = ["forbidden_origin", "not_authenticated"] as const;
const BODY_ERRORS = [
  "malformed_body",
  "body_too_large",
  "unsupported_media_type",
  "invalid_input",
] as const;

export const OPERATIONS: readonly Operation[] = [
  {
    method: "get",
    path: "/api/health",
    summary: "Is this process alive and does its database answer",
    auth: "none",
    success: { status: 200, schema: healthSchema },
    errors: ["unavailable"],
  },
  {
    method: "get",
    path: "/api/auth/wechat",
    summary: "Sends the browser to WeChat's silent sign-in and back to `next`",
    auth: "none",
    query: ["next", "relogin", "profile"],
    success: { status: 302 },
    errors: ["rate_limited"],
  },
  {
    method: "get",
    path: "/api/auth/wechat/callback",
    summary: "WeChat sends the browser back here; sets the session cookie",
    auth: "none",
    query: ["code", "state"],
    success: { status: 302 },
    errors: ["rate_limited"],
  },
  {
    method: "post",
    path: "/api/auth/logout",
    summary: "Ends this browser's session",
    auth: "optional",
    success: { status: 204 },
    errors: ["forbidden_origin"],
  },
  {
    method: "post",
    path: "/api/locale",
    summary: "Remembers the language of this browser (form fields lang, next)",
    auth: "optional",
    success: { status: 303 },
    errors: ["forbidden_origin"],
  },
  {
    method: "get",
    path: "/api/me",
    summary: "The signed-in person and his policies",
    auth: "viewer",
    success: { status: 200, schema: meSchema },
    errors: ["not_authenticated"],
  },
  {
    method: "get",
    path: "/api/me/notices",
    summary: "What the signed-in person has been told about money and policies",
    auth: "viewer",
    success: { status: 200, schema: noticesSchema },
    errors: ["not_authenticated"],
  },
  {
    method: "post",
    path: "/api/me/notices/read",
    summary: "Marks notices as seen; asking twice changes nothing",
    auth: "viewer",
    body: readNoticesSchema,
    success: { status: 204 },
    errors: [...VIEWER_ERRORS, ...BODY_ERRORS],
  },
  {
    method: "get",
    path: "/api/plans/current",
    summary: "The plan sold today, its health questions and documents",
    auth: "none",
    success: { status: 200, schema: planSchema },
    errors: [],
  },
  {
    method: "post",
    path: "/api/applications",
    summary: "Apply for one's own policy and get unit 1's order",
    auth: "viewer",
    isIdempotent: true,
    body: createApplicationSchema,
    success: { status: 201, schema: applicationSchema },
    errors: [
      ...VIEWER_ERRORS,
      ...BODY_ERRORS,
      "rate_limited",
      "idempotency_mismatch",
      "documents_outdated",
      "age_out_of_range",
      "health_declined",
      "already_insured",
      "provider_unavailable",
    ],
  },
  {
    method: "get",
    path: "/api/policies/{code}",
    summary: "The public state of a policy and what this viewer may do",
    auth: "optional",
    success: { status: 200, schema: publicPolicySchema },
    errors: ["not_found", "rate_limited"],
  },
  {
    method: "get",
    path: "/api/policies/{code}/supporters",
    summary: "Who supported; for the insured only",
    auth: "viewer",
    success: { status: 200, schema: supportersSchema },
    errors: ["not_authenticated", "not_found"],
  },
  {
    method: "post",
    path: "/api/policies/{code}/contributions",
    summary: "Order one unit for a friend's policy",
    auth: "viewer",
    isIdempotent: true,
    body: createContributionSchema,
    success: { status: 201, schema: payableOrderEnvelopeSchema },
    errors: [
      ...VIEWER_ERRORS,
      ...BODY_ERRORS,
      "rate_limited",
      "not_found",
      "idempotency_mismatch",
      "own_policy",
      "already_supported",
      "policy_not_open",
      "collecting_closed",
      "cap_reached",
      "daily_limit_reached",
      "provider_unavailable",
    ],
  },
  {
    method: "post",
    path: "/api/policies/{code}/units/{seq}/refusal",
    summary: "Decline a friend's unit before it takes effect; for the insured only",
    auth: "viewer",
    body: refuseUnitSchema,
    success: { status: 200, schema: refusedUnitSchema },
    errors: [
      ...VIEWER_ERRORS,
      ...BODY_ERRORS,
      "rate_limited",
      "not_found",
      "not_settled",
      "base_unit_ends_policy",
      "unit_in_effect",
    ],
  },
  {
    method: "get",
    path: "/api/policies/{code}/surrender",
    summary: "What would go back if the policy ended now; for the insured only",
    auth: "viewer",
    success: { status: 200, schema: surrenderPreviewSchema },
    errors: ["not_authenticated", "not_found", "policy_not_open"],
  },
  {
    method: "post",
    path: "/api/policies/{code}/surrender",
    summary: "End the policy for the reason and the sum that were seen; for the insured only",
    auth: "viewer",
    body: surrenderRequestSchema,
    success: { status: 200, schema: surrenderedSchema },
    errors: [
      ...VIEWER_ERRORS,
      ...BODY_ERRORS,
      "rate_limited",
      "not_found",
      "policy_not_open",
      "quote_changed",
    ],
  },
  {
    method: "post",
    path: "/api/policies/{code}/diagnosis/preview",
    summary: "What reporting a diagnosis of that day would do; for the insured only",
    auth: "viewer",
    body: diagnosisPreviewRequestSchema,
    success: { status: 200, schema: diagnosisPreviewSchema },
    errors: [...VIEWER_ERRORS, ...BODY_ERRORS, "rate_limited", "not_found", "policy_not_open"],
  },
  {
    method: "post",
    path: "/api/policies/{code}/diagnosis",
    summary:
      "Report a diagnosis: premiums return in the waiting period, later it is kept for a claim",
    auth: "viewer",
    body: diagnosisReportRequestSchema,
    success: { status: 200, schema: diagnosisReportSchema },
    errors: [
      ...VIEWER_ERRORS,
      ...BODY_ERRORS,
      "rate_limited",
      "not_found",
      "policy_not_open",
      "quote_changed",
    ],
  },
  {
    method: "get",
    path: "/api/orders/{outTradeNo}",
    summary: "Where one yuan is; for its payer only",
    auth: "viewer",
    success: { status: 200, schema: orderSchema },
    errors: ["not_authenticated", "not_found"],
  },
  {
    method: "post",
    path: "/api/orders/{outTradeNo}/cashier",
    summary: "Fresh cashier parameters for an unpaid order; for its payer only",
    auth: "viewer",
    success: { status: 200, schema: payableOrderEnvelopeSchema },
    errors: [...VIEWER_ERRORS, "not_found", "order_closed", "rate_limited", "provider_unavailable"],
  },
  {
    method: "post",
    path: "/api/orders/{outTradeNo}/sync",
    summary: "Ask WeChat about an undecided order; for its payer only",
    auth: "viewer",
    success: { status: 200, schema: orderSchema },
    errors: [...VIEWER_ERRORS, "not_found", "rate_limited", "provider_unavailable"],
  },
  {
    method: "post",
    path: "/api/orders/{outTradeNo}/withdrawal",
    summary: "Take a gift back before it takes effect; for its payer only",
    auth: "viewer",
    success: { status: 200, schema: orderSchema },
    errors: [
      ...VIEWER_ERRORS,
      "not_found",
      "not_settled",
      "base_unit_ends_policy",
      "unit_in_effect",
      "rate_limited",
    ],
  },
  {
    method: "post",
    path: "/api/wechat/pay/notify",
    summary: "WeChat Pay tells of a payment or a refund; 204 means committed",
    auth: "none",
    success: { status: 204 },
    errors: ["body_too_large", "signature_invalid", "unavailable"],
  },
  {
    method: "get",
    path: "/api/wechat/js-config",
    summary: "Parameters of wx.config for one of our own pages",
    auth: "none",
    query: ["url"],
    success: { status: 200, schema: jsConfigSchema },
    errors: ["invalid_input", "rate_limited"],
  },
  {
    method: "get",
    path: "/api/openapi.json",
    summary: "This document",
    auth: "none",
    success: { status: 200, schema: z.object({}).loose() },
    errors: [],
  },
  {
    method: "get",
    path: "/api/orders/{outTradeNo}/story",
    summary: "Every step of one yuan with its time and numbers; for its payer only",
    auth: "viewer",
    success: { status: 200, schema: storySchema },
    errors: ["not_authenticated", "not_found"],
  },
];
