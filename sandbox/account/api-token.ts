import type { Sandbox } from "../sandbox";
import { AccountError } from "./api-error";

/** Throws what every call answers to a token that is missing, not the newest, or too old. */
export function assertApiToken(sandbox: Sandbox, value: string | undefined): void {
  if (!value) throw new AccountError(41001, "access_token missing");
  const token = sandbox.state.apiTokens.find((one) => one.value === value);
  if (!token) {
    throw new AccountError(40001, "invalid credential, access_token is invalid or not latest");
  }
  if (sandbox.clock.now() >= token.expiresAtMs) {
    throw new AccountError(42001, "access_token expired");
  }
}
