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
  /** Runs statements on one connection, all or nothing. No call to the outside belongs in `work`. */
  transaction<Result>(work: (query: Database["query"]) => Promise<Result>): Promise<Result>;
  /** Connections of their own for a library that brings its own SQL; whoever opens them ends them. */
  openPool(sizeMax: number): pg.Pool;
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

/** No statement of the product is slower than this in health. */
const STATEMENT_TIMEOUT_MS = 3_000;

/**
 * Longer than any statement may take, and shorter than the five seconds that WeChat waits for the
 * answer to a notification (F11). It ends what Postgres itself cannot end: a connection that is open
 * and silent, because the network or the machine behind it is gone without a word.
 */
const SILENCE_TIMEOUT_MS = 4_000;

/** @param statementTimeoutMs 0 for no time-outs: only for tools that read everything, as the audit. */
export function createDatabase(
  databaseUrl: string,
  poolMax: number,
  statementTimeoutMs = STATEMENT_TIMEOUT_MS,
): Database {
  const silenceTimeoutMs = statementTimeoutMs === 0 ? 0 : SILENCE_TIMEOUT_MS;
  const openPool = (sizeMax: number) => {
    const pool = new pg.Pool({ ...poolOptions, max: sizeMax });
    // A connection that Postgres drops (a restart) says so here when it is idle, and itself when it is
    // checked out and between two statements: unheard, that would end the process. Whoever uses it
    // next gets the error.
    pool.on("error", () => undefined);
    pool.on("connect", (client) => client.on("error", () => undefined));
    return pool;
  };
  const poolOptions: pg.PoolConfig = {
    connectionString: databaseUrl,
    // Two seconds without a connection is an overloaded database: say so instead of queueing.
    connectionTimeoutMillis: 2_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: statementTimeoutMs,
    // Locks are held for milliseconds; an abandoned transaction frees its own after 5 s.
    lock_timeout: 3_000,
    idle_in_transaction_session_timeout: 5_000,
    query_timeout: silenceTimeoutMs,
    types,
  };
  const pool = openPool(poolMax);
  const prisma = new PrismaClient({
    adapter: new PrismaPg({
      connectionString: databaseUrl,
      max: 4,
      connectionTimeoutMillis: 2_000,
      statement_timeout: statementTimeoutMs,
      query_timeout: silenceTimeoutMs,
    }),
  });
  return {
    prisma,
    query: (statement, values) => runOn(pool, statement, values),
    openPool,
    async transaction(work) {
      const client = await pool.connect();
      try {
        await client.query("BEGIN");
        const result = await work((statement, values) => runOn(client, statement, values));
        await client.query("COMMIT");
        client.release();
        return result;
      } catch (error) {
        // A connection in an unknown state is thrown away: Postgres rolls back what was open on it.
        client.release(true);
        throw error;
      }
    },
    async close() {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

async function runOn<Row>(
  connection: pg.Pool | pg.PoolClient,
  { name, text }: Statement,
  values: readonly unknown[],
): Promise<Row[]> {
  const result = await connection.query({ name, text, values: [...values] });
  return result.rows as Row[];
}
