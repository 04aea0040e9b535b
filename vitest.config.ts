import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "pure",
          include: [
            "shared/src/**/*.test.ts",
            "server/src/**/*.test.ts",
            "packaging/src/**/*.test.ts",
            "sandbox/src/**/*.test.ts",
          ],
          // Nothing of ours keeps state in a module, and loading everything anew was half of the work.
          isolate: false,
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: "node",
          include: ["server/test/**/*.test.ts", "sandbox/test/**/*.test.ts"],
          globalSetup: ["server/test/database.setup.ts", "server/test/programs.setup.ts"],
          // These tests mostly wait: for devices, timeouts, restarts.
          maxWorkers: 3,
          isolate: false,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      "widget/vitest.config.ts",
    ],
  },
});
