import { X509Certificate } from "node:crypto";
import { encryptResource } from "../crypto";
import type { Sandbox } from "../sandbox";
import { formatRfc3339 } from "../time";
import { PayError } from "./errors";

/**
 * The list of platform certificates, encrypted with the APIv3 key (wechat.md §1.4). Merchants of
 * today have none: they are told to use the public key.
 */
export function listCertificates(sandbox: Sandbox): Record<string, unknown> {
  if (sandbox.state.settings.keyMode === "public_key") {
    const message = "无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥。";
    throw new PayError(404, "RESOURCE_NOT_EXISTS", message);
  }
  const { platformCertificatePem, platformSerial, apiV3Key } = sandbox.keys;
  const certificate = new X509Certificate(platformCertificatePem);
  return {
    data: [
      {
        serial_no: platformSerial,
        effective_time: formatRfc3339(Date.parse(certificate.validFrom)),
        expire_time: formatRfc3339(Date.parse(certificate.validTo)),
        encrypt_certificate: encryptResource(platformCertificatePem, "certificate", apiV3Key),
      },
    ],
  };
}
