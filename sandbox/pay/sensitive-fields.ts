import { decryptField } from "../crypto";
import type { Sandbox } from "../sandbox";
import { getNamedSigner } from "./sign";
import { createParamError } from "./validate";

/**
 * Opens sensitive fields of a request: encrypted to the key that `Wechatpay-Serial` names, which is
 * then mandatory (wechat.md §1.1, §1.4). Throws 400 PARAM_ERROR, with the field when it is one's fault.
 */
export function decryptFields<Name extends string>(
  sandbox: Sandbox,
  serialHeader: string | undefined,
  fields: Record<Name, string>,
): Record<Name, string> {
  const { privateKey } = getNamedSigner(sandbox, serialHeader);
  const decrypt = ([name, value]: [string, string]) => {
    try {
      return [name, decryptField(value, privateKey)];
    } catch {
      throw createParamError(`/${name}`, value, "敏感字段解密失败，请检查加密所用的公钥或证书");
    }
  };
  const entries = Object.entries(fields) as [string, string][];
  return Object.fromEntries(entries.map(decrypt)) as Record<Name, string>;
}
