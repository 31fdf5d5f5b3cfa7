/** `detail` of PARAM_ERROR: a JSON pointer in the body, a name in the query (wechat.md §1.2). */
export interface PayErrorDetail {
  field: string;
  value?: unknown;
  issue: string;
  location: "body" | "query" | "url";
}

/** An error answer of the pay API. `requestIdCode` is the number that ends its `Request-ID`. */
export class PayError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly options: { detail?: PayErrorDetail; requestIdCode?: number } = {},
  ) {
    super(message);
  }
}

/** Numeric codes that support reads out of a `Request-ID` (wechat.md §1.1). */
export const REQUEST_ID_CODE = {
  ok: 0,
  orderNotExist: 268512771,
  frequencyLimited: 268447840,
  paramError: 268435461,
  alreadyPaid: 268449538,
  unknownParameter: 270924358,
  signError: 268443699,
  openidMissing: 268501013,
  parametersDiffer: 268498688,
  mchIdMismatch: 268445527,
  orderExpired: 268447914,
} as const;

/** Spellings of older documents that some merchants are still answered with (wechat.md §1.10). */
const LEGACY_CODES: Record<string, string> = {
  ORDER_NOT_EXIST: "ORDERNOTEXIST",
  ORDER_PAID: "ORDERPAID",
  ORDER_CLOSED: "ORDERCLOSED",
  NOT_ENOUGH: "NOTENOUGH",
  SYSTEM_ERROR: "SYSTEMERROR",
};

/** The JSON of an error answer. */
export function serializePayError(error: PayError, hasLegacyErrorCodes: boolean): string {
  const code = hasLegacyErrorCodes ? (LEGACY_CODES[error.code] ?? error.code) : error.code;
  const { detail } = error.options;
  return JSON.stringify(
    detail ? { code, detail, message: error.message } : { code, message: error.message },
  );
}
