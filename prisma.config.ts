import { defineConfig } from "prisma/config";

// Read by the Prisma CLI only, for `npm run generate`. Migrating is `prisma/migrate.ts`, which
// needs no downloaded engine; `prisma migrate deploy` understands the same folder and table.
export default defineConfig({
  schema: "prisma/schema",
  migrations: { path: "prisma/migrations" },
});
