/** Rows of `idempotency_keys`: written once, with an order or with a refusal, and never changed. */
import type { Database } from "@/lib/db/database";
import { isStaleDecision, isUniqueViolation } from "@/lib/db/errors";
import type { DomainError, ErrorCode, FieldError } from "@/lib/errors/errors";
import type { Fingerprint } from "./rules";

/** A request that creates an order, as its key remembers it. */
export interface KeyedRequest {
  payerId: string;
  key: string;
  purpose: "application" | "contribution";
  fingerprint: Fingerprint;
}

export interface StoredFailure {
  code: ErrorCode;
  fields: readonly FieldError[];
  retryAfterSeconds: number | null;
}

export interface StoredKey {
  purpose: KeyedRequest["purpose"];
  fingerprint: Fingerprint;
  /** Null when the key has an order. */
  failure: StoredFailure | null;
}

const KEY_OF_PAYER = {
  name: "key_of_payer",
  text: "SELECT purpose, fingerprint, failure FROM idempotency_keys WHERE payer_id = $1 AND key = $2",
};
const REMEMBER_KEY = {
  name: "remember_key",
  text: `INSERT INTO idempotency_keys (payer_id, key, purpose, fingerprint, order_id, failure, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (payer_id, key) DO NOTHING RETURNING key`,
};

/** The unique indexes that refuse what a faster request of the same person has just written. */
const RACED_INDEXES = ["idempotency_keys_pkey", "orders_one_live_gift", "orders_one_live_first"];

export async function findKey(
  db: Database,
  { payerId, key }: Pick<KeyedRequest, "payerId" | "key">,
): Promise<StoredKey | null> {
  return (await db.query<StoredKey>(KEY_OF_PAYER, [payerId, key]))[0] ?? null;
}

/**
 * Keeps what the key is answered with from now on: an order that it joins, or a refusal.
 *
 * @returns false when the key has got an answer in the meantime, which then is the one.
 */
export async function rememberKey(
  db: Database,
  request: KeyedRequest,
  answer: { orderId: string } | { refusal: DomainError },
  now: Date,
): Promise<boolean> {
  const rows = await db.query(REMEMBER_KEY, [
    request.payerId,
    request.key,
    request.purpose,
    JSON.stringify(request.fingerprint),
    "orderId" in answer ? answer.orderId : null,
    "refusal" in answer ? JSON.stringify(failureOf(answer.refusal)) : null,
    now,
  ]);
  return rows.length > 0;
}

/**
 * For a statement that stores a key with its order.
 *
 * @returns null when somebody was faster: nothing was written, and the next look finds what he wrote.
 */
export async function orNullWhenLost<Row>(write: Promise<Row[]>): Promise<Row[] | null> {
  try {
    return await write;
  } catch (error) {
    const isRaced = RACED_INDEXES.some((index) => isUniqueViolation(error, index));
    if (isRaced || isStaleDecision(error)) return null;
    throw error;
  }
}

function failureOf({ code, fields, retryAfterSeconds }: DomainError): StoredFailure {
  return { code, fields, retryAfterSeconds };
}
