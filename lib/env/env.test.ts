import { describe, expect, test } from "vitest";
import { parseEnvironment } from "./env";

const SECRET = "5".repeat(64);

const honest: Record<string, string> = {
  PUBLIC_URL: "https://weihuzhu.example/",
  DATABASE_URL: "postgresql://u:p@db/weihuzhu",
  SESSION_SECRET: "a".repeat(64),
  IDENTITY_ENCRYPTION_KEY: "b".repeat(64),
  IDENTITY_INDEX_KEY: "c".repeat(64),
  WECHAT_APP_ID: "wx1",
  WECHAT_APP_SECRET: "secret",
  WECHAT_MCH_ID: "1900000000",
  WECHAT_MCH_SERIAL: "A1",
  WECHAT_MCH_PRIVATE_KEY: "-----BEGIN\\nKEY",
  WECHAT_API_V3_KEY: "k".repeat(32),
};

describe("an honest environment", () => {
  test("is filled up with production's WeChat and safe defaults", () => {
    expect(parseEnvironment(honest)).toMatchObject({
      NODE_ENV: "development",
      PORT: 3000,
      DATABASE_POOL_MAX: 8,
      TRUST_PROXY: "0",
      WECHAT_PAY_BASE_URL: "https://api.mch.weixin.qq.com",
      WECHAT_API_BASE_URL: "https://api.weixin.qq.com",
      WECHAT_OPEN_BASE_URL: "https://open.weixin.qq.com",
      INSURER_IS_DEMONSTRATION: "1",
    });
    expect(parseEnvironment(honest).WECHAT_SANDBOX_URL).toBeUndefined();
  });

  test("keeps base URLs without a slash at the end and keys with their lines", () => {
    const env = parseEnvironment(honest);
    expect(env.PUBLIC_URL).toBe("https://weihuzhu.example");
    expect(env.WECHAT_MCH_PRIVATE_KEY).toBe("-----BEGIN\nKEY");
  });
});

describe("a wrong one stops the process and names the variable, never its value", () => {
  test.each<[label: string, overrides: Record<string, string | undefined>, named: string]>([
    ["no database", { DATABASE_URL: undefined }, "DATABASE_URL"],
    ["a public address that is none", { PUBLIC_URL: "weihuzhu" }, "PUBLIC_URL"],
    ["a secret too short", { SESSION_SECRET: SECRET.slice(1) }, "SESSION_SECRET"],
    ["a secret that is not hex", { IDENTITY_INDEX_KEY: "g".repeat(64) }, "IDENTITY_INDEX_KEY"],
    [
      "the two identity keys alike",
      { IDENTITY_INDEX_KEY: honest.IDENTITY_ENCRYPTION_KEY },
      "IDENTITY_INDEX_KEY",
    ],
    ["an APIv3 key of 31", { WECHAT_API_V3_KEY: "k".repeat(31) }, "WECHAT_API_V3_KEY"],
    ["a public key without its id", { WECHAT_PAY_PUBLIC_KEY: "pem" }, "WECHAT_PAY_PUBLIC_KEY"],
    [
      "an id without its public key",
      { WECHAT_PAY_PUBLIC_KEY_ID: "PUB_KEY_ID_1" },
      "WECHAT_PAY_PUBLIC_KEY",
    ],
    ["a port too high", { PORT: "65536" }, "PORT"],
    ["a port that is no number", { PORT: "three thousand" }, "PORT"],
    ["a pool of one", { DATABASE_POOL_MAX: "1" }, "DATABASE_POOL_MAX"],
    ["a pool for a city", { DATABASE_POOL_MAX: "1000" }, "DATABASE_POOL_MAX"],
    ["a log level of one's own", { LOG_LEVEL: "loud" }, "LOG_LEVEL"],
    ["a proxy that is trusted a bit", { TRUST_PROXY: "maybe" }, "TRUST_PROXY"],
  ])("%s", (_label, overrides, named) => {
    const parse = () => parseEnvironment({ ...honest, ...overrides });
    expect(parse).toThrow(new RegExp(`^  ${named}: `, "m"));
    for (const value of Object.values(overrides)) {
      if (value && value.length > 8) expect(parse).not.toThrow(value);
    }
  });

  test("everything that is wrong is named at once", () => {
    expect(() => parseEnvironment({})).toThrow(
      /DATABASE_URL[\s\S]*SESSION_SECRET[\s\S]*WECHAT_APP_ID/,
    );
  });
});

describe("a real insurer (R53)", () => {
  const real = { ...honest, INSURER_IS_DEMONSTRATION: "0" };
  const insurer = {
    INSURER_NAME: "真实人寿",
    INSURER_LICENCE_NO: "1",
    INSURER_PRODUCT_NAME: "产品",
    INSURER_FILING_NO: "2",
    INSURER_HOTLINE: "3",
    INSURER_COMPLAINT_EMAIL: "a@b.example",
    INSURER_ADDRESS: "4",
    INSURER_SOLVENCY: "5",
    INSURER_CLAIMS_RATIO: "6",
  };

  test("brings every fact itself", () => {
    expect(parseEnvironment({ ...real, ...insurer }).INSURER_NAME).toBe("真实人寿");
    expect(() => parseEnvironment(real)).toThrow(/INSURER_HOTLINE/);
  });

  test("never sells over http or with the sandbox", () => {
    const open = { ...real, ...insurer, PUBLIC_URL: "http://weihuzhu.example" };
    expect(() => parseEnvironment(open)).toThrow(/PUBLIC_URL/);
    const toy = { ...real, ...insurer, WECHAT_SANDBOX_URL: "http://127.0.0.1:4010" };
    expect(() => parseEnvironment(toy)).toThrow(/WECHAT_SANDBOX_URL/);
  });
});
