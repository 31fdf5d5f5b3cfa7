/** What only somebody at the server can do. */
import { createStaffLink } from "@/lib/yuan/staff-link";
import { appUrl, readNow } from "./e2e-sandbox";

/** The address that `npm run yuan -- <outTradeNo> --link` prints in this world. */
export async function staffLink(outTradeNo: string): Promise<string> {
  const sessionSecret = process.env.APP_SESSION_SECRET;
  if (!sessionSecret) throw new Error("APP_SESSION_SECRET is set where the world is started");
  return createStaffLink({ publicUrl: appUrl(), sessionSecret }, outTradeNo, await readNow());
}
