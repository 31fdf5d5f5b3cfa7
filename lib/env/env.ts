/**
 * The only reader of `process.env`. One schema; a wrong variable stops the process at start with a
 * list of everything that is wrong, never later with a half-configured payment.
 */
import { z } from "zod";

const secretSchema = z.string().regex(/^[0-9a-f]{64}$/, "must be 32 bytes as 64 hex digits");
const pemSchema = z.string().transform((value) => value.replaceAll("\\n", "\n"));
const baseUrlSchema = z.url().transform((value) => value.replace(/\/+$/, ""));
const templateSchema = z
  .string()
  .regex(/^[\w-]{1,64}$/)
  .optional();

const environmentSchema = z
  .object({
    NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
    PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
    HOST: z.string().default("0.0.0.0"),
    PUBLIC_URL: baseUrlSchema,
    DATABASE_URL: z.string().min(1),
    /** Connections of the pool; (2 × cores) + a few. More only queue inside Postgres. */
    DATABASE_POOL_MAX: z.coerce.number().int().min(2).max(64).default(8),
    SESSION_SECRET: secretSchema,
    IDENTITY_ENCRYPTION_KEY: secretSchema,
    IDENTITY_INDEX_KEY: secretSchema,
    LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
    /** 1 when a reverse proxy that we run sets x-forwarded-for. */
    TRUST_PROXY: z.enum(["0", "1"]).default("0"),
    WECHAT_APP_ID: z.string().min(1),
    WECHAT_APP_SECRET: z.string().min(1),
    WECHAT_MCH_ID: z.string().min(1),
    WECHAT_MCH_SERIAL: z.string().min(1),
    WECHAT_MCH_PRIVATE_KEY: pemSchema,
    WECHAT_API_V3_KEY: z.string().length(32),
    WECHAT_PAY_PUBLIC_KEY_ID: z.string().optional(),
    WECHAT_PAY_PUBLIC_KEY: pemSchema.optional(),
    WECHAT_PAY_BASE_URL: baseUrlSchema.default("https://api.mch.weixin.qq.com"),
    WECHAT_API_BASE_URL: baseUrlSchema.default("https://api.weixin.qq.com"),
    WECHAT_OPEN_BASE_URL: baseUrlSchema.default("https://open.weixin.qq.com"),
    WECHAT_JS_SDK_URL: z.url().default("https://res.wx.qq.com/open/js/jweixin-1.6.0.js"),
    /** 订阅通知: a kind without its template id is simply not sent. */
    WECHAT_TEMPLATE_SUPPORTED: templateSchema,
    WECHAT_TEMPLATE_THANKED: templateSchema,
    WECHAT_TEMPLATE_MATURED: templateSchema,
    WECHAT_TEMPLATE_CLOSING: templateSchema,
    WECHAT_TEMPLATE_FULL: templateSchema,
    WECHAT_TEMPLATE_REFUNDED: templateSchema,
    /** Set only with the sandbox: the app then follows the sandbox's clock. */
    WECHAT_SANDBOX_URL: baseUrlSchema.optional(),
    INSURER_NAME: z.string().default("示例人寿保险有限公司"),
    INSURER_LICENCE_NO: z.string().default("演示-000000"),
    INSURER_PRODUCT_NAME: z.string().default("微互助一年期防癌疾病保险（互联网专属）"),
    INSURER_FILING_NO: z.string().default("演示备案-2026-0001"),
    INSURER_HOTLINE: z.string().default("400-000-0000"),
    INSURER_COMPLAINT_EMAIL: z.string().default("complaints@example.invalid"),
    INSURER_ADDRESS: z.string().default("示例市示例区示例路 1 号"),
    INSURER_SOLVENCY: z.string().default("演示数据：综合偿付能力充足率 200%（2026 年第三季度）"),
    INSURER_CLAIMS_RATIO: z.string().default("演示数据：综合赔付率 60%（2026 年上半年）"),
    INSURER_IS_DEMONSTRATION: z.enum(["0", "1"]).default("1"),
  })
  .superRefine((value, context) => {
    if (Boolean(value.WECHAT_PAY_PUBLIC_KEY_ID) !== Boolean(value.WECHAT_PAY_PUBLIC_KEY)) {
      context.addIssue({
        code: "custom",
        path: ["WECHAT_PAY_PUBLIC_KEY"],
        message: "WECHAT_PAY_PUBLIC_KEY_ID and WECHAT_PAY_PUBLIC_KEY come together",
      });
    }
    const { SESSION_SECRET, IDENTITY_ENCRYPTION_KEY, IDENTITY_INDEX_KEY } = value;
    if (new Set([SESSION_SECRET, IDENTITY_ENCRYPTION_KEY, IDENTITY_INDEX_KEY]).size < 3) {
      context.addIssue({
        code: "custom",
        path: ["IDENTITY_INDEX_KEY"],
        message: "the three secrets must differ: a leak of one must not open another",
      });
    }
  });

export type Environment = z.infer<typeof environmentSchema>;

/** Parses any record of strings. @throws Error naming every wrong variable, never its value. */
export function parseEnvironment(source: Record<string, string | undefined>): Environment {
  const result = environmentSchema.safeParse(source);
  const lines = result.success
    ? realInsurerErrors(source, result.data)
    : result.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  if (result.success && lines.length === 0) return result.data;
  throw new Error(`Wrong environment (see .env.example):\n${lines.join("\n")}`);
}

/** An invented insurer's name, number or hotline must never stand beside a real sale (R53). */
function realInsurerErrors(
  source: Record<string, string | undefined>,
  value: Environment,
): string[] {
  if (value.INSURER_IS_DEMONSTRATION === "1") return [];
  const invented = Object.keys(value)
    .filter((name) => name.startsWith("INSURER_") && !source[name])
    .map((name) => `  ${name}: must be set when INSURER_IS_DEMONSTRATION=0`);
  if (!value.PUBLIC_URL.startsWith("https://")) invented.push("  PUBLIC_URL: must be https");
  if (value.WECHAT_SANDBOX_URL) invented.push("  WECHAT_SANDBOX_URL: must be unset");
  return invented;
}

let cached: Environment | undefined;

/** This process's environment, parsed once. */
export function environment(): Environment {
  cached ??= parseEnvironment(process.env);
  return cached;
}
