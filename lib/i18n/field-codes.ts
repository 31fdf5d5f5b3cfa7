import { ERROR_CODES, type ErrorCode, type FieldError } from "@/lib/errors/errors";

/** What a field of the application can be told; the id_ codes are pricing's (R1). */
export const FIELD_CODES = [
  "required",
  "name_too_short",
  "name_too_long",
  "name_characters",
  "id_format",
  "id_birth_date",
  "id_checksum",
  "age_too_young",
  "age_too_old",
  "phone_format",
  "invalid",
] as const;
export type FieldCode = (typeof FIELD_CODES)[number];

export function isErrorCode(code: unknown): code is ErrorCode {
  return ERROR_CODES.includes(code as ErrorCode);
}

/**
 * The field code of one entry of a problem's `invalid_params`. The server names zod's own codes for
 * shapes (`too_small`, `invalid_format`), which mean different things in different fields.
 */
export function decideFieldCode(field: Pick<FieldError, "name" | "code">): FieldCode {
  if (FIELD_CODES.includes(field.code as FieldCode)) return field.code as FieldCode;
  if (field.name === "phone") return "phone_format";
  if (field.name === "idNumber") return "id_format";
  if (field.name === "name") {
    if (field.code === "too_small") return "name_too_short";
    if (field.code === "too_big") return "name_too_long";
    return "name_characters";
  }
  return "invalid";
}
