/**
 * The door to Postgres. Bounded reads go through Prisma's models; the money path goes through
 * named prepared statements on the same pool, because it is measured in round trips.
 */
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "./generated/client";

export interface Database {
  prisma: PrismaClient;
  /** Runs one named prepared statement and returns its rows. The name must be unique to the text. */
  query<Row>(statement: Statement, values: readonly unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

export interface Statement {
  name: string;
  text: string;
}

// Instants stay Date; a calendar date is text, because a Date would drag a time zone in.
const CALENDAR_DATE_OID = 1082;
const types = {
  getTypeParser: ((oid: number, format?: "text" | "binary") =>
    oid === CALENDAR_DATE_OID
      ? (value: string) => value
      : pg.types.getTypeParser(oid, format as "text")) as typeof pg.types.getTypeParser,
};

export function createDatabase(databaseUrl: string, poolMax: number): Database {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: poolMax,
    // Two seconds without a connection is an overloaded database: say so instead of queueing.
    connectionTimeoutMillis: 2_000,
    idleTimeoutMillis: 30_000,
    // No statement of ours is slower than 3 s in health, and none waits longer than that for a
    // lock; an abandoned transaction frees its locks after 5 s.
    statement_timeout: 3_000,
    lock_timeout: 3_000,
    idle_in_transaction_session_timeout: 5_000,
    types,
  });
  // An idle connection that Postgres drops (a restart) emits here; the next query reconnects.
  pool.on("error", () => undefined);
  const prisma = new PrismaClient({
    adapter: new PrismaPg({
      connectionString: databaseUrl,
      max: 4,
      connectionTimeoutMillis: 2_000,
      statement_timeout: 3_000,
    }),
  });
  return {
    prisma,
    async query<Row>(statement: Statement, values: readonly unknown[]) {
      const result = await pool.query({
        name: statement.name,
        text: statement.text,
        values: [...values],
      });
      return result.rows as Row[];
    },
    async close() {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}
