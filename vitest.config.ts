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
          include: ["{lib,sandbox,components,prisma,scripts}/**/*.test.ts"],
          // Business days are Shanghai's whatever the server's zone; running elsewhere proves it.
          env: { TZ: "America/New_York" },
        },
      },
    ],
  },
});
