import { describe, expect, test } from "vitest";
import { isDatabaseUnavailable, isStaleDecision, isUniqueViolation } from "./errors";

const sqlError = (code: string, constraint?: string) =>
  Object.assign(new Error("from Postgres"), { code, constraint });

test("a unique violation is the named index's and no other's", () => {
  expect(isUniqueViolation(sqlError("23505", "orders_one_live_gift"), "orders_one_live_gift")).toBe(
    true,
  );
  expect(isUniqueViolation(sqlError("23505", "orders_pkey"), "orders_one_live_gift")).toBe(false);
  expect(isUniqueViolation(sqlError("23514", "orders_one_live_gift"), "orders_one_live_gift")).toBe(
    false,
  );
});

describe("deciding again can help", () => {
  test.each([
    ["our own word for a changed row", "WH001", true],
    ["a serialisation failure", "40001", true],
    ["a deadlock", "40P01", true],
    ["a broken constraint", "23514", false],
    ["a syntax error", "42601", false],
    ["a lost connection", "08006", false],
  ])("%s", (_label, code, expected) => expect(isStaleDecision(sqlError(code))).toBe(expected));
});

describe("Postgres is away", () => {
  test.each([
    ["refused connection", sqlError("ECONNREFUSED")],
    ["reset connection", sqlError("ECONNRESET")],
    ["connection failure", sqlError("08006")],
    ["too many connections", sqlError("53300")],
    ["disk full", sqlError("53100")],
    ["shutting down", sqlError("57P01")],
    ["starting up", sqlError("57P03")],
    ["statement time-out", sqlError("57014")],
    ["lock time-out", sqlError("55P03")],
    ["Prisma cannot reach it", sqlError("P1001")],
    ["no free connection", new Error("timeout exceeded when trying to connect")],
    ["a silent connection", new Error("Query read timeout")],
    ["a cut connection", new Error("Connection terminated unexpectedly")],
    [
      "a connection lost between two statements of a transaction",
      new Error("Client has encountered a connection error and is not queryable"),
    ],
  ])("%s", (_label, error) => expect(isDatabaseUnavailable(error)).toBe(true));

  test.each([
    ["a broken constraint", sqlError("23505", "x")],
    ["a bug", new TypeError("x is not a function")],
    ["our own refusal", sqlError("WH001")],
    ["nothing", null],
    ["a text", "ECONNREFUSED"],
  ])("not: %s", (_label, error) => expect(isDatabaseUnavailable(error)).toBe(false));
});
