/** Fetches the daily bills: a description first, then the file it names (wechat.md §1.13). */
import { readBillFile } from "@/lib/wechat/pay/bills/bill-file";
import { WechatPayError } from "@/lib/wechat/pay/errors";
import { nullIfRefused } from "@/lib/wechat/pay/refusals";
import { assertBillDate } from "@/lib/wechat/pay/rules";
import { billDescriptionSchema } from "@/lib/wechat/pay/schemas";
import { readAnswer, type Session } from "@/lib/wechat/pay/session";
import type { SignedRequests } from "@/lib/wechat/pay/signed-requests";
import type { BillFile, WechatPay } from "@/lib/wechat/pay/types";

/** A job waits for a bill, nobody at a screen: 32 MiB at 5 Mbit/s take as long. */
const FILE_TIMEOUT_MS = 60_000;

/**
 * A row has 300 bytes, of which numbers and openids that do not compress are about a third: 20,000
 * rows are 6 MB, 2 MB when compressed. This is over 200,000 rows; more than that needs a stream.
 */
const FILE_BYTES_MAX = 32 * 1024 * 1024;

/** The two bill calls of the client. */
export function createBillDownloads(
  session: Session,
): Pick<WechatPay, "downloadTradeBill" | "downloadFundBill"> {
  return {
    async downloadTradeBill(billDate) {
      assertBillDate(billDate);
      return downloadBill(session, "describe_trade_bill", (requests) =>
        requests.tradebill({ bill_date: billDate, bill_type: "ALL", tar_type: "GZIP" }),
      );
    },

    async downloadFundBill(billDate, account) {
      assertBillDate(billDate);
      return downloadBill(session, "describe_fund_bill", (requests) =>
        requests.fundflowbill({ bill_date: billDate, account_type: account, tar_type: "GZIP" }),
      );
    },
  };
}

function downloadBill(
  session: Session,
  operation: string,
  send: (requests: SignedRequests) => Promise<{ data?: unknown }>,
): Promise<BillFile | null> {
  const getDescription = async () =>
    readAnswer(await session.call(operation, send), billDescriptionSchema);
  const fetchFile = ({ downloadUrl, sha1 }: Awaited<ReturnType<typeof getDescription>>) =>
    session.download("download_bill", {
      url: downloadUrl,
      timeoutMs: FILE_TIMEOUT_MS,
      answerBytesMax: FILE_BYTES_MAX,
      read: (answer) => readBillFile(answer, sha1),
    });

  return nullIfRefused(["NO_STATEMENT_EXIST"], async () => {
    const description = await getDescription();
    return fetchFile(description).catch(async (error) => {
      if (isAddressSpent(error)) return fetchFile(await getDescription());
      throw error;
    });
  });
}

/**
 * An address lives five minutes. 400 `INVALID_REQUEST` is the documented answer after that; which
 * other code or an empty 404 it may be is nowhere written, and asking afresh once costs nothing.
 */
function isAddressSpent(error: unknown): boolean {
  return (
    error instanceof WechatPayError &&
    error.outcome === "refused" &&
    (error.httpStatus === 400 || error.httpStatus === 404)
  );
}
