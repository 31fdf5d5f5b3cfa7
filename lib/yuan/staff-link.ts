/**
 * The staff's page of one yuan opens by a link that whoever has the server's shell prints: signed,
 * for one order, for one hour. It is no session: it sets no cookie and opens nothing else.
 */
import { readToken, signToken } from "@/lib/http/signed-token";

const PURPOSE = "staff_yuan";
const LINK_SECONDS = 3_600;

export function createStaffLink(
  config: { publicUrl: string; sessionSecret: string },
  outTradeNo: string,
  now: Date,
): string {
  const expiresAt = new Date(now.getTime() + LINK_SECONDS * 1000);
  const token = signToken(config.sessionSecret, PURPOSE, outTradeNo, expiresAt);
  return `${config.publicUrl}/admin/yuan/${outTradeNo}?link=${token}`;
}

/** False for what is missing, forged, over, or made for another order. */
export function isStaffLink(
  config: { sessionSecret: string },
  { outTradeNo, token }: { outTradeNo: string; token: string | undefined },
  now: Date,
): boolean {
  return token !== undefined && readToken(config.sessionSecret, PURPOSE, token, now) === outTradeNo;
}
