import { environment } from "./env";

/** What pages may show of the configuration; nothing in it is secret. */
export interface PublicConfig {
  publicUrl: string;
  jsSdkUrl: string;
  isSandbox: boolean;
  insurer: {
    name: string;
    licenceNo: string;
    productName: string;
    filingNo: string;
    hotline: string;
    complaintEmail: string;
    address: string;
    solvency: string;
    claimsRatio: string;
    /** True marks every page as a demonstration with an invented insurer. */
    isDemonstration: boolean;
  };
}

export function publicConfig(): PublicConfig {
  const env = environment();
  return {
    publicUrl: env.PUBLIC_URL,
    jsSdkUrl: env.WECHAT_JS_SDK_URL,
    isSandbox: env.WECHAT_SANDBOX_URL !== undefined,
    insurer: {
      name: env.INSURER_NAME,
      licenceNo: env.INSURER_LICENCE_NO,
      productName: env.INSURER_PRODUCT_NAME,
      filingNo: env.INSURER_FILING_NO,
      hotline: env.INSURER_HOTLINE,
      complaintEmail: env.INSURER_COMPLAINT_EMAIL,
      address: env.INSURER_ADDRESS,
      solvency: env.INSURER_SOLVENCY,
      claimsRatio: env.INSURER_CLAIMS_RATIO,
      isDemonstration: env.INSURER_IS_DEMONSTRATION === "1",
    },
  };
}
