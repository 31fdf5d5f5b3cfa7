import { diffSchema, readSchema, schemaFolder } from "../prisma/schema-engine";

// Prints the SQL that builds the Prisma schema from an empty database: the raw material of a
// hand-written migration. `node --import tsx scripts/schema-sql.ts [schema folder [from folder]]`.
// With a second folder (say, the schema as it was) only the difference is printed.
const [folder = schemaFolder, fromFolder] = process.argv.slice(2);
const from = fromFolder ? await readSchema(fromFolder) : undefined;
process.stdout.write(await diffSchema(await readSchema(folder), from));
