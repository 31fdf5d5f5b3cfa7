import { X509Certificate } from "node:crypto";
import { encryptResource } from "../crypto";
import type { Sandbox } from "../sandbox";
import { formatRfc3339 } from "../time";
import { PayError } from "./errors";
import { listPlatformCertificates } from "./platform-certificates";

/**
 * The list of platform certificates, encrypted with the APIv3 key (wechat.md §1.4). Merchants of
 * today have none: they are told to use the public key.
 */
export function listCertificates(sandbox: Sandbox): Record<string, unknown> {
  if (sandbox.state.settings.keyMode === "public_key") {
    const message = "无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥。";
    throw new PayError(404, "RESOURCE_NOT_EXISTS", message);
  }
  const { apiV3Key } = sandbox.keys;
  const data = listPlatformCertificates(sandbox).map(({ serial, certificatePem }) => {
    const certificate = new X509Certificate(certificatePem);
    return {
      serial_no: serial,
      effective_time: formatRfc3339(Date.parse(certificate.validFrom)),
      expire_time: formatRfc3339(Date.parse(certificate.validTo)),
      encrypt_certificate: encryptResource(certificatePem, "certificate", apiV3Key),
    };
  });
  return { data };
}
