import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import type {
  SqlDriverAdapter,
  SqlMigrationAwareDriverAdapterFactory,
  SqlResultSet,
} from "@prisma/driver-adapter-utils";
import {
  bindMigrationAwareSqlAdapterFactory,
  DriverAdapterError,
} from "@prisma/driver-adapter-utils";
import type {
  DiffTarget,
  MigrationDirectory,
  MigrationList,
  SchemaContainer,
  SchemaEngine,
  SchemaFilter,
} from "@prisma/schema-engine-wasm";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";

// The Prisma CLI downloads a native schema engine before it does anything. The same engine ships
// in the npm registry built for WebAssembly, so migrating needs nothing but `npm ci`.

const prismaFolder = path.dirname(fileURLToPath(import.meta.url));

/** The folder with the Prisma schema of this repository. */
export const schemaFolder = path.join(prismaFolder, "schema");

/** The folder with the migrations of this repository. */
export const migrationsFolder = path.join(prismaFolder, "migrations");

/** Every table and enum is ours; nothing is managed from outside. */
export const noFilters: SchemaFilter = { externalTables: [], externalEnums: [] };

/** The wasm-bindgen half of the package, which its published types leave out. */
type WasmBindings = {
  SchemaEngine: typeof SchemaEngine;
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
};

/**
 * Prisma's adapter cuts a script at every semicolon, also in comments and in function bodies.
 * Postgres takes a whole script at once, and then runs it in one transaction.
 */
class WholeScriptAdapter extends PrismaPg {
  override async connect(): ReturnType<PrismaPg["connect"]> {
    const connection = await super.connect();
    connection.executeScript = async (script) => {
      await connection
        .underlyingDriver()
        .query(script)
        .catch((error: unknown) => {
          throw describeForEngine(error);
        });
    };
    return connection;
  }
}

/** The engine reports Postgres's own words only when they come in this shape. */
function describeForEngine(error: unknown): unknown {
  if (!(error instanceof pg.DatabaseError)) return error;
  const { code = "N/A", severity = "ERROR", message, detail, column, hint } = error;
  return new DriverAdapterError({
    kind: "postgres",
    code,
    severity,
    message,
    detail,
    column,
    hint,
    originalCode: code,
    originalMessage: message,
  });
}

let loading: Promise<typeof SchemaEngine> | undefined;

function loadEngine(): Promise<typeof SchemaEngine> {
  loading ??= instantiateEngine();
  return loading;
}

async function instantiateEngine(): Promise<typeof SchemaEngine> {
  const glue = bindings as unknown as WasmBindings & WebAssembly.ModuleImports;
  const gluePath = createRequire(import.meta.url).resolve(
    "@prisma/schema-engine-wasm/schema_engine_bg",
  );
  const bytes = await readFile(gluePath.replace(/\.js$/, ".wasm"));
  const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": glue });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return glue.SchemaEngine;
}

/** All `.prisma` files of a schema folder, in name order. */
export async function readSchema(folder = schemaFolder): Promise<SchemaContainer[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".prisma")).sort();
  if (names.length === 0) throw new Error(`There is no .prisma file in ${folder}.`);
  return Promise.all(
    names.map(async (name) => {
      const file = path.join(folder, name);
      return { path: file, content: await readFile(file, "utf8") };
    }),
  );
}

/** The migration folders in the order they are applied, in the form the engine takes. */
export async function readMigrations(folder = migrationsFolder): Promise<MigrationList> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const migrationDirectories = await Promise.all(
    names.sort().map(async (name): Promise<MigrationDirectory> => {
      const content = await readFile(path.join(folder, name, "migration.sql"), "utf8");
      return {
        path: name,
        migrationFile: { path: "migration.sql", content: { tag: "ok", value: content } },
      };
    }),
  );
  // The lock file only tells the engine which provider wrote the folder; ours never changes.
  const lockfile = { path: "migration_lock.toml", content: 'provider = "postgresql"\n' };
  return { baseDir: folder, lockfile, shadowDbInitScript: "", migrationDirectories };
}

/**
 * Runs `work` with an engine connected to `databaseUrl` and disposes of it afterwards. The engine
 * writes `_prisma_migrations`, so `prisma migrate deploy` can take over at any time.
 */
export async function withSchemaEngine<Result>(
  databaseUrl: string,
  work: (engine: SchemaEngine) => Promise<Result>,
): Promise<Result> {
  // The engine never closes its connections, and an open one blocks CREATE DATABASE … TEMPLATE.
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  try {
    return await withEngineOn(new WholeScriptAdapter(pool), work);
  } finally {
    await pool.end();
  }
}

async function withEngineOn<Result>(
  factory: SqlMigrationAwareDriverAdapterFactory,
  work: (engine: SchemaEngine) => Promise<Result>,
): Promise<Result> {
  const engineClass = await loadEngine();
  const adapter = bindMigrationAwareSqlAdapterFactory(factory);
  const engine = await engineClass.new({ datamodels: undefined }, () => undefined, adapter);
  try {
    return await work(engine);
  } finally {
    engine.free();
  }
}

/**
 * A connection for work that needs none. The engine insists on one and asks it about the server
 * when it opens; it never learns more than that this is an empty PostgreSQL.
 */
function connectToNothing(): SqlMigrationAwareDriverAdapterFactory {
  const connection = {
    provider: "postgres",
    adapterName: "none",
    queryRaw: async (): Promise<SqlResultSet> => ({ columnNames: [], columnTypes: [], rows: [] }),
    executeRaw: async () => 0,
    executeScript: async () => undefined,
    startTransaction: () => Promise.reject(new Error("There is no database to write to.")),
    getConnectionInfo: () => ({ schemaName: "public", supportsRelationJoins: true }),
    dispose: async () => undefined,
  } satisfies SqlDriverAdapter;
  const connect = async (): Promise<SqlDriverAdapter> => connection;
  return { provider: "postgres", adapterName: "none", connect, connectToShadowDb: connect };
}

/**
 * The SQL that turns an empty database (or `from`) into the one the schema describes. Nothing is
 * read from a database: Prisma's own model of both sides is compared.
 */
export async function diffSchema(to: SchemaContainer[], from?: SchemaContainer[]): Promise<string> {
  const start: DiffTarget = from ? { tag: "schemaDatamodel", files: from } : { tag: "empty" };
  return withEngineOn(connectToNothing(), async (engine) => {
    const result = await engine.diff({
      from: start,
      to: { tag: "schemaDatamodel", files: to },
      script: true,
      exitCode: null,
      filters: noFilters,
    });
    return result.stdout ?? "";
  });
}
