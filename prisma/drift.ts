import { randomBytes } from "node:crypto";
import pg from "pg";
import { diffSchema, readSchema, schemaFolder } from "./schema-engine";

// The WebAssembly engine cannot introspect, so drift is found by comparing two catalogs: the
// migrated database, and a scratch database built from the Prisma schema alone.

/** What Postgres itself says of a database, as comparable lines grouped by kind. */
type Catalog = { columns: string[]; enums: string[]; keys: string[]; indexes: string[] };

const CATALOG_QUERIES: Record<keyof Catalog, string> = {
  columns: `
    SELECT format('column %I.%I %s %s default %s', c.relname, a.attname,
                  format_type(a.atttypid, a.atttypmod),
                  CASE WHEN a.attnotnull THEN 'not null' ELSE 'null' END,
                  coalesce(pg_get_expr(d.adbin, d.adrelid), 'none')) AS line
    FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
      AND c.relname <> '_prisma_migrations'`,
  enums: `
    SELECT format('enum %I (%s)', t.typname,
                  string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder)) AS line
    FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid
    WHERE t.typnamespace = 'public'::regnamespace GROUP BY t.typname`,
  keys: `
    SELECT format('%s on %s: %s', conname, conrelid::regclass, pg_get_constraintdef(oid)) AS line
    FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'f')
      AND conrelid <> coalesce(to_regclass('_prisma_migrations'), 0)`,
  indexes: `
    SELECT pg_get_indexdef(i.indexrelid) AS line
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relname <> '_prisma_migrations'`,
};

async function readCatalog(databaseUrl: string): Promise<Catalog> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const lines = async (kind: keyof Catalog): Promise<string[]> => {
      const { rows } = await client.query<{ line: string }>(CATALOG_QUERIES[kind]);
      return rows.map((row) => row.line);
    };
    return {
      columns: await lines("columns"),
      enums: await lines("enums"),
      keys: await lines("keys"),
      indexes: await lines("indexes"),
    };
  } finally {
    await client.end();
  }
}

function missing(from: string[], wanted: string[]): string[] {
  const present = new Set(from);
  return wanted.filter((line) => !present.has(line));
}

/**
 * Compares two catalogs. Columns and enums must be the same on both sides. Keys and indexes of
 * the schema must exist in the database, which may have more: partial unique indexes and the
 * like, which a Prisma schema cannot say.
 */
function compareCatalogs(database: Catalog, schema: Catalog): string[] {
  const absent = [
    ...missing(database.columns, schema.columns),
    ...missing(database.enums, schema.enums),
    ...missing(database.keys, schema.keys),
    ...missing(database.indexes, schema.indexes),
  ];
  const unknown = [
    ...missing(schema.columns, database.columns),
    ...missing(schema.enums, database.enums),
  ];
  return [
    ...absent.map((line) => `Only in the Prisma schema: ${line}`),
    ...unknown.map((line) => `Only in the migrated database: ${line}`),
  ].sort();
}

/** Differences between a migrated database and the Prisma schema, one sentence each. */
export async function findDrift(databaseUrl: string, folder = schemaFolder): Promise<string[]> {
  const sql = await diffSchema(await readSchema(folder));
  const schema = await withScratchDatabase(databaseUrl, async (scratchUrl) => {
    const client = new pg.Client({ connectionString: scratchUrl });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
    return readCatalog(scratchUrl);
  });
  return compareCatalogs(await readCatalog(databaseUrl), schema);
}

async function withScratchDatabase<Result>(
  databaseUrl: string,
  work: (scratchUrl: string) => Promise<Result>,
): Promise<Result> {
  const admin = new pg.Client({ connectionString: databaseUrl });
  await admin.connect();
  const name = `scratch_${randomBytes(6).toString("hex")}`;
  const scratchUrl = new URL(databaseUrl);
  scratchUrl.pathname = `/${name}`;
  try {
    await admin.query(`CREATE DATABASE ${name} TEMPLATE template0`);
    return await work(scratchUrl.href);
  } finally {
    await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await admin.end();
  }
}
