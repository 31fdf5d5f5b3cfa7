import { describe, expect, it } from "vitest";
import { splitDownloadUrl } from "./download-address";

const MAIN = "https://api.mch.weixin.qq.com";
const BACKUP = "https://api2.mch.weixin.qq.com";

describe("WeChat's two hosts are one API (wechat.md §1.1)", () => {
  it.each([
    [MAIN, MAIN],
    [MAIN, BACKUP],
    [BACKUP, MAIN],
  ])("a client of %s may fetch from %s", (base, origin) => {
    const path = "/v3/billdownload/file?token=a|b%2F";
    expect(splitDownloadUrl(origin + path, base)).toEqual({ origin, path });
  });

  it.each([
    "http://api.mch.weixin.qq.com/v3/billdownload/file",
    "https://api3.mch.weixin.qq.com/v3/billdownload/file",
    "https://api.mch.weixin.qq.com:8443/v3/billdownload/file",
    "https://API.mch.weixin.qq.com/v3/billdownload/file",
    "https://api.mch.weixin.qq.com",
    "//api.mch.weixin.qq.com/v3",
  ])("but not %s", (url) => {
    expect(() => splitDownloadUrl(url, MAIN)).toThrow("not on its own host");
  });

  it("a client of the sandbox sends nothing to production", () => {
    expect(() => splitDownloadUrl(`${MAIN}/v3`, "http://127.0.0.1:4010")).toThrow();
  });
});
