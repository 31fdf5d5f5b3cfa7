import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));

export default defineConfig({
  resolve: { alias: { "@": root.replace(/\/$/, "") } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: [
            "{lib,sandbox,components,prisma,scripts}/**/*.test.ts",
            "tests/tidy/**/*.test.ts",
          ],
          // Business days are Shanghai's whatever the server's zone; running elsewhere proves it.
          env: { TZ: "America/New_York" },
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["tests/{integration,http}/**/*.test.ts"],
          globalSetup: "tests/support/postgres-global.ts",
          // Real databases and real cryptography, two files at a time on a two-core machine.
          testTimeout: 30_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});
