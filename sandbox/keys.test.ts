import { createPublicKey, X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { appEnvironment, createSandboxKeys, ensureSandboxKeys } from "./keys";

describe("sandbox keys", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sandbox-keys-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("look like WeChat's", () => {
    const keys = createSandboxKeys();
    expect(keys.appId).toMatch(/^wx[0-9a-f]{16}$/);
    expect(keys.appSecret).toMatch(/^[0-9a-f]{32}$/);
    expect(keys.mchId).toMatch(/^\d{10}$/);
    expect(keys.merchantSerial).toMatch(/^[1-7][0-9A-F]{39}$/);
    expect(keys.apiV3Key).toMatch(/^[0-9A-Za-z]{32}$/);
    expect(keys.publicKeyId).toMatch(/^PUB_KEY_ID_\d+$/);
  });

  it("hold certificates that Node reads: serial, name, key and signature", () => {
    const keys = createSandboxKeys();
    const merchant = new X509Certificate(keys.merchantCertificatePem);
    expect(merchant.serialNumber).toBe(keys.merchantSerial);
    expect(merchant.subject).toContain(`CN=${keys.mchId}`);
    expect(merchant.ca).toBe(false);
    const platform = new X509Certificate(keys.platformCertificatePem);
    expect(platform.serialNumber).toBe(keys.platformSerial);
    expect(platform.verify(createPublicKey(keys.platformPrivateKeyPem))).toBe(true);
    expect(Date.parse(platform.validTo)).toBeGreaterThan(Date.now() + 4 * 365 * 86_400_000);
  });

  it("are made once, readable by their owner only, and read back the next time", () => {
    const file = join(folder, "deep", "keys.json");
    const keys = ensureSandboxKeys(file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(ensureSandboxKeys(file)).toEqual(keys);
  });

  it("a file that is something else is refused, not overwritten", () => {
    const file = join(folder, "keys.json");
    writeFileSync(file, "{}");
    expect(() => ensureSandboxKeys(file)).toThrow(/not a sandbox key file/);
  });

  it("the app's environment points every WeChat address at the sandbox", () => {
    const environment = appEnvironment(createSandboxKeys(), "http://127.0.0.1:4010");
    for (const name of ["WECHAT_PAY_BASE_URL", "WECHAT_API_BASE_URL", "WECHAT_OPEN_BASE_URL"]) {
      expect(environment[name]).toBe("http://127.0.0.1:4010");
    }
    expect(environment.WECHAT_JS_SDK_URL).toBe("http://127.0.0.1:4010/open/js/jweixin-1.6.0.js");
  });
});
