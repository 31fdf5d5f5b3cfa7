/**
 * `wechatpay-node-v3` with its weak spots replaced. The package builds each request (URL, body with
 * appid and mchid, headers), the five-line string, its signature and the Authorization header; from
 * us come the nonce (its own is at most 13 characters of `Math.random`), the clock, and everything
 * behind `createHttp` (wechat.md §2 e, f, g, h).
 */
import type { KeyObject } from "node:crypto";
import WechatPayPackage from "wechatpay-node-v3";

/** The host the package writes into every URL; only path and query are signed. */
export const PACKAGE_ORIGIN = "https://api.mch.weixin.qq.com";

export interface RequestSigning {
  appId: string;
  mchId: string;
  merchantSerial: string;
  merchantPrivateKey: KeyObject;
  userAgent: string;
  now: () => Date;
  newNonce: () => string;
}

/** What the package hands to `createHttp`; it only passes our answer through. */
export type PackageHttp = Parameters<WechatPayPackage["createHttp"]>[0];

export class SignedRequests extends WechatPayPackage {
  readonly #now: () => Date;
  readonly #newNonce: () => string;

  constructor(signing: RequestSigning, http: PackageHttp) {
    super({
      appid: signing.appId,
      mchid: signing.mchId,
      serial_no: signing.merchantSerial,
      userAgent: signing.userAgent,
      // Used only to find the serial when none is given, but the constructor insists on it.
      publicKey: Buffer.from(signing.merchantSerial),
      // Typed as a PEM buffer, only ever given to `crypto.sign`. A parsed key signs three times faster.
      privateKey: signing.merchantPrivateKey as unknown as Buffer,
    });
    this.#now = signing.now;
    this.#newNonce = signing.newNonce;
    this.createHttp(http);
  }

  /**
   * The package has no abnormal refund (wechat.md §2 k).
   *
   * @param encryptionSerial names the key of the encrypted fields; null without any.
   */
  applyAbnormalRefund(
    refundId: string,
    params: Record<string, string>,
    encryptionSerial: string | null,
  ): Promise<{ data?: unknown }> {
    const url = `${PACKAGE_ORIGIN}/v3/refund/domestic/refunds/${refundId}/apply-abnormal-refund`;
    const headers = this.getHeaders(this.buildAuthorization("POST", url, params), {
      "Content-Type": "application/json",
      ...(encryptionSerial === null ? {} : { "Wechatpay-Serial": encryptionSerial }),
    });
    return this.httpService.post(url, params, headers);
  }

  /** Value of `Authorization` for a request without body. */
  authorizationForGet(path: string): string {
    return this.buildAuthorization("GET", PACKAGE_ORIGIN + path);
  }

  protected override buildAuthorization(
    method: string,
    url: string,
    params?: Record<string, unknown>,
  ): string {
    const timestamp = String(Math.floor(this.#now().getTime() / 1000));
    const nonce = this.#newNonce();
    const path = url.slice(PACKAGE_ORIGIN.length);
    const signature = this.getSignature(method, nonce, timestamp, path, params);
    return this.getAuthorization(nonce, timestamp, signature);
  }
}
